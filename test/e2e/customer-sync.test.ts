import assert from 'node:assert/strict';
import { applyCustomerSchedule } from '../../src/api/commands/customer-schedule.ts';
import { API_SCOPES } from '../../src/domain/api-key.ts';
import type { OrganizationSettings } from '../../src/domain/organization-settings.ts';
import { customerScheduleId, retrySignal } from '../../src/workflows/contract.ts';
import { until } from '../support/until.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';

describe('customers on their way to Help Scout', function () {
  this.timeout(300_000);
  let running: RunningStack;
  let key: string;
  before(async () => {
    running = await startRunningStack({
      corpus: [{ id: 'a', text: 'The export fails with error 500.', customerEmail: 'ada@client.example' }],
    });
    await running.untilScanned(await running.connect());
    const about = { name: 'shop', scopes: [...API_SCOPES], createdBy: 'test', createdAt: new Date(), expiresAt: null };
    ({ secret: key } = await running.storage.apiKeys.create(running.organizationId, about));
  });
  after(async () => {
    await running?.stop();
  });

  const send = async (method: string, path: string, body: string, type = 'application/json') => {
    const answer = await fetch(`${running.stack.urls.api}/api/v1/customers${path}`, {
      ...{ method, body },
      headers: { authorization: `Bearer ${key}`, 'content-type': type },
    });
    assert.equal(answer.status, 202, await answer.clone().text());
  };
  const put = (externalId: string, fields: object) => send('PUT', `/${externalId}`, JSON.stringify(fields));
  const set = async (customers: OrganizationSettings['customers']) => {
    await running.storage.settings.save(running.organizationId, { customers });
    await applyCustomerSchedule(running.temporal, running.organizationId, customers.mode);
  };
  const record = (externalId: string) => running.storage.customers.get(running.organizationId, externalId);
  const comesTo = (externalId: string, state: string) =>
    until(async () => (await record(externalId))?.state === state, {
      what: `${externalId} to be ${state}`,
      timeoutMs: 90_000,
    });
  const row = async (customerExternalId: string) =>
    (await running.storage.syncEvents.list(running.organizationId, { customerExternalId }, { limit: 1 })).events[0];

  it('are reported when somebody has the address, with message and remedy, and go through after it', async () => {
    await set({ mode: 'realTime', emailTaken: 'report' });
    await put('c1', { email: 'ada@client.example', jobTitle: 'Analyst' });
    await comesTo('c1', 'failed');
    await until(async () => (await row('c1'))?.status === 'failed', { what: 'the row to fail' });
    const failed = await row('c1');
    assert(failed);
    assert.equal(failed.error?.code, 'emailNotUnique');
    assert.match(failed.error.message, /has this e-mail address/);
    assert.match(failed.error.remedy, /then retry/);
    await set({ mode: 'realTime', emailTaken: 'match' });
    await running.temporal.workflow.getHandle(failed.workflowId).signal(retrySignal);
    await comesTo('c1', 'synced');
    const mended = await row('c1');
    assert.deepEqual([mended?.status, mended?.error, mended?.type], ['success', null, 'customerSynced']);
    assert.deepEqual(
      mended?.attempts.map(({ by, outcome }) => [by, outcome]),
      [
        ['automatic', 'failed'],
        ['Temporal Web', 'success'],
      ],
    );
  });

  it('wait for the schedule of an organization that sends in batches, and go at once when it no longer does', async () => {
    await set({ mode: 'hourly', emailTaken: 'match' });
    const schedule = running.temporal.schedule.getHandle(customerScheduleId(running.organizationId));
    assert.deepEqual(
      (await schedule.describe()).spec.intervals?.map(({ every }) => every),
      [3_600_000],
    );
    await put('c2', { email: 'c2@client.example' });
    assert.equal((await record('c2'))?.state, 'waiting');
    await schedule.trigger();
    await comesTo('c2', 'synced');
    await set({ mode: 'daily', emailTaken: 'match' });
    assert.deepEqual(
      (await schedule.describe()).spec.intervals?.map(({ every }) => every),
      [86_400_000],
    );
    await put('c3', { email: 'c3@client.example' });
    assert.equal((await record('c3'))?.state, 'waiting');
    await set({ mode: 'realTime', emailTaken: 'match' });
    await comesTo('c3', 'synced');
    await assert.rejects(schedule.describe(), /not found/i);
  });

  it('come in a file, once each, and say what became of every line', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => `b${n},b${n}@client.example,Kim`);
    lines.splice(10, 0, 'broken');
    const csv = ['externalId,email,firstName', ...lines, 'b0,b0@client.example,Kim'].join('\n');
    await send('POST', '/bulk', csv, 'text/csv');
    const { imports } = await running.storage.customerImports.list(running.organizationId, { limit: 1 });
    const importId = imports[0]?.importId ?? '';
    const counts = () => running.storage.customerImports.counts(running.organizationId, importId);
    const over = async () => {
      const { stored, accepted } = await counts();
      return stored + accepted === 0;
    };
    await until(over, { what: 'every line to end', timeoutMs: 120_000 });
    const { synced, unchanged, failed, invalid } = await counts();
    assert.deepEqual([synced + unchanged, failed, invalid], [41, 0, 1]);
    const ids = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => (await record(`b${n}`))?.helpScoutCustomerId),
    );
    assert.equal(new Set(ids).size, 40);
  });
});

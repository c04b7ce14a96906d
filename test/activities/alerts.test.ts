import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { ALERT_PATHS, createAlertActivities } from '../../src/activities/alert-activities.ts';
import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import {
  API_USAGE_PATH,
  COVERAGE_PATH,
  HEALTH_PATH,
  INTEGRATIONS_PATH,
  LOG_PATH,
  QUALITY_PATH,
} from '../../src/ui/links.ts';
import { addClassified } from '../support/classified.ts';
import { useMongodb } from '../support/mongodb.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('alerts', function () {
  this.timeout(60_000);
  const mongodb = useMongodb();
  let storage: Storage;
  let now = new Date();
  beforeEach(async () => {
    storage = await connectStorage(mongodb.newDatabase());
    now = new Date();
  });
  afterEach(async () => {
    await storage?.connection.dropDatabase();
    await storage?.close();
  });

  const later = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const check = (stores = storage) =>
    new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR', () => undefined) }).run(
      createAlertActivities({ storage: stores, now: () => now }).checkAlerts,
    );
  const told = async (organizationId: string) =>
    (await storage.notifications.list(organizationId, { limit: 50 })).notifications.map(({ kind, text }) => [
      kind,
      text,
    ]);
  async function liveOrganization(name = 'Acme') {
    const { organizationId } = await storage.organizations.create({ name, timeZone: 'UTC' });
    const { integrationId } = await storage.integrations.create(organizationId);
    const account = { userId: 1, companyId: 10, name, email: 'ada@acme.example' };
    await storage.integrations.update(organizationId, integrationId, { state: 'live', account, connectedAt: now });
    return { organizationId, integrationId };
  }
  async function addRow(
    { organizationId, integrationId }: { organizationId: string; integrationId: string },
    eventId: string,
    status: 'success' | 'failed',
    type: 'ticketCreated' | 'customerSynced' = 'customerSynced',
  ) {
    const row = { eventId, integrationId, type, direction: 'outbound' as const, workflowId: `w:${eventId}` };
    await storage.syncEvents.open(organizationId, [{ ...row, createdAt: now }]);
    await settle(organizationId, eventId, status);
  }
  const settle = (organizationId: string, eventId: string, status: 'success' | 'failed') =>
    storage.syncEvents.settle(organizationId, [
      { eventId, status, ...(status === 'failed' && { error: { code: 'timeout' as const } }) },
    ]);

  it('lead to pages that exist', () => {
    const paths = new Set(Object.values(ALERT_PATHS).map((path) => path.split('?')[0]));
    assert.deepEqual(
      paths,
      new Set([HEALTH_PATH, LOG_PATH, API_USAGE_PATH, QUALITY_PATH, COVERAGE_PATH, INTEGRATIONS_PATH]),
    );
  });

  it('tell once that the shares of categories are far from usual', async () => {
    const { organizationId, integrationId } = await liveOrganization();
    const day = (n: number) => new Date(now.getTime() - n * 24 * HOUR_MS);
    const reports = Array.from({ length: 90 }, (_, n) => n + 1).flatMap((days) =>
      Array.from({ length: 4 }, (_, place) => ({
        conversationId: days * 10 + place,
        category: days <= 7 || place === 0 ? ('bug' as const) : ('question' as const),
        text: 'It fails.',
        reportedAt: day(days),
      })),
    );
    await addClassified(storage, { organizationId, integrationId }, reports);
    await check();
    await check();
    const [[kind, text] = [], ...others] = await told(organizationId);
    assert.equal(kind, 'alert');
    assert.match(text ?? '', /Bug reports: 100 % of the last seven days, 25 % is usual/);
    assert.deepEqual(others, []);
  });

  it('tell once that the success rate has fallen, and once that it is back', async () => {
    const organization = await liveOrganization();
    const { organizationId } = organization;
    await check();
    assert.deepEqual(await told(organizationId), []);
    for (let n = 0; n < 10; n++) await addRow(organization, `row-${n}`, n < 8 ? 'success' : 'failed');
    for (let n = 0; n < 3; n++) {
      later(5 * MINUTE_MS);
      await check();
    }
    const alert = ['alert', '80 % of the last 24 hours’ syncs worked, which is below 95 %: 2 failed.'];
    assert.deepEqual(await told(organizationId), [alert]);
    for (const eventId of ['row-8', 'row-9']) await settle(organizationId, eventId, 'success');
    later(5 * MINUTE_MS);
    await check();
    await check();
    const recovery = ['recovery', 'The share of syncs that work is back above the limit you set.'];
    assert.deepEqual(await told(organizationId), [recovery, alert]);
    assert.deepEqual(await storage.alerts.list(organizationId), []);
  });

  it('tell of each ticket that fails, and once that none waits any more', async () => {
    const organization = await liveOrganization();
    const { organizationId } = organization;
    await addRow(organization, 'ticket:1', 'failed', 'ticketCreated');
    await check();
    await check();
    assert.equal((await told(organizationId)).length, 1);
    later(MINUTE_MS);
    await addRow(organization, 'ticket:2', 'failed', 'ticketCreated');
    await check();
    assert.deepEqual((await told(organizationId))[0], [
      'alert',
      '2 tickets did not reach Help Scout and wait for a decision.',
    ]);
    await settle(organizationId, 'ticket:1', 'success');
    later(MINUTE_MS);
    await check();
    assert.equal((await told(organizationId)).length, 2);
    await settle(organizationId, 'ticket:2', 'success');
    later(MINUTE_MS);
    await check();
    assert.deepEqual((await told(organizationId))[0], ['recovery', 'No failed ticket waits for a decision any more.']);
    assert.equal((await told(organizationId)).length, 3);
  });

  it('tell of silence only when asked to, and of nothing once the rule is off', async () => {
    const { organizationId } = await liveOrganization();
    later(30 * HOUR_MS);
    await check();
    assert.deepEqual(await told(organizationId), []);
    const { alerts } = await storage.settings.get(organizationId);
    await storage.settings.save(organizationId, { alerts: { ...alerts, silence: { on: true, hours: 24 } } });
    await check();
    assert.deepEqual(await told(organizationId), [
      ['alert', 'Nothing came from Help Scout or went there for 24 hours.'],
    ]);
    await storage.settings.save(organizationId, { alerts: { ...alerts, silence: { on: false, hours: 24 } } });
    await check();
    assert.equal((await told(organizationId)).length, 1);
    assert.deepEqual(await storage.alerts.list(organizationId), []);
  });

  it('tell that the account’s minute is nearly used up', async () => {
    // In the middle of a minute: on the border of two nobody can tell which one the headers speak of.
    now = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - MINUTE_MS / 2);
    const { organizationId } = await liveOrganization();
    const reserved = await storage.rateBudget.reserve({
      account: 'company:10',
      cost: 1,
      assumedLimit: 400,
      shareForOthers: 0,
      urgency: 'interactive',
      now,
    });
    assert.ok(typeof reserved !== 'number');
    await storage.rateBudget.settle(reserved, { seen: { limit: 400, remaining: 40 }, refusedForMs: null, now });
    await check();
    const alert = ['alert', '90 % of the account’s calls in a minute were used, all apps together.'];
    assert.deepEqual(await told(organizationId), [alert]);
    later(HOUR_MS);
    await check();
    assert.equal((await told(organizationId)).length, 2);
  });

  it('are an organization’s own, and one that cannot be checked does not keep the others from theirs', async () => {
    const acme = await liveOrganization('Acme');
    const globex = await liveOrganization('Globex');
    await addRow(globex, 'ticket:globex', 'failed', 'ticketCreated');
    const get: Storage['settings']['get'] = async (organizationId) => {
      if (organizationId === acme.organizationId) throw new Error('no such luck');
      return storage.settings.get(organizationId);
    };
    await check({ ...storage, settings: { ...storage.settings, get } });
    assert.deepEqual(await told(acme.organizationId), []);
    assert.equal((await told(globex.organizationId)).length, 1);
  });

  it('go on where a look was cut off between its two steps', async () => {
    const organization = await liveOrganization();
    const { organizationId } = organization;
    for (let n = 0; n < 10; n++) await addRow(organization, `row-${n}`, 'failed');
    const add = async () => {
      throw new Error('cut off');
    };
    await check({ ...storage, notifications: { ...storage.notifications, add } });
    assert.deepEqual(await told(organizationId), []);
    later(5 * MINUTE_MS);
    await check();
    assert.equal((await told(organizationId)).length, 1);
  });
});

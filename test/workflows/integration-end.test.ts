import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  connectUpdate,
  disconnectUpdate,
  type IntegrationInput,
  integrationStatusQuery,
  integrationWorkflowId,
  rescanUpdate,
  selectMailboxesUpdate,
  TASK_QUEUE,
} from '../../src/workflows/contract.ts';
import type { integration } from '../../src/workflows/integration.ts';
import { fakeActivities, importedPage } from '../support/fake-activities.ts';
import { startTemporal } from '../support/temporal.ts';
import { withWorkers } from '../support/time-skipping.ts';
import { until } from '../support/until.ts';

const HOUR_MS = 3_600_000;

/** On the dev server: the time-skipping one stands still once a scan outlives the integration that started it. */
describe('the end of an integration', function () {
  this.timeout(60_000);
  let env: TestWorkflowEnvironment;
  before(async () => {
    env = await startTemporal();
  });
  after(async () => {
    await env?.teardown();
  });

  const nowMs = async () => Date.now();
  const settings = { scanWindowDays: 90, quietMs: HOUR_MS, quietMaxMs: HOUR_MS, reconcileMs: HOUR_MS };

  async function start() {
    const integrationId = randomUUID();
    const input: IntegrationInput = { organizationId: 'org', integrationId, settings };
    return env.client.workflow.start<typeof integration>('integration', {
      workflowId: integrationWorkflowId(integrationId),
      taskQueue: TASK_QUEUE,
      args: [input],
    });
  }
  async function startScanned() {
    const handle = await start();
    await handle.executeUpdate(connectUpdate);
    await handle.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds: [310] }] });
    await until(async () => (await handle.query(integrationStatusQuery)).state === 'live');
    return handle;
  }

  it('does one request of people at a time, and checks each again when it is its turn', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      const handle = await startScanned();
      const answers = await Promise.allSettled([
        handle.executeUpdate(disconnectUpdate),
        handle.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds: [310] }] }),
        handle.executeUpdate(rescanUpdate),
      ]);
      await handle.result();
      assert.equal(answers[0]?.status, 'fulfilled');
      const saved = fake.callsOf('saveIntegration').map(({ args }) => (args[1] as { state: string }).state);
      assert.equal(saved.at(-1), 'disconnected');
      const names = fake.calls.map(({ name }) => name);
      assert(!names.slice(names.lastIndexOf('endConnection')).includes('configureWebhook'), names.join(' '));
    });
  });

  it('ends a running scan when it is disconnected', async () => {
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) => {
        if (cursor.page > 3) throw ApplicationFailure.nonRetryable('reconnect', 'authenticationFailed');
        return importedPage(cursor, { changed: [cursor.page], pages: 100, total: 2500 });
      },
    });
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await handle.executeUpdate(connectUpdate);
      await handle.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds: [310] }] });
      await until(async () => (await handle.query(integrationStatusQuery)).scan?.state === 'waiting');
      await handle.executeUpdate(disconnectUpdate);
      await handle.result();
      const scan = env.client.workflow.getHandle(handle.workflowId.replace('integration:', 'scan:').concat(':1'));
      assert.equal((await scan.result()).state, 'cancelled');
      assert.equal(fake.callsOf('endConnection').length, 1);
    });
  });
});

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type WorkflowHandleWithFirstExecutionRunId, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  cancelScanUpdate,
  connectUpdate,
  disconnectUpdate,
  helpScoutEventsSignal,
  integrationStatusQuery,
  integrationWorkflowId,
  pauseByUpdate,
  rescanPeriodUpdate,
  resumeUpdate,
  SEARCH_ATTRIBUTES,
  selectMailboxesUpdate,
  TASK_QUEUE,
  waitsChangedSignal,
} from '../../src/workflows/contract.ts';
import type { integration } from '../../src/workflows/integration.ts';
import { type FakeCall, fakeActivities, importedPage } from '../support/fake-activities.ts';
import { endedAfterEach, useTimeSkipping, withWorkers } from '../support/time-skipping.ts';
import { until } from '../support/until.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
type Handle = WorkflowHandleWithFirstExecutionRunId<typeof integration>;
interface Asked {
  mailboxIds: number[];
  modifiedSince: string;
  modifiedUntil?: string;
}

describe('control of scans', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();
  const started = endedAfterEach(env);

  const nowMs = () => env.currentTimeMs();
  async function connected(mailboxIds: number[], reconcileMs = 30 * DAY_MS): Promise<Handle> {
    const integrationId = randomUUID();
    const settings = { scanWindowDays: 90, quietMs: 30_000, quietMaxMs: 120_000, reconcileMs };
    const handle = await env.client.workflow.start<typeof integration>('integration', {
      workflowId: integrationWorkflowId(integrationId),
      taskQueue: TASK_QUEUE,
      args: [{ organizationId: 'org', integrationId, settings }],
    });
    started.push(handle.workflowId);
    await handle.executeUpdate(connectUpdate);
    if (mailboxIds.length > 0) await handle.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds }] });
    return handle;
  }
  const status = (handle: Handle) => handle.query(integrationStatusQuery);
  const isLive = (handle: Handle) => until(async () => (await status(handle)).state === 'live');
  const asked = (calls: FakeCall[]) => calls.map(({ args }) => args[1] as Asked);
  const firstScan = (handle: Handle) =>
    env.client.workflow.getHandle(handle.workflowId.replace('integration:', 'scan:').concat(':1'));
  const end = (handle: Handle) => handle.executeUpdate(disconnectUpdate).then(() => handle.result());
  const choose = (handle: Handle, mailboxIds: number[]) =>
    handle.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds }] });
  /** Pages that come only once `open` is set. */
  const gated = (pages: number) => {
    const gate = { open: false };
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) => {
        if (cursor.page > 1 && !gate.open) {
          throw ApplicationFailure.create({ message: '503', type: 'helpScoutUnavailable', nextRetryDelay: '1 second' });
        }
        return importedPage(cursor, { changed: [cursor.page], pages, total: pages });
      },
    });
    return { gate, fake };
  };

  it('reads the window that was chosen, and the installation’s where none was', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      const handle = await connected([]);
      const atMs = await nowMs();
      await handle.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds: [1], period: { days: 30 } }] });
      await isLive(handle);
      await handle.executeUpdate(rescanPeriodUpdate, { args: [{}] });
      await isLive(handle);
      await handle.executeUpdate(rescanPeriodUpdate, { args: [{ period: { all: true } }] });
      await isLive(handle);
      const fromMs = Date.UTC(2026, 0, 1);
      const period = { fromMs, toMs: fromMs + DAY_MS };
      await handle.executeUpdate(rescanPeriodUpdate, { args: [{ period }] });
      await isLive(handle);
      const [month, usual, all, day] = asked(fake.callsOf('importPage'));
      assert(Math.abs(Date.parse(month?.modifiedSince ?? '') - (atMs - 30 * DAY_MS)) < MINUTE_MS);
      assert(Math.abs(Date.parse(usual?.modifiedSince ?? '') - (atMs - 90 * DAY_MS)) < MINUTE_MS);
      assert.equal(all?.modifiedSince, '2000-01-01T00:00:00Z');
      assert.equal(all?.modifiedUntil, undefined);
      assert.equal(day?.modifiedSince, '2026-01-01T00:00:00Z');
      assert.equal(day?.modifiedUntil, '2026-01-02T00:00:00Z');
      await assert.rejects(
        handle.executeUpdate(rescanPeriodUpdate, { args: [{ period: { fromMs: 2, toMs: 1 } }] }),
        (error) =>
          error instanceof WorkflowUpdateFailedError &&
          error.cause instanceof ApplicationFailure &&
          error.cause.type === 'badPeriod',
      );
      await end(handle);
    });
  });

  it('scans only mailboxes that are added, leaves out removed ones, and does nothing for the same choice', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      const handle = await connected([1, 2]);
      await isLive(handle);
      assert.deepEqual(await choose(handle, [2, 1]), { scanNumber: null, added: [], removed: [] });
      assert.equal(fake.callsOf('configureWebhook').length, 1);
      assert.deepEqual(await choose(handle, [2, 3]), { scanNumber: 2, added: [3], removed: [1] });
      await isLive(handle);
      assert.deepEqual(
        asked(fake.callsOf('importPage')).map(({ mailboxIds }) => mailboxIds),
        [[1, 2], [3]],
      );
      assert.deepEqual(await choose(handle, [3]), { scanNumber: null, added: [], removed: [2] });
      assert.equal(fake.callsOf('importPage').length, 2);
      const webhooks = fake.callsOf('configureWebhook').map(({ args }) => (args[1] as Asked).mailboxIds);
      assert.deepEqual(webhooks, [[1, 2], [2, 3], [3]]);
      const saved = fake.callsOf('saveIntegration').at(-1)?.args[1] as { selectedMailboxIds: number[] };
      assert.deepEqual(saved.selectedMailboxIds, [3]);
      await end(handle);
    });
  });

  it('changes the scan under way: removed ones are read no further, added ones come after it', async () => {
    const { gate, fake } = gated(3);
    await withWorkers(env, fake.activities, async () => {
      const handle = await connected([1, 2]);
      await until(() => fake.callsOf('importPage').length > 2);
      assert.deepEqual(await choose(handle, [2, 3]), { scanNumber: null, added: [3], removed: [1] });
      assert.match((await status(handle)).activity, /1 more mailbox to scan/);
      gate.open = true;
      await until(async () => (await status(handle)).scan?.scanNumber === 2);
      await isLive(handle);
      const pages = asked(fake.callsOf('importPage')).map(({ mailboxIds }) => mailboxIds.join());
      assert.deepEqual([...new Set(pages)], ['1,2', '2', '3']);
      await end(handle);
    });
  });

  it('cancels a scan: live at once, what was read is classified, and webhooks’ conversations are read', async () => {
    const { gate, fake } = gated(50);
    await withWorkers(env, fake.activities, async () => {
      const handle = await connected([1]);
      await until(() => fake.callsOf('importPage').length > 2);
      const event = { event: 'convo.created', conversationId: 7001, receivedAtMs: 0 };
      await handle.signal(helpScoutEventsSignal, [event]);
      await handle.executeUpdate(cancelScanUpdate);
      const { state, scan } = await status(handle);
      assert.deepEqual([state, scan?.state], ['live', 'cancelled']);
      gate.open = true;
      await firstScan(handle).result();
      await env.sleep('3 minutes');
      const classified = fake
        .callsOf('classifyConversations')
        .flatMap(({ args }) => (args[1] as { conversationIds: number[] }).conversationIds);
      assert(classified.includes(1), 'what the scan had read');
      assert(classified.includes(7001), 'what a webhook told');
      assert.equal((await status(handle)).scan?.state, 'cancelled');
      await handle.executeUpdate(rescanPeriodUpdate, { args: [{ period: { days: 30 } }] });
      assert.equal((await status(handle)).scan?.scanNumber, 2);
      await isLive(handle);
      await end(handle);
    });
  });

  it('pauses in a person’s name, and cancels also then', async () => {
    const { gate, fake } = gated(50);
    await withWorkers(env, fake.activities, async () => {
      const handle = await connected([1]);
      await until(() => fake.callsOf('importPage').length > 1);
      await handle.executeUpdate(pauseByUpdate, { args: [{ by: 'Ada' }] });
      assert.match((await status(handle)).activity, /^Paused by Ada since \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
      await handle.executeUpdate(cancelScanUpdate);
      gate.open = true;
      // One that outlived its integration would stop the test server's time.
      await firstScan(handle).result();
      assert.equal((await status(handle)).state, 'paused');
      await handle.executeUpdate(resumeUpdate);
      assert.equal((await status(handle)).state, 'live');
      await end(handle);
    });
  });

  it('follows everything since the last look when a mailbox was added in between', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      const handle = await connected([1], 60 * MINUTE_MS);
      await isLive(handle);
      const startedMs = await nowMs();
      await env.sleep('50 minutes');
      await choose(handle, [1, 2]);
      await env.sleep('20 minutes');
      const look = asked(fake.callsOf('importPage')).at(-1);
      assert.deepEqual(look?.mailboxIds, [1, 2]);
      assert(Date.parse(look?.modifiedSince ?? '') < startedMs, 'the mailbox’s scan moved the watermark');
      await end(handle);
    });
  });

  it('says in its details and search attributes what it waits for, and that this is over', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      const handle = await connected([1]);
      await isLive(handle);
      const attributes = async () => {
        const { typedSearchAttributes } = await env.client.workflow.getHandle(handle.workflowId).describe();
        const { integrationState, waitingFor } = SEARCH_ATTRIBUTES;
        return [typedSearchAttributes.get(integrationState), typedSearchAttributes.get(waitingFor)];
      };
      await until(async () => (await attributes()).join() === 'live,nothing');
      const atMs = await nowMs();
      const times = { sinceMs: atMs - 90_000, untilMs: null, seenMs: atMs };
      const wait = { source: 'helpScout' as const, code: 'helpScoutUnavailable' as const, ...times };
      await handle.signal(waitsChangedSignal, { atMs, waits: [wait] });
      await until(async () => (await attributes()).join() === 'live,helpScoutUnavailable');
      assert.match((await status(handle)).activity, /^Help Scout unavailable since .* UTC; Following 1 mailbox$/);
      await handle.signal(waitsChangedSignal, { atMs: atMs - 1, waits: [] }); // overtaken
      await handle.signal(waitsChangedSignal, { atMs: atMs + 1, waits: [] });
      await until(async () => (await attributes()).join() === 'live,nothing');
      await handle.executeUpdate(pauseByUpdate, { args: [{}] });
      await until(async () => (await attributes()).join() === 'paused,resume');
      await end(handle);
    });
  });
});

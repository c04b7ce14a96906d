import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type WorkflowHandleWithFirstExecutionRunId, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  connectUpdate,
  disconnectUpdate,
  helpScoutEventsSignal,
  type IntegrationInput,
  integrationStatusQuery,
  integrationWorkflowId,
  pauseUpdate,
  reauthorizedUpdate,
  rescanUpdate,
  resumeUpdate,
  selectMailboxesUpdate,
  TASK_QUEUE,
  tokenRejectedSignal,
} from '../../src/workflows/contract.ts';
import type { integration } from '../../src/workflows/integration.ts';
import { fakeActivities, imported, importedPage, pagesRead } from '../support/fake-activities.ts';
import { endedAfterEach, useTimeSkipping, withWorkers } from '../support/time-skipping.ts';
import { until } from '../support/until.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
type Handle = WorkflowHandleWithFirstExecutionRunId<typeof integration>;

describe('integration workflow', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();
  const started = endedAfterEach(env);

  const nowMs = () => env.currentTimeMs();
  const settings = { scanWindowDays: 90, quietMs: 30_000, quietMaxMs: 120_000, reconcileMs: 15 * MINUTE_MS };

  async function start(change: Partial<IntegrationInput['settings']> = {}): Promise<Handle> {
    const integrationId = randomUUID();
    const handle = await env.client.workflow.start<typeof integration>('integration', {
      workflowId: integrationWorkflowId(integrationId),
      taskQueue: TASK_QUEUE,
      args: [{ organizationId: 'org', integrationId, settings: { ...settings, ...change } }],
    });
    started.push(handle.workflowId);
    return handle;
  }
  async function startLive(change: Partial<IntegrationInput['settings']> = {}): Promise<Handle> {
    const handle = await start(change);
    await handle.executeUpdate(connectUpdate);
    await handle.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds: [310] }] });
    await until(async () => (await handle.query(integrationStatusQuery)).state === 'live');
    return handle;
  }
  const tell = (handle: Handle, ...conversationIds: number[]) =>
    handle.signal(
      helpScoutEventsSignal,
      conversationIds.map((conversationId) => ({ event: 'convo.created', conversationId, receivedAtMs: 0 })),
    );
  /** Calls that had something to classify: a scan's empty page only reports progress. */
  const classifiedIn = (fake: ReturnType<typeof fakeActivities>) =>
    fake
      .callsOf('classifyConversations')
      .filter(({ args }) => (args[1] as { conversationIds: number[] }).conversationIds.length > 0);
  const end = (handle: Handle) => handle.executeUpdate(disconnectUpdate).then(() => handle.result());

  it('connects, scans the chosen mailboxes and goes live', async () => {
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) => importedPage(cursor, { changed: [cursor.page], pages: 3, total: 75 }),
    });
    await withWorkers(env, fake.activities, async () => {
      const handle = await startLive();
      const { scan } = await handle.query(integrationStatusQuery);
      assert.equal(scan?.classified, 3);
      assert.equal(scan?.state, 'completed');
      assert.deepEqual(pagesRead(fake.callsOf('importPage')), [1, 2, 3]);
      await end(handle);
    });
  });

  it('refuses an update that makes no sense in its state, without a trace in the history', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await assert.rejects(handle.executeUpdate(rescanUpdate), (error) => {
        assert(error instanceof WorkflowUpdateFailedError);
        assert(error.cause instanceof ApplicationFailure);
        assert.equal(error.cause.type, 'notPossibleNow');
        return true;
      });
      await end(handle);
    });
  });

  it('refreshes the token at about three quarters of its life, for 30 days', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await handle.executeUpdate(connectUpdate);
      const startedAtMs = await nowMs();
      await env.sleep(30 * DAY_MS);
      const at = [startedAtMs, ...fake.callsOf('refreshToken').map(({ atMs }) => atMs)];
      const gaps = at.slice(1).map((ms, index) => (ms - (at[index] ?? 0)) / (2 * DAY_MS));
      assert(gaps.length >= 20 && gaps.length <= 22, `${gaps.length} refreshes`);
      for (const gap of gaps) assert(gap > 0.69 && gap < 0.76, `after ${gap} of its life`);
      await end(handle);
    });
  });

  it('refreshes at once when Help Scout refuses a token, and only once for many refusals', async () => {
    const fake = fakeActivities(nowMs, {
      refreshToken: async () => ({ tokenVersion: 1000, expiresAtMs: (await nowMs()) + 2 * DAY_MS }),
    });
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await handle.executeUpdate(connectUpdate);
      for (let i = 0; i < 5; i++) await handle.signal(tokenRejectedSignal, { tokenVersion: 999 });
      await until(async () => fake.callsOf('refreshToken').length > 0);
      await handle.signal(tokenRejectedSignal, { tokenVersion: 999 });
      await env.sleep('1 hour');
      assert.equal(fake.callsOf('refreshToken').length, 1);
      await end(handle);
    });
  });

  it('waits for a reconnect when the refresh token is refused, loses nothing, and works it off after', async () => {
    let revoked = true;
    const fake = fakeActivities(nowMs, {
      refreshToken: async () => {
        if (revoked) throw ApplicationFailure.nonRetryable('refused', 'authenticationFailed');
        return { tokenVersion: 5000, expiresAtMs: (await nowMs()) + 2 * DAY_MS };
      },
    });
    await withWorkers(env, fake.activities, async () => {
      const handle = await startLive();
      await handle.signal(tokenRejectedSignal, { tokenVersion: 4000 });
      await until(async () => (await handle.query(integrationStatusQuery)).state === 'needsReauthorization');
      await tell(handle, 7001, 7002);
      await env.sleep('3 days');
      assert.equal(fake.callsOf('importConversations').length, 0);
      assert.equal((await handle.query(integrationStatusQuery)).pendingConversations, 2);
      revoked = false;
      await handle.executeUpdate(reauthorizedUpdate);
      await env.sleep('5 minutes');
      const asked = fake
        .callsOf('importConversations')
        .flatMap(({ args }) => (args[1] as { conversationIds: number[] }).conversationIds);
      assert.deepEqual(asked.sort(), [7001, 7002]);
      assert.equal((await handle.query(integrationStatusQuery)).state, 'live');
      await end(handle);
    });
  });

  it('makes one classification of a burst, after the quiet time', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      const handle = await startLive();
      const first = await nowMs();
      for (let i = 0; i < 5; i++) {
        await tell(handle, 7001);
        await env.sleep('10 seconds');
      }
      await env.sleep('2 minutes');
      const [call, ...more] = fake.callsOf('importConversations');
      assert.equal(more.length, 0);
      assert(call);
      const waited = (call.atMs - first) / 1000;
      assert(waited >= 65 && waited <= 85, `read after ${waited} s`);
      assert.equal(classifiedIn(fake).length, 1);
      await end(handle);
    });
  });

  it('waits at most the longest quiet time while events keep coming', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      const handle = await startLive();
      const first = await nowMs();
      for (let i = 0; i < 10; i++) {
        await tell(handle, 7001);
        await env.sleep('20 seconds');
      }
      const waited = ((fake.callsOf('importConversations')[0]?.atMs ?? 0) - first) / 1000;
      assert(waited >= 115 && waited <= 135, `read after ${waited} s`);
      await end(handle);
    });
  });

  it('survives a failure of a kind nobody thought of', async () => {
    let broken = true;
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) => {
        if (broken) throw ApplicationFailure.nonRetryable('no server', 'MongoServerSelectionError');
        return importedPage(cursor, { changed: [1], pages: 1, total: 1 });
      },
    });
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await handle.executeUpdate(connectUpdate);
      await handle.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds: [310] }] });
      await until(async () => (await handle.query(integrationStatusQuery)).scan?.waitingFor === 'internalError');
      broken = false;
      await env.sleep('3 minutes');
      assert.equal((await handle.query(integrationStatusQuery)).state, 'live');
      await end(handle);
    });
  });

  it('fails no conversation because the limit has no room', async () => {
    let full = true;
    const fake = fakeActivities(nowMs, {
      importConversations: async (_scope, { conversationIds }) => {
        if (full) {
          const details = [{ waitMs: 20_000 }];
          throw ApplicationFailure.create({
            message: '429',
            type: 'rateLimited',
            nextRetryDelay: '20 seconds',
            details,
          });
        }
        return imported(conversationIds);
      },
    });
    await withWorkers(env, fake.activities, async () => {
      const handle = await startLive();
      await tell(handle, 7001);
      await env.sleep('5 minutes');
      full = false;
      await env.sleep('3 minutes');
      assert.deepEqual(fake.callsOf('startConversationSyncs'), []);
      assert.equal(classifiedIn(fake).length, 1);
      await end(handle);
    });
  });

  it('gives a conversation that cannot be read a workflow of its own and goes on', async () => {
    const failed = { conversationId: 7001, eventId: 'e', code: 'helpScoutUnavailable' as const };
    const fake = fakeActivities(nowMs, {
      importConversations: async () => imported([7002], { failed: [failed] }),
    });
    await withWorkers(env, fake.activities, async () => {
      const handle = await startLive();
      await tell(handle, 7001, 7002);
      await env.sleep('2 minutes');
      assert.deepEqual(fake.callsOf('startConversationSyncs')[0]?.args[1], [failed]);
      assert.equal(classifiedIn(fake).length, 1);
      await end(handle);
    });
  });

  it('continues as new with everything pending, and processes each conversation once', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      // Enough for the scan to end in the first run: the test server stands still when a child outlives its parent's run.
      const handle = await startLive({ maxHistoryEvents: 120 });
      const runs = new Set<string>();
      const ids = Array.from({ length: 200 }, (_, index) => 8000 + index);
      for (const id of ids) {
        await tell(handle, id);
        if (id % 10 === 0) await env.sleep('40 seconds');
        if (id % 10 === 0) runs.add((await env.client.workflow.getHandle(handle.workflowId).describe()).runId);
      }
      await env.sleep('10 minutes');
      runs.add((await env.client.workflow.getHandle(handle.workflowId).describe()).runId);
      assert(runs.size > 2, `only ${runs.size} runs seen`);
      const asked = fake
        .callsOf('importConversations')
        .flatMap(({ args }) => (args[1] as { conversationIds: number[] }).conversationIds);
      assert.deepEqual(asked.sort(), ids);
      const current = env.client.workflow.getHandle<typeof integration>(handle.workflowId);
      assert.equal((await current.query(integrationStatusQuery)).state, 'live');
      await current.executeUpdate(disconnectUpdate);
    });
  });

  it('reads regularly what webhooks missed', async () => {
    let missed: number[] = [];
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) =>
        importedPage(cursor, { changed: missed, pages: 1, total: missed.length }),
    });
    await withWorkers(env, fake.activities, async () => {
      const handle = await startLive();
      missed = [7007];
      await env.sleep('16 minutes');
      missed = [];
      await env.sleep('31 minutes');
      const rows = fake
        .callsOf('recordIntegrationEvent')
        .map(({ args }) => args[1] as { type: string; details: string; missed?: number });
      const reconciled = rows.filter(({ type }) => type === 'reconciled');
      assert.equal(reconciled.length, 1);
      assert.match(reconciled[0]?.details ?? '', /^1 /);
      assert.equal(reconciled[0]?.missed, 1);
      assert.equal(fake.callsOf('importPage').length, 1 + 3);
      await end(handle);
    });
  });

  it('keeps what arrives while paused and works it off after resuming', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      const handle = await startLive();
      await handle.executeUpdate(pauseUpdate);
      await tell(handle, 7001);
      await env.sleep('1 day');
      assert.equal(fake.callsOf('importConversations').length, 0);
      await handle.executeUpdate(resumeUpdate);
      await env.sleep('3 minutes');
      assert.equal(fake.callsOf('importConversations').length, 1);
      await end(handle);
    });
  });
});

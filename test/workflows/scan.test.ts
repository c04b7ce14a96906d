import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import {
  cancelScanSignal,
  pauseScanSignal,
  resumeScanSignal,
  scanProgressQuery,
  scanWorkflowId,
  TASK_QUEUE,
} from '../../src/workflows/contract.ts';
import type { scan } from '../../src/workflows/scan.ts';
import { fakeActivities, importedPage, pagesRead } from '../support/fake-activities.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';
import { until } from '../support/until.ts';

describe('scan workflow', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();
  const nowMs = () => env.currentTimeMs();

  const start = () => {
    const integrationId = randomUUID();
    return env.client.workflow.start<typeof scan>('scan', {
      workflowId: scanWorkflowId(integrationId, 1),
      taskQueue: TASK_QUEUE,
      args: [
        {
          organizationId: 'org',
          integrationId,
          scanNumber: 1,
          mailboxIds: [310],
          modifiedSince: '2026-01-01T00:00:00Z',
        },
      ],
    });
  };

  it('costs at most half a history event per conversation', async () => {
    const ids = (page: number) => Array.from({ length: 25 }, (_, index) => page * 25 + index);
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) =>
        importedPage(cursor, { changed: ids(cursor.page), pages: 40, total: 1000 }),
    });
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      const progress = await handle.result();
      assert.equal(progress.classified, 1000);
      const { historyLength } = await handle.describe();
      assert(historyLength <= 560, `${historyLength} events for 1000 conversations`);
    });
  });

  it('honours the wait that Help Scout asks for with a 429', async () => {
    let limited = true;
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) => {
        if (limited) {
          limited = false;
          throw ApplicationFailure.create({ message: '429', type: 'rateLimited', nextRetryDelay: '47 seconds' });
        }
        return importedPage(cursor, { changed: [1], pages: 1, total: 1 });
      },
    });
    await withWorkers(env, fake.activities, async () => {
      await (await start()).result();
      const [first, second] = fake.callsOf('importPage');
      const waitedMs = (second?.atMs ?? 0) - (first?.atMs ?? 0);
      assert(waitedMs >= 46_000 && waitedMs < 60_000, `waited ${waitedMs} ms`);
    });
  });

  it('goes on when the limit has room again, however often it had none', async () => {
    let refusals = 0;
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) => {
        refusals++;
        if (refusals <= 6) {
          const details = [{ waitMs: 8000 }];
          throw ApplicationFailure.create({
            message: '429',
            type: 'rateLimited',
            nextRetryDelay: '8 seconds',
            details,
          });
        }
        return importedPage(cursor, { changed: [1], pages: 1, total: 1 });
      },
    });
    await withWorkers(env, fake.activities, async () => {
      await (await start()).result();
      const calls = fake.callsOf('importPage');
      const waitedMs = (calls.at(-1)?.atMs ?? 0) - (calls.at(-2)?.atMs ?? 0);
      assert(waitedMs >= 7000 && waitedMs < 20_000, `waited ${waitedMs} ms`);
      const shown = fake.callsOf('saveScan').map(({ args }) => (args[1] as { waitingFor: string | null }).waitingFor);
      assert(shown.includes('rateLimited'));
    });
  });

  it('says why it waits when Help Scout is down for long, and goes on where it was', async () => {
    let down = false;
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) => {
        if (cursor.page === 2) down = fake.callsOf('importPage').length < 15;
        if (down) throw ApplicationFailure.create({ message: '503', type: 'helpScoutUnavailable' });
        return importedPage(cursor, { changed: [cursor.page], pages: 3, total: 75 });
      },
    });
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      const progress = await handle.result();
      assert.equal(progress.classified, 3);
      const shown = fake.callsOf('saveScan').map(({ args }) => args[1] as { state: string; waitingFor: string });
      assert(shown.some(({ state, waitingFor }) => state === 'waiting' && waitingFor === 'helpScoutUnavailable'));
      assert.deepEqual([...new Set(pagesRead(fake.callsOf('importPage')))], [1, 2, 3]);
    });
  });

  it('pauses after the page under way and resumes on the next one', async () => {
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) => {
        if (cursor.page === 2) await handle.signal(pauseScanSignal);
        return importedPage(cursor, { changed: [cursor.page], pages: 4, total: 100 });
      },
    });
    let handle: Awaited<ReturnType<typeof start>>;
    await withWorkers(env, fake.activities, async () => {
      handle = await start();
      await until(async () => (await handle.query(scanProgressQuery)).state === 'paused');
      assert.deepEqual(pagesRead(fake.callsOf('importPage')), [1, 2]);
      await handle.signal(resumeScanSignal);
      await handle.result();
      assert.deepEqual(pagesRead(fake.callsOf('importPage')), [1, 2, 3, 4]);
    });
  });

  it('classifies, or hands over, all that was read when it is cancelled', async () => {
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) => {
        if (cursor.page === 3) await handle.signal(cancelScanSignal);
        return importedPage(cursor, { changed: [cursor.page], pages: 100, total: 2500 });
      },
    });
    let handle: Awaited<ReturnType<typeof start>>;
    await withWorkers(env, fake.activities, async () => {
      handle = await start();
      const progress = await handle.result();
      assert.equal(progress.state, 'cancelled');
      const classified = fake
        .callsOf('classifyConversations')
        .flatMap(({ args }) => (args[1] as { conversationIds: number[] }).conversationIds);
      const handedOver = fake
        .callsOf('startConversationSyncs')
        .flatMap(({ args }) => (args[1] as { conversationId: number }[]).map(({ conversationId }) => conversationId));
      assert.deepEqual([...classified, ...handedOver], [1, 2, 3]);
      assert.equal(progress.classified, classified.length);
    });
  });

  it('hands conversations that cannot be read to workflows of their own', async () => {
    const failed = { conversationId: 9, eventId: 'e/9', code: 'helpScoutUnavailable' as const, httpStatus: 500 };
    const fake = fakeActivities(nowMs, {
      importPage: async (_scope, { cursor }) =>
        importedPage(cursor, { changed: [1, 2], pages: 1, total: 3, failed: [failed] }),
    });
    await withWorkers(env, fake.activities, async () => {
      const progress = await (await start()).result();
      assert.equal(progress.failed, 1);
      assert.deepEqual(fake.callsOf('startConversationSyncs')[0]?.args[1], [failed]);
    });
  });
});

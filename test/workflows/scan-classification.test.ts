import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { ClassifyRequest } from '../../src/activities/classify-activities.ts';
import type { ScanProgress } from '../../src/domain/integration.ts';
import { cancelScanSignal, scanWorkflowId, TASK_QUEUE } from '../../src/workflows/contract.ts';
import type { scan } from '../../src/workflows/scan.ts';
import { fakeActivities, importedPage } from '../support/fake-activities.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

const HOUR_MS = 3_600_000;

describe('scan that is paid for', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();
  const nowMs = () => env.currentTimeMs();
  const start = () => {
    const integrationId = randomUUID();
    const input = { organizationId: 'org', integrationId, scanNumber: 1, mailboxIds: [310] };
    return env.client.workflow.start<typeof scan>('scan', {
      workflowId: scanWorkflowId(integrationId, 1),
      taskQueue: TASK_QUEUE,
      args: [{ ...input, modifiedSince: '2026-01-01T00:00:00Z' }],
    });
  };
  const ids = (page: number) => Array.from({ length: 25 }, (_, index) => page * 25 + index);
  const pages =
    (count: number) =>
    async (_scope: unknown, { cursor }: { cursor: Parameters<typeof importedPage>[0] }) =>
      importedPage(cursor, { changed: ids(cursor.page), pages: count, total: count * 25 });

  it('waits for the next day at the cap, says so, and classifies what is left', async () => {
    let money = 40;
    const startedAtMs = await nowMs();
    const fake = fakeActivities(nowMs, {
      importPage: pages(4),
      classifyConversations: async (_scope, { conversationIds }) => {
        if ((await nowMs()) - startedAtMs > 5 * HOUR_MS) money = 1000;
        const done = conversationIds.slice(0, money);
        money -= done.length;
        const left = conversationIds.slice(done.length);
        return left.length > 0 ? { log: [], left, waitMs: HOUR_MS } : { log: [] };
      },
    });
    await withWorkers(env, fake.activities, async () => {
      const progress = await (await start()).result();
      assert.equal(progress.classified, 100);
      assert.equal(progress.state, 'completed');
      const shown = fake.callsOf('saveScan').map(({ args }) => args[1] as ScanProgress);
      assert.ok(shown.some(({ state, waitingFor }) => state === 'waiting' && waitingFor === 'costCapReached'));
      assert.ok((await nowMs()) - startedAtMs > 5 * HOUR_MS);
    });
  });

  it('hands over what waits for money when it is cancelled', async () => {
    const fake = fakeActivities(nowMs, {
      importPage: pages(2),
      classifyConversations: async (_scope, { conversationIds }) => {
        await handle.signal(cancelScanSignal);
        return { log: [], left: conversationIds.slice(5), waitMs: HOUR_MS };
      },
    });
    let handle: Awaited<ReturnType<typeof start>>;
    await withWorkers(env, fake.activities, async () => {
      handle = await start();
      const progress = await handle.result();
      assert.equal(progress.state, 'cancelled');
      const handedOver = fake.callsOf('startConversationSyncs').flatMap(({ args }) => args[1] as unknown[]);
      assert.equal(progress.classified + handedOver.length, progress.imported);
    });
  });

  it('loses nothing of the page that waits for money when another was read meanwhile', async () => {
    let readSecond = () => {};
    const second = new Promise<void>((resolve) => {
      readSecond = resolve;
    });
    const fake = fakeActivities(nowMs, {
      importPage: async (scope, request) => {
        if (request.cursor.page > 1) readSecond();
        return pages(2)(scope, request);
      },
      classifyConversations: async (_scope, { conversationIds }) => {
        if (conversationIds.length === 0) return { log: [] };
        await second;
        await handle.signal(cancelScanSignal);
        return { log: [], left: conversationIds, waitMs: HOUR_MS };
      },
    });
    let handle: Awaited<ReturnType<typeof start>>;
    await withWorkers(env, fake.activities, async () => {
      handle = await start();
      const progress = await handle.result();
      assert.equal(progress.imported, 50);
      const handedOver = fake.callsOf('startConversationSyncs').flatMap(({ args }) => args[1] as unknown[]);
      assert.equal(handedOver.length, 50);
    });
  });

  it('has conversations classified in message batches, and those that got no answer singly', async () => {
    const polled = new Map<string, number>();
    const fake = fakeActivities(nowMs, {
      importPage: pages(30),
      classifyConversations: async (_scope, { mayGather }: ClassifyRequest) =>
        mayGather ? { log: [], gather: true } : { log: [] },
      submitMessageBatch: async (_scope, { key, conversationIds }) => ({
        messageBatchId: `batch of ${key}`,
        submitted: conversationIds,
        single: [],
      }),
      takeMessageBatch: async (_scope, { messageBatchId, conversationIds }) => {
        const looks = (polled.get(messageBatchId) ?? 0) + 1;
        polled.set(messageBatchId, looks);
        if (looks < 4) return { running: true, left: [], log: [] };
        return { running: false, left: conversationIds.slice(0, 2), log: [] };
      },
    });
    await withWorkers(env, fake.activities, async () => {
      const progress = await (await start()).result();
      assert.equal(progress.classified, 750);
      assert.equal(progress.inBatches, 0);
      const submitted = fake.callsOf('submitMessageBatch').map(({ args }) => args[1] as { conversationIds: number[] });
      assert.deepEqual(
        submitted.map(({ conversationIds }) => conversationIds.length),
        [500, 250],
      );
      const singly = fake.callsOf('classifyConversations').map(({ args }) => args[1] as ClassifyRequest);
      assert.deepEqual(
        singly.filter(({ mayGather }) => !mayGather).map(({ conversationIds }) => conversationIds.length),
        [2, 2],
      );
    });
  });

  it('takes what a message batch has answered when it is cancelled, for that is paid', async () => {
    const fake = fakeActivities(nowMs, {
      importPage: pages(1),
      classifyConversations: async () => ({ log: [], gather: true }),
      takeMessageBatch: async (_scope, { conversationIds }) => {
        if (fake.callsOf('takeMessageBatch').length === 1) await handle.signal(cancelScanSignal);
        if (fake.callsOf('takeMessageBatch').length < 3) return { running: true, left: [], log: [] };
        return { running: false, left: conversationIds.slice(10), log: [] };
      },
    });
    let handle: Awaited<ReturnType<typeof start>>;
    await withWorkers(env, fake.activities, async () => {
      handle = await start();
      const progress = await handle.result();
      assert.equal(progress.classified, 10);
      assert.equal(fake.callsOf('cancelMessageBatch').length, 1);
      const handedOver = fake.callsOf('startConversationSyncs').flatMap(({ args }) => args[1] as unknown[]);
      assert.equal(handedOver.length, 15);
    });
  });

  it('waits for the batches of a cancelled scan as long as they take, and shows it as over meanwhile', async () => {
    const endsAfter = 40;
    const fake = fakeActivities(nowMs, {
      importPage: pages(1),
      classifyConversations: async () => ({ log: [], gather: true }),
      takeMessageBatch: async (_scope, { conversationIds }) => {
        const looks = fake.callsOf('takeMessageBatch').length;
        if (looks === 1) await handle.signal(cancelScanSignal);
        if (looks === 5) throw ApplicationFailure.nonRetryable('Claude cannot be reached', 'classifierUnavailable');
        if (looks < endsAfter) return { running: true, left: [], log: [] };
        return { running: false, left: conversationIds.slice(20), log: [] };
      },
    });
    let handle: Awaited<ReturnType<typeof start>>;
    await withWorkers(env, fake.activities, async () => {
      handle = await start();
      const progress = await handle.result();
      assert.equal(progress.classified, 20);
      const handedOver = fake.callsOf('startConversationSyncs').flatMap(({ args }) => args[1] as unknown[]);
      assert.equal(handedOver.length, 5);
      const looks = fake.callsOf('takeMessageBatch');
      assert.equal(looks.length, endsAfter);
      const toldAtMs = fake.callsOf('saveScan').find(({ args }) => (args[1] as ScanProgress).state === 'cancelled');
      assert.ok((toldAtMs?.atMs ?? 0) < (looks[2]?.atMs ?? 0));
    });
  });
});

import type { Duration } from '@temporalio/common';
import { condition } from '@temporalio/workflow';
import type { Batch } from '../activities/import-activities.ts';
import type { ScanProgress } from '../domain/integration.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { classifier } from './activity-profiles.ts';
import type { Scope } from './contract.ts';
import { endBatches, lookAgainAfter } from './end-batches.ts';
import type { ScanMemory } from './scan-memory.ts';
import { unfinished } from './unfinished.ts';

/** Conversations of one message batch: few enough that its rows fit in one result. */
const MOST_IN_BATCH = 500;

interface ScanClassificationDeps {
  scope: Scope;
  batch: Batch;
  memory: ScanMemory;
  untilDone: <T>(step: () => Promise<T>) => Promise<{ value: T } | null>;
  resting: () => boolean;
  rest: (time: Duration) => Promise<void>;
  tell: (state: ScanProgress['state'], waitingFor: SyncErrorCode | null) => Promise<void>;
}

/**
 * The classifying side of a scan. What is not done stays in its memory: conversations that wait for their turn, for the
 * next day's money, or in message batches. Only what activities answer decides the way, so that settings may change
 * while a scan runs.
 */
export function createScanClassification({
  scope,
  batch,
  memory,
  untilDone,
  resting,
  rest,
  tell,
}: ScanClassificationDeps) {
  const { progress } = memory;
  const batches = () => {
    memory.messageBatches ??= [];
    return memory.messageBatches;
  };

  return {
    /**
     * Starts classifying a page, after what is left of those before; awaited before the next one is. Something is left
     * when the scan came to rest while a page waited for money and the next one was read already.
     */
    classify(conversationIds: number[]): Promise<void> {
      memory.unclassified = [...memory.unclassified, ...conversationIds];
      const started = classifyAll(true);
      // It is awaited later: a cancellation meanwhile must not count as nobody's.
      started.catch(() => undefined);
      return started;
    },

    /** After the last page: what was gathered, and what is in message batches. */
    async finish(): Promise<void> {
      if (memory.cancelled) return endBatches({ scope, batch, memory, tell });
      if (memory.cursor === null) await submitGathered(1);
      for (let looks = 0; batches().length > 0 && !resting(); ) {
        if (await takeFirst()) looks = 0;
        else await rest(lookAgainAfter(looks++));
      }
      if (memory.cancelled) await endBatches({ scope, batch, memory, tell });
    },
  };

  async function classifyAll(mayGather: boolean): Promise<void> {
    do {
      const conversationIds = memory.unclassified;
      const { scanNumber, total, imported, classified, unchanged, failed } = progress;
      const whole = classified + conversationIds.length;
      const counts = { scanNumber, total, imported, unchanged, failed, classified: whole };
      const done = await untilDone(() =>
        classifier.classifyConversations(scope, { ...batch, conversationIds, counts, ...(mayGather && { mayGather }) }),
      );
      if (!done) return;
      const { gather, left, waitMs, refused } = unfinished(done.value);
      if (gather) {
        memory.gathered = [...(memory.gathered ?? []), ...conversationIds];
        memory.unclassified = [];
        return submitGathered(MOST_IN_BATCH);
      }
      progress.classified += conversationIds.length - left.length - refused;
      progress.failed += refused;
      memory.unclassified = left;
      if (left.length > 0) await untilNextBudget(waitMs);
    } while (memory.unclassified.length > 0 && !resting());
  }

  /** At the daily cap: nothing is lost, and everybody is told. */
  async function untilNextBudget(waitMs: number): Promise<void> {
    await tell('waiting', 'costCapReached');
    await rest(waitMs);
    if (memory.paused && !resting()) {
      await tell('paused', null);
      await condition(() => !memory.paused || resting());
    }
    if (!resting()) await tell('running', null);
  }

  /** Submits what was gathered, as long as there are so many. */
  async function submitGathered(atLeast: number): Promise<void> {
    while ((memory.gathered ?? []).length >= atLeast && !resting()) {
      const gathered = memory.gathered ?? [];
      const conversationIds = gathered.slice(0, MOST_IN_BATCH);
      const number = memory.batchesSubmitted ?? 0;
      const done = await untilDone(() =>
        classifier.submitMessageBatch(scope, { ...batch, key: `${batch.batchId}/${number}`, conversationIds }),
      );
      if (!done) return;
      const { messageBatchId, submitted, single, waitMs } = done.value;
      const taken = new Set([...submitted, ...single]);
      memory.gathered = gathered.filter((conversationId) => !taken.has(conversationId));
      if (messageBatchId !== null) {
        memory.batchesSubmitted = number + 1;
        batches().push({ messageBatchId, conversationIds: submitted });
        progress.inBatches = (progress.inBatches ?? 0) + submitted.length;
        await tell('running', null);
      }
      if (single.length > 0) await classifySingly(single);
      if (waitMs !== undefined && !resting()) await untilNextBudget(waitMs);
    }
  }

  /** @returns whether the oldest message batch has ended, and its answers are in. */
  async function takeFirst(): Promise<boolean> {
    const [first] = batches();
    if (!first) return false;
    const taken = await untilDone(() => classifier.takeMessageBatch(scope, { ...batch, ...first }));
    if (!taken || taken.value.running) return false;
    batches().shift();
    const { left } = taken.value;
    progress.inBatches = Math.max(0, (progress.inBatches ?? 0) - first.conversationIds.length);
    progress.classified += first.conversationIds.length - left.length;
    await tell('running', null);
    if (left.length > 0) await classifySingly(left);
    return true;
  }

  async function classifySingly(conversationIds: number[]): Promise<void> {
    memory.unclassified = [...memory.unclassified, ...conversationIds];
    await classifyAll(false);
  }
}

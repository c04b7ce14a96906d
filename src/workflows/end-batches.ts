import { isCancellation, log, patched, sleep } from '@temporalio/workflow';
import type { Batch } from '../activities/import-activities.ts';
import type { ScanProgress } from '../domain/integration.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { classifier } from './activity-profiles.ts';
import type { Scope } from './contract.ts';
import { failureCause } from './failure-code.ts';
import type { ScanMemory } from './scan-memory.ts';

/** Most batches end within the hour; looking costs an activity each time. */
const FIRST_LOOKS = 10;
export const lookAgainAfter = (looks: number) => (looks < FIRST_LOOKS ? '1 minute' : '10 minutes');

/** A batch ends within a day, and its answers can be had for a month: some ten days of looks bridge what is down. */
const MOST_LOOKS = 1_500;
/** Before batches were waited for: one that did not stop by then was left alone. */
const MOST_LOOKS_ONCE = 10;

interface CancelledScan {
  scope: Scope;
  batch: Batch;
  memory: ScanMemory;
  tell: (state: ScanProgress['state'], waitingFor: SyncErrorCode | null) => Promise<void>;
}

/**
 * Message batches of a scan that was cancelled: each is stopped, and what it answered by then is booked and used, however
 * long that takes, for it is paid. What it did not answer is left unclassified in the scan's memory. To people the scan
 * is over from the start.
 */
export async function endBatches({ scope, batch, memory, tell }: CancelledScan): Promise<void> {
  const batches = memory.messageBatches ?? [];
  const { progress } = memory;
  if (batches.length === 0) return;
  if (!patched('batches-of-cancelled-scans-are-waited-for')) return endBatchesInTime();
  progress.finishedAtMs = Date.now();
  await tell('cancelled', null);
  for (const { messageBatchId } of batches) {
    await orWarn(() => classifier.cancelMessageBatch(scope, { messageBatchId }));
  }
  for (let looks = 0; batches.length > 0 && looks < MOST_LOOKS; looks++) {
    const [first] = batches;
    if (!first) return;
    const taken = await orWarn(() => classifier.takeMessageBatch(scope, { ...batch, ...first }));
    if (taken && !taken.running) use(first.conversationIds, taken.left);
    else await sleep(lookAgainAfter(looks));
  }

  function use(conversationIds: readonly number[], left: readonly number[]): void {
    batches.shift();
    progress.inBatches = Math.max(0, (progress.inBatches ?? 0) - conversationIds.length);
    progress.classified += conversationIds.length - left.length;
    memory.unclassified = [...memory.unclassified, ...left];
  }

  async function endBatchesInTime(): Promise<void> {
    try {
      for (const { messageBatchId } of batches) await classifier.cancelMessageBatch(scope, { messageBatchId });
      for (let looks = 0; batches.length > 0 && looks < MOST_LOOKS_ONCE; looks++) {
        const [first] = batches;
        if (!first) return;
        const taken = await classifier.takeMessageBatch(scope, { ...batch, ...first });
        if (taken.running) await sleep('1 minute');
        else use(first.conversationIds, taken.left);
      }
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.warn('message batches of a cancelled scan are left alone');
    }
  }
}

/** @returns undefined when it did not work: what cannot be had now can be later */
async function orWarn<T>(step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('message batches of a cancelled scan cannot be had now', { code: failureCause(error).code });
    return undefined;
  }
}

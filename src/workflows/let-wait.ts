import { patched } from '@temporalio/workflow';
import type { Batch } from '../activities/import-activities.ts';
import { house } from './activity-profiles.ts';
import type { IntegrationRun } from './integration-run.ts';

/**
 * Has conversations wait for another day's money. Their ids are in MongoDB, however many there are; the workflow only
 * remembers how many, and when to look again.
 */
export async function letWait(
  { scope, memory }: IntegrationRun,
  group: { batch: Batch; conversationIds: number[] },
  waitMs: number,
): Promise<void> {
  const dueAtMs = Date.now() + waitMs;
  if (!patched('waiting-conversations-are-in-mongodb')) {
    memory.waitingForBudget = [...(memory.waitingForBudget ?? []), { ...group, dueAtMs }];
    memory.revision += 1;
    return;
  }
  const count = await house.keepWaiting(scope, group);
  const { dueAtMs: before = dueAtMs, kept = 0 } = memory.waiting ?? {};
  memory.waiting = { count, kept: kept + 1, dueAtMs: Math.min(before, dueAtMs) };
  memory.revision += 1;
}

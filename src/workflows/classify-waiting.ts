import { condition } from '@temporalio/workflow';
import { house } from './activity-profiles.ts';
import { classifyNow, classifyStored } from './follow-conversations.ts';
import { mayWork } from './integration-memory.ts';
import type { IntegrationRun } from './integration-run.ts';

/** Tries again, on the next day or when the cap was raised, what the day's cost cap left unclassified. */
export async function classifyWaiting(run: IntegrationRun): Promise<void> {
  const { memory, stopping } = run;
  const remembered = () => memory.waitingForBudget ?? [];
  while (!stopping()) {
    await condition(() => stopping() || (mayWork(memory) && (remembered().length > 0 || memory.waiting !== undefined)));
    const [first] = [...remembered()].sort((a, b) => a.dueAtMs - b.dueAtMs);
    const dueAtMs = first?.dueAtMs ?? memory.waiting?.dueAtMs;
    if (stopping() || dueAtMs === undefined) continue;
    const waitMs = dueAtMs - Date.now();
    if (waitMs > 0) {
      await condition(() => stopping() || !mayWork(memory), waitMs);
      continue;
    }
    if (!first) {
      await classifyLongestWaiting(run);
      continue;
    }
    // Of a run from before they were kept in MongoDB.
    memory.waitingForBudget = remembered().filter((item) => item !== first);
    memory.revision += 1;
    await classifyStored(run, first.batch, first.conversationIds);
  }
}

/** Those that have waited longest. Where there still is no money, everybody waits on: one look is enough for all. */
async function classifyLongestWaiting(run: IntegrationRun): Promise<void> {
  const { scope, memory } = run;
  const keptBefore = memory.waiting?.kept;
  const group = await house.nextWaiting(scope);
  if (!group) {
    // Unless some were kept since the question was asked.
    if (memory.waiting?.kept === keptBefore) delete memory.waiting;
    memory.revision += 1;
    return;
  }
  const { left, waitMs } = await classifyNow(run, group.batch, group.conversationIds);
  const conversationIds = group.conversationIds.filter((conversationId) => !left.includes(conversationId));
  const count = await house.endWaiting(scope, { ...group, conversationIds });
  const { kept = 0 } = memory.waiting ?? {};
  memory.waiting = { count, kept, dueAtMs: left.length > 0 ? Date.now() + waitMs : Date.now() };
  memory.revision += 1;
}

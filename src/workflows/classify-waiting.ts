import { condition } from '@temporalio/workflow';
import { classifyStored } from './follow-conversations.ts';
import { mayWork } from './integration-memory.ts';
import type { IntegrationRun } from './integration-run.ts';

/** Tries again, on the next day or when the cap was raised, what the day's cost cap left unclassified. */
export async function classifyWaiting(run: IntegrationRun): Promise<void> {
  const { memory, stopping } = run;
  const waiting = () => memory.waitingForBudget ?? [];
  while (!stopping()) {
    await condition(() => stopping() || (mayWork(memory) && waiting().length > 0));
    const [first] = [...waiting()].sort((a, b) => a.dueAtMs - b.dueAtMs);
    if (stopping() || !first) continue;
    const waitMs = first.dueAtMs - Date.now();
    if (waitMs > 0) {
      await condition(() => stopping() || !mayWork(memory), waitMs);
      continue;
    }
    memory.waitingForBudget = waiting().filter((item) => item !== first);
    memory.revision += 1;
    await classifyStored(run, first.batch, first.conversationIds);
  }
}

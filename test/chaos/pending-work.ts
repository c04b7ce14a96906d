import { z } from 'zod';
import type { RunningStack } from '../e2e/running-stack.ts';
import { openWorkflows } from './settling.ts';

const failureSchema = z.object({ message: z.string().nullish() }).nullish();

/** What each open workflow waits for, in lines for people: to look at when something did not settle. */
export async function pendingWork(running: Pick<RunningStack, 'temporal'>): Promise<string[]> {
  const lines: string[] = [];
  for (const workflowId of await openWorkflows(running)) {
    const { raw, historyLength } = await running.temporal.workflow.getHandle(workflowId).describe();
    const activities = (raw.pendingActivities ?? []).map(({ activityType, state, attempt, lastFailure }) => {
      const { message = '' } = failureSchema.parse(lastFailure) ?? {};
      return `${activityType?.name} (state ${state}, attempt ${attempt}${message ? `: ${message}` : ''})`;
    });
    const task = raw.pendingWorkflowTask;
    const waits = task ? [`a workflow task (state ${task.state}, attempt ${task.attempt})`] : [];
    const what = [...activities, ...waits].join('; ') || 'a timer or a message';
    lines.push(`${workflowId}, ${historyLength} events, waits for ${what}`);
  }
  return lines;
}

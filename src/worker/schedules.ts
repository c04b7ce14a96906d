import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { SCHEDULED, TASK_QUEUE } from '../workflows/contract.ts';

/** Makes the schedules of the whole installation. One that exists, and what an operator changed of it, stays. */
export async function ensureSchedules(client: Client): Promise<void> {
  for (const [workflowType, { every }] of Object.entries(SCHEDULED)) {
    try {
      await client.schedule.create({
        scheduleId: workflowType,
        spec: { intervals: [{ every }] },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour' },
        action: { type: 'startWorkflow', workflowType, taskQueue: TASK_QUEUE, workflowId: workflowType },
      });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  }
}

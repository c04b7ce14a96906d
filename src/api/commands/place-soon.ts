import { type Client, ScheduleOverlapPolicy } from '@temporalio/client';
import type { SCHEDULED } from '../../workflows/contract.ts';
import { within } from '../temporal/deadline.ts';

/** Short: a person judges one after another. */
const CALL_MS = 500;
const SCHEDULE: keyof typeof SCHEDULED = 'repairPatterns';

/**
 * Has what a person categorized given its pattern at once. Where Temporal does not answer, the schedule's next run does
 * it, so nothing is thrown.
 */
export async function placeSoon(temporal: Client): Promise<void> {
  try {
    // A run under way may be past it: one more follows then, however many people judge meanwhile.
    await within(temporal, CALL_MS, () =>
      temporal.schedule.getHandle(SCHEDULE).trigger(ScheduleOverlapPolicy.BUFFER_ONE),
    );
  } catch {
    // The schedule comes round.
  }
}

import { setCurrentDetails, sleep } from '@temporalio/workflow';
import type { OutcomeOfCheck } from '../activities/record-activities.ts';
import { house } from './activity-profiles.ts';
import type { OutcomeCheckInput } from './contract.ts';

/**
 * Waits some days after a bug report or feature request was done, then looks whether customers stopped writing about it.
 * The time runs whatever happens to workers; what counts is when customers wrote, not when we look.
 */
export async function outcomeCheck({
  organizationId,
  recordId,
  resolution,
  checkAtMs,
}: OutcomeCheckInput): Promise<OutcomeOfCheck['verdict']> {
  setCurrentDetails(`Looks on ${new Date(checkAtMs).toISOString()} whether reports stopped.`);
  const waitMs = checkAtMs - Date.now();
  if (waitMs > 0) await sleep(waitMs);
  const { verdict } = await house.checkOutcome({ organizationId, recordId, resolution });
  setCurrentDetails(`Outcome: ${verdict}.`);
  return verdict;
}

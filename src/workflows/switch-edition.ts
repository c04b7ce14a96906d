import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import { house, sweeper } from './activity-profiles.ts';
import type { SwitchEditionInput } from './contract.ts';

/** Longer than any process goes on with the edition it knew (storage/editions.ts). */
const SETTLING = '3 seconds';

/**
 * Puts the edition of a what-if in force, or the one before it: made aside, then one step for everybody, then what was
 * still written to the former meanwhile is carried over.
 */
export async function switchEdition(input: SwitchEditionInput): Promise<{ done: boolean }> {
  try {
    if (input.step === 'publish') await sweeper.prepareEdition(input);
    await sweeper.putEdition(input);
    await sleep(SETTLING);
    await sweeper.settleEdition(input);
    return { done: true };
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    await house.failEdition(input);
    return { done: false };
  }
}

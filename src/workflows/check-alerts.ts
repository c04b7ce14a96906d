import { isCancellation } from '@temporalio/workflow';
import { house } from './activity-profiles.ts';

/** Looks at Help Scout's own status, and at each organization's alert rules. Runs by schedule. */
export async function checkAlerts(): Promise<void> {
  try {
    await house.readHelpScoutStatus();
  } catch (error) {
    if (isCancellation(error)) throw error;
    // Nothing of the rules depends on it.
  }
  await house.checkAlerts();
}

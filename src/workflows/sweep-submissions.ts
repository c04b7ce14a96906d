import { house } from './activity-profiles.ts';

/** Starts what was accepted while Temporal could not be reached, or by a web app that was stopped right after. */
export async function sweepSubmissions(): Promise<{ started: number }> {
  const { started } = await house.startAcceptedSubmissions();
  return { started };
}

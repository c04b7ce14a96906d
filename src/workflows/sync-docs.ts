import { house } from './activity-profiles.ts';

/** Has the help articles of every connection looked through. Runs by schedule. */
export async function syncDocs(): Promise<void> {
  await house.startDocsSyncs();
}

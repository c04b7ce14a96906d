import { house } from './activity-profiles.ts';

/** Starts what was stored of customers and uploads, and whose workflow could not be started then. */
export async function sweepCustomers(): Promise<void> {
  await house.sweepCustomers();
}

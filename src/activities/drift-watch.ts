import type { Drift } from '../domain/drift.ts';
import type { Storage } from '../storage/storage.ts';
import { weeklyShares } from '../storage/weekly-shares.ts';

/** Shares are of whole days: looking more often finds nothing else, but what a scan has added. */
const LOOK_AGAIN_MS = 6 * 3_600_000;

/** Shares of categories that are far from usual, as of at most six hours ago. */
export async function watchedDrifts(storage: Storage, organizationId: string, now: Date): Promise<readonly Drift[]> {
  const last = await storage.driftLooks.last(organizationId);
  const age = last ? now.getTime() - last.at.getTime() : Number.POSITIVE_INFINITY;
  if (last && age >= 0 && age < LOOK_AGAIN_MS) return last.drifts;
  const organization = await storage.organizations.get(organizationId);
  if (!organization) return [];
  const { drifts } = await weeklyShares(storage, organizationId, { now, timeZone: organization.timeZone });
  await storage.driftLooks.save(organizationId, { at: now, drifts });
  return drifts;
}

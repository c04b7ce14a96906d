import { createOrUpdateRecords } from './record-updates.ts';
import { recountPatterns } from './recount-patterns.ts';
import type { Storage } from './storage.ts';

/** Counts some patterns anew, and brings the records up to date that follow from them. Repeating it changes nothing. */
export async function updatePatterns(
  storage: Storage,
  organizationId: string,
  patternIds: readonly string[],
): Promise<void> {
  if (patternIds.length === 0) return;
  await recountPatterns(storage, organizationId, patternIds);
  const { insights } = await storage.settings.get(organizationId);
  await createOrUpdateRecords(storage, organizationId, patternIds, insights);
}

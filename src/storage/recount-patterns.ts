import { majorityCategory } from '../patterns/majority-category.ts';
import type { Storage } from './storage.ts';

/** Counts some patterns anew from their insights, those that have none left too. Exact whatever came before. */
export async function recountPatterns(
  storage: Pick<Storage, 'insights' | 'patterns'>,
  organizationId: string,
  patternIds: readonly string[],
): Promise<void> {
  if (patternIds.length === 0) return;
  const counted = await storage.insights.patternCounts(organizationId, patternIds);
  const rows = counted.map((row) => ({ ...row, category: majorityCategory(row.byCategory) ?? ('question' as const) }));
  await storage.patterns.saveCounts(organizationId, rows);
  const left = new Set(counted.map(({ patternId }) => patternId));
  await storage.patterns.saveEmpty(
    organizationId,
    patternIds.filter((patternId) => !left.has(patternId)),
  );
}

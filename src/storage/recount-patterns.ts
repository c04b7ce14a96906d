import { CATEGORIES } from '../domain/category.ts';
import type { Storage } from './storage.ts';

/** Counts some patterns anew from their insights, those that have none left too. Exact whatever came before. */
export async function recountPatterns(
  storage: Pick<Storage, 'insights' | 'patterns'>,
  organizationId: string,
  patternIds: readonly string[],
): Promise<void> {
  const counted = await storage.insights.patternCounts(organizationId, patternIds);
  await storage.patterns.saveCounts(
    organizationId,
    counted.map((row) => {
      const most = Math.max(...CATEGORIES.map((category) => row.byCategory[category] ?? 0));
      return { ...row, category: CATEGORIES.find((category) => row.byCategory[category] === most) ?? 'question' };
    }),
  );
  const left = new Set(counted.map(({ patternId }) => patternId));
  await storage.patterns.saveEmpty(
    organizationId,
    patternIds.filter((patternId) => !left.has(patternId)),
  );
}

import type { Pattern } from '../../domain/pattern.ts';
import type { Storage } from '../../storage/storage.ts';
import type { PatternLink, SuggestedPair } from '../../ui/props.ts';

/** More are looked at than shown, for some have been decided on since they were suggested. */
const LOOKED_AT = 100;

/**
 * Pairs of patterns that may be the same and on which nobody has decided, most similar first: merges are followed, and
 * those that became one or were said not to be the same are left out.
 */
export async function suggestedPairs(
  storage: Storage,
  organizationId: string,
  { patternIds, limit = 10 }: { patternIds?: readonly string[]; limit?: number } = {},
): Promise<SuggestedPair[]> {
  const suggested = await storage.patternSuggestions.list(organizationId, {
    ...(patternIds && { patternIds }),
    limit: LOOKED_AT,
  });
  if (suggested.length === 0) return [];
  const ids = suggested.flatMap(({ a, b }) => [a, b]);
  const roots = await storage.patternLinks.resolve(organizationId, ids);
  const patterns = await storage.patterns.getMany(organizationId, [...new Set(roots.values())]);
  const byId = new Map(patterns.map((pattern) => [pattern.patternId, pattern]));
  const barred = new Set<string>();
  for (const integrationId of new Set(suggested.map((one) => one.integrationId))) {
    const pairs = await storage.patternLinks.cannotLink(organizationId, integrationId, [...roots.values()]);
    for (const pair of pairs) barred.add(pairKey(pair));
  }
  const shown = new Map<string, SuggestedPair>();
  for (const { a, b, similarity } of suggested) {
    const [one, other] = [byId.get(roots.get(a) ?? a), byId.get(roots.get(b) ?? b)];
    if (!one || !other || one === other || one.conversations === 0 || other.conversations === 0) continue;
    const key = pairKey([one.patternId, other.patternId]);
    if (!barred.has(key) && !shown.has(key)) shown.set(key, { ...largerFirst(one, other), similarity });
  }
  return [...shown.values()].slice(0, limit);
}

/** Suggestions as one of their patterns sees them. */
export async function similarTo(
  storage: Storage,
  organizationId: string,
  patternId: string,
): Promise<{ pattern: PatternLink; similarity: number }[]> {
  const merged = await storage.patternLinks.mergedInto(organizationId, [patternId]);
  const patternIds = [patternId, ...merged.map((one) => one.patternId)];
  const pairs = await suggestedPairs(storage, organizationId, { patternIds });
  return pairs.map(({ a, b, similarity }) => ({ pattern: a.patternId === patternId ? b : a, similarity }));
}

const pairKey = (pair: readonly [string, string]) => [...pair].sort().join(' ');

const link = ({ patternId, title }: Pattern): PatternLink => ({ patternId, title });

/** The smaller one is what would be merged into the other. */
function largerFirst(one: Pattern, other: Pattern): { a: PatternLink; b: PatternLink } {
  const [a, b] = one.customers >= other.customers ? [one, other] : [other, one];
  return { a: link(a), b: link(b) };
}

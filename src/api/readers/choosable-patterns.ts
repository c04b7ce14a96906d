import type { Pattern } from '../../domain/pattern.ts';
import type { Storage } from '../../storage/storage.ts';

const SHOWN = 20;

/** Other patterns of the same connection with these words in their titles, and whether they were said not to be the same. */
export async function choosablePatterns(
  storage: Storage,
  { organizationId, integrationId, patternId }: Pattern,
  words: string,
): Promise<(Pattern & { apart: boolean })[]> {
  const [found, pairs] = await Promise.all([
    storage.patterns.search(organizationId, integrationId, words, SHOWN + 1),
    storage.patternLinks.cannotLink(organizationId, integrationId, [patternId]),
  ]);
  const apart = new Set(pairs.flat());
  return found
    .filter((other) => other.patternId !== patternId)
    .slice(0, SHOWN)
    .map((other) => ({ ...other, apart: apart.has(other.patternId) }));
}

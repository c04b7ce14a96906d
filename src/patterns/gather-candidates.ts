/** Of one key no more patterns are read: what so many have in common tells nothing. */
export const PATTERNS_PER_KEY = 30;
/** As many are compared. */
export const MOST_CANDIDATES = 50;

/** Up to `PATTERNS_PER_KEY` ids for each key, in the order of the keys. */
export type LookUp = (keys: readonly string[]) => Promise<string[][]>;

/**
 * The patterns that share the rarest keys with a text, best first. However many patterns there are, at most
 * `PATTERNS_PER_KEY` are read for each key: rare kinds of keys first, single terms only where those find too few.
 * @returns the ids to compare, `MOST_CANDIDATES` at most, and how many entries of the index were read for them
 */
export async function gatherCandidates(
  keys: readonly string[],
  lookUp: LookUp,
): Promise<{ patternIds: string[]; examined: number }> {
  const scores = new Map<string, number>();
  let examined = 0;
  const read = async (some: readonly string[]) => {
    if (some.length === 0) return;
    for (const patternIds of await lookUp(some)) {
      examined += patternIds.length;
      for (const id of patternIds) scores.set(id, (scores.get(id) ?? 0) + 1 / (1 + patternIds.length));
    }
  };
  await read(keys.filter(isRare));
  if (scores.size < MOST_CANDIDATES) await read(keys.filter((key) => !isRare(key)));
  const patternIds = [...scores]
    .sort(([idA, a], [idB, b]) => b - a || (idA < idB ? -1 : 1))
    .slice(0, MOST_CANDIDATES)
    .map(([id]) => id);
  return { patternIds, examined };
}

/** Pairs of terms, and bands of a hash (index-keys.ts). */
export const isRare = (key: string) => key.startsWith('~') || key.includes(' ');

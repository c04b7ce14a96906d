import { addToCentroid, type Centroid, centroidOf, indexTermsOf } from '../centroid.ts';
import { choosePattern } from '../choose-pattern.ts';
import { gatherCandidates, PATTERNS_PER_KEY } from '../gather-candidates.ts';
import { addToLevel, inboxThreshold, NEW_INBOX } from '../inbox-level.ts';
import { ASK_FROM, type RepairRules, repair } from '../repair.ts';
import { describe } from '../signature.ts';
import { countTerms, emptyTermCounts, frequenciesOf } from '../term-counts.ts';

/** An inbox that keeps in memory what storage keeps in MongoDB, and assigns texts one by one in the same way. */
export function createMemoryInbox() {
  const patterns = new Map<string, Centroid>();
  const index = new Map<string, Set<string>>();
  const mergedInto = new Map<string, string>();
  const counts = emptyTermCounts();
  let level = NEW_INBOX;

  const lookUp = async (keys: readonly string[]) =>
    keys.map((key) => [...(index.get(key) ?? [])].slice(0, PATTERNS_PER_KEY));

  function save(patternId: string, centroid: Centroid): void {
    const before = patterns.get(patternId);
    for (const key of before ? indexTermsOf(before) : []) index.get(key)?.delete(patternId);
    for (const key of indexTermsOf(centroid)) index.set(key, (index.get(key) ?? new Set()).add(patternId));
    patterns.set(patternId, centroid);
  }

  function remove(patternId: string): void {
    const centroid = patterns.get(patternId);
    for (const key of centroid ? indexTermsOf(centroid) : []) index.get(key)?.delete(patternId);
    patterns.delete(patternId);
  }

  const rootOf = (patternId: string): string => {
    const into = mergedInto.get(patternId);
    return into === undefined ? patternId : rootOf(into);
  };

  let started = 0;
  return {
    /** @returns the id of the pattern that the text joined or started, and how many entries of the index were read. */
    async assign(text: string): Promise<{ patternId: string; examined: number }> {
      const signature = describe(text, frequenciesOf(counts));
      const { patternIds, examined } = await gatherCandidates(signature.keys, lookUp);
      const candidates = patternIds.flatMap((patternId) => {
        const centroid = patterns.get(patternId);
        return centroid ? [{ patternId, centroid }] : [];
      });
      const choice = choosePattern(centroidOf(signature), candidates, inboxThreshold(level));
      const joined = choice.kind === 'join' ? patterns.get(choice.patternId) : undefined;
      const patternId = choice.kind === 'join' ? choice.patternId : String(started++).padStart(7, '0');
      level = addToLevel(level, signature);
      if (!joined) countTerms(counts, signature.countedTerms);
      save(patternId, joined ? addToCentroid(joined, signature) : centroidOf(signature));
      return { patternId, examined };
    },

    /** What the scheduled repair does, over all patterns. @returns how often `confirm` was asked */
    async repair(rules: Pick<RepairRules, 'confirm' | 'mostAsked'> = {}): Promise<number> {
      const all = [];
      for (const [patternId, centroid] of patterns) {
        const { patternIds } = await gatherCandidates(indexTermsOf(centroid), lookUp);
        all.push({ patternId, centroid, neighbours: patternIds.filter((id) => id !== patternId) });
      }
      const threshold = inboxThreshold(level);
      const { joins, asked } = await repair(all, {
        ...rules,
        threshold,
        askFrom: ASK_FROM * threshold,
        mayJoin: () => true,
        never: () => false,
      });
      for (const { from, into, centroid } of joins) {
        mergedInto.set(from, into);
        remove(from);
        save(into, centroid);
      }
      return asked;
    },

    /** The pattern that a pattern belongs to by now. */
    rootOf,
    threshold: () => inboxThreshold(level),
  };
}

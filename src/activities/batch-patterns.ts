import { gatherCandidates, isRare, MOST_CANDIDATES, PATTERNS_PER_KEY } from '../patterns/gather-candidates.ts';
import type { ChangedCandidate, StoredCandidate } from '../storage/pattern-candidates.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';

type Stores = Pick<Storage, 'patterns' | 'patternLinks'>;

/**
 * Patterns as one batch of texts sees them: read for all of them at once, with what the batch itself did on top, so that
 * a text finds the pattern that the one before it started. It answers as storage would after each text, in far fewer
 * queries; what the batch did is stored by `save`.
 */
export function openBatchPatterns({ patterns, patternLinks }: Stores, { organizationId, integrationId }: Scope) {
  const idsByKey = new Map<string, readonly string[]>();
  const known = new Map<string, StoredCandidate>();
  const roots = new Map<string, string>();
  const changed = new Map<string, ChangedCandidate>();
  const changedByKey = new Map<string, Set<string>>();

  const loadKeys = async (keys: readonly string[]): Promise<void> => {
    const missing = keys.filter((key) => !idsByKey.has(key));
    if (missing.length === 0) return;
    for (const [key, ids] of await patterns.lookUp(organizationId, integrationId, missing)) idsByKey.set(key, ids);
  };
  const idsOf = (key: string): string[] => {
    const stored = (idsByKey.get(key) ?? []).filter((patternId) => !changed.has(patternId));
    return [...stored, ...(changedByKey.get(key) ?? [])].slice(0, PATTERNS_PER_KEY);
  };
  const near = (keys: readonly string[]) =>
    gatherCandidates(keys, async (some) => {
      await loadKeys(some);
      return some.map(idsOf);
    });
  const candidatesById = async (_organizationId: string, patternIds: readonly string[]): Promise<StoredCandidate[]> => {
    const missing = patternIds.filter((patternId) => !known.has(patternId));
    for (const one of await patterns.candidatesById(organizationId, missing)) known.set(one.patternId, one);
    return patternIds.flatMap((patternId) => known.get(patternId) ?? []);
  };
  const resolve = async (_organizationId: string, patternIds: readonly string[]): Promise<Map<string, string>> => {
    const missing = patternIds.filter((patternId) => !roots.has(patternId));
    for (const [patternId, root] of await patternLinks.resolve(organizationId, missing)) roots.set(patternId, root);
    return new Map(patternIds.map((patternId) => [patternId, roots.get(patternId) ?? patternId]));
  };

  return {
    /** What `findPattern` asks of storage. */
    stores: {
      patterns: {
        candidates: async (_organizationId: string, _integrationId: string, keys: readonly string[]) =>
          candidatesById(organizationId, (await near(keys)).patternIds),
        candidatesById,
      },
      patternLinks: { resolve },
    },

    /**
     * Reads what texts with these keys will ask for. A guess is enough: what is missing is read when it is asked for.
     */
    async prepare(texts: readonly (readonly string[])[]): Promise<void> {
      await loadKeys([...new Set(texts.flatMap((keys) => keys.filter(isRare)))]);
      const poor = texts.filter((keys) => new Set(keys.filter(isRare).flatMap(idsOf)).size < MOST_CANDIDATES);
      await loadKeys([...new Set(poor.flat())]);
      const found = new Set<string>();
      for (const keys of texts) for (const patternId of (await near(keys)).patternIds) found.add(patternId);
      await candidatesById(organizationId, [...found]);
      await resolve(organizationId, [...found]);
    },

    /** Notes that a pattern is to be found otherwise, or is new. */
    put(candidate: ChangedCandidate): void {
      const { patternId, indexTerms } = candidate;
      for (const key of changed.get(patternId)?.indexTerms ?? []) changedByKey.get(key)?.delete(patternId);
      for (const key of indexTerms) changedByKey.set(key, (changedByKey.get(key) ?? new Set()).add(patternId));
      changed.set(patternId, candidate);
      known.set(patternId, { ...candidate, joined: candidate.joined ?? [] });
      roots.set(patternId, roots.get(patternId) ?? patternId);
    },

    /** Stores what is noted. */
    save: (): Promise<void> => patterns.saveCandidates(organizationId, integrationId, [...changed.values()]),
  };
}

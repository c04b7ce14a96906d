import { addToCentroid, EMPTY_CENTROID, indexTermsOf } from '../centroid.ts';
import { type Candidate, choosePattern } from '../choose-pattern.ts';
import { describe, type Signature } from '../signature.ts';
import { countTerms, emptyTermCounts, frequenciesOf } from '../term-counts.ts';

/** As many candidates as storage gives out for one text. */
const CANDIDATE_LIMIT = 50;

interface MemoryPattern extends Candidate {
  indexTerms: string[];
}

/** An inbox that keeps in memory what storage keeps in MongoDB, and assigns texts one by one in the same way. */
export function createMemoryInbox() {
  const patterns = new Map<string, MemoryPattern>();
  const index = new Map<string, Set<string>>();
  const counts = emptyTermCounts();

  /** Patterns that share index terms, most shared first, ties by id: the order of the storage's query. */
  function candidates(indexTerms: readonly string[]): Candidate[] {
    const shared = new Map<string, number>();
    for (const term of indexTerms) {
      for (const patternId of index.get(term) ?? []) shared.set(patternId, (shared.get(patternId) ?? 0) + 1);
    }
    return [...shared]
      .sort(([idA, a], [idB, b]) => b - a || (idA < idB ? -1 : 1))
      .slice(0, CANDIDATE_LIMIT)
      .flatMap(([patternId]) => patterns.get(patternId) ?? []);
  }

  function save(patternId: string, signature: Signature): void {
    const before = patterns.get(patternId);
    const centroid = addToCentroid(before?.centroid ?? EMPTY_CENTROID, signature);
    const indexTerms = indexTermsOf(centroid);
    for (const term of before?.indexTerms ?? []) index.get(term)?.delete(patternId);
    for (const term of indexTerms) index.set(term, (index.get(term) ?? new Set()).add(patternId));
    patterns.set(patternId, { patternId, centroid, indexTerms });
  }

  return {
    /** @returns the id of the pattern that the text joined or started. */
    assign(text: string): string {
      const signature = describe(text, frequenciesOf(counts));
      const choice = choosePattern(signature, candidates(signature.indexTerms));
      const patternId = choice.kind === 'join' ? choice.patternId : String(patterns.size).padStart(7, '0');
      if (choice.kind === 'new') countTerms(counts, signature.countedTerms);
      save(patternId, signature);
      return patternId;
    },
  };
}

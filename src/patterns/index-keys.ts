import { copyBands } from './sim-hash.ts';
import type { SparseVector } from './sparse-vector.ts';

/** Terms that are looked up, and of a pattern more of them are kept: those of its members differ. */
const LOOKED_UP = 14;
const KEPT = 24;
const PAIRED_LOOKED_UP = 6;
const PAIRED_KEPT = 7;

/**
 * What to look up for a text, the rarest kind of key first: bands of its hash (near copies), pairs of its most telling
 * terms, the terms. Where an inbox is large, every single term has long lists of patterns; those of pairs stay short.
 */
export function lookupKeys(vector: SparseVector): string[] {
  return [...copyBands(vector), ...pairsOf(vector, PAIRED_LOOKED_UP), ...termsOf(vector, LOOKED_UP)];
}

/** The keys under which a pattern is found: those of the sum of its members. */
export function indexKeys(sum: SparseVector): string[] {
  return [...copyBands(sum), ...pairsOf(sum, PAIRED_KEPT), ...termsOf(sum, KEPT)];
}

function termsOf(vector: SparseVector, most: number): string[] {
  return vector.slice(0, most).map(([term]) => term);
}

/** Pairs are named in the order of their terms, whichever is heavier. A space is in no term. */
function pairsOf(vector: SparseVector, most: number): string[] {
  const terms = termsOf(vector, most).sort();
  return terms.flatMap((first, at) => terms.slice(at + 1).map((second) => `${first} ${second}`));
}

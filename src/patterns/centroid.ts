import type { Signature } from './signature.ts';
import { byWeight, type SparseVector } from './sparse-vector.ts';

/** The heaviest terms of a pattern: the sum of its members' unit vectors. Stored with the pattern, a few kilobytes at most. */
export interface Centroid {
  terms: SparseVector;
  members: number;
}

/** Enough that cutting costs nothing measurable, small enough to fetch for every candidate. */
const CENTROID_TERMS = 100;

const INDEX_TERMS = 32;

export const EMPTY_CENTROID: Centroid = { terms: [], members: 0 };

/** The centroid with one more member; the order in which members are added matters only where terms were cut. */
export function addToCentroid(centroid: Centroid, signature: Pick<Signature, 'vector'>): Centroid {
  const weights = new Map(centroid.terms);
  for (const [term, weight] of signature.vector) weights.set(term, (weights.get(term) ?? 0) + weight);
  return { terms: [...weights].sort(byWeight).slice(0, CENTROID_TERMS), members: centroid.members + 1 };
}

/** The terms by which a pattern can be found: what storage keeps in its multikey index. */
export function indexTermsOf(centroid: Centroid): string[] {
  return centroid.terms.slice(0, INDEX_TERMS).map(([term]) => term);
}

import { indexKeys } from './index-keys.ts';
import type { Signature } from './signature.ts';
import { byWeight, type SparseVector } from './sparse-vector.ts';

/** The heaviest terms of a pattern: the sum of its members' unit vectors. Stored with the pattern, a few kilobytes at most. */
export interface Centroid {
  terms: SparseVector;
  members: number;
}

/** Enough that cutting costs nothing measurable, small enough to fetch for every candidate. */
const CENTROID_TERMS = 150;

export const EMPTY_CENTROID: Centroid = { terms: [], members: 0 };

export const centroidOf = ({ vector }: Pick<Signature, 'vector'>): Centroid => ({ terms: vector, members: 1 });

/** Both together; the order in which many are added matters only where terms were cut. */
export function addCentroids(a: Centroid, b: Centroid, mostTerms = CENTROID_TERMS): Centroid {
  const weights = new Map(a.terms);
  for (const [term, weight] of b.terms) weights.set(term, (weights.get(term) ?? 0) + weight);
  return { terms: [...weights].sort(byWeight).slice(0, mostTerms), members: a.members + b.members };
}

/** The centroid with one more member. */
export function addToCentroid(
  centroid: Centroid,
  signature: Pick<Signature, 'vector'>,
  mostTerms = CENTROID_TERMS,
): Centroid {
  return addCentroids(centroid, centroidOf(signature), mostTerms);
}

/** The keys by which a pattern can be found: what storage keeps in its multikey index. */
export function indexTermsOf(centroid: Centroid): string[] {
  return indexKeys(centroid.terms);
}

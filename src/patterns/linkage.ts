import type { Centroid } from './centroid.ts';
import { norm } from './sparse-vector.ts';

/** Between 0, the mean similarity of the members of one with those of the other, and 1, the cosine of the two sums. */
const TOWARDS_COSINE = 0.5;

/**
 * How much alike two patterns (or a text and a pattern) are, within [0, 1] and the same in both directions. Between average
 * linkage, under which a large pattern attracts nothing that is like only some of its members, and the cosine of the
 * sums, which forgives that people put one thing in many words.
 */
export function linkage(a: Centroid, b: Centroid): number {
  const weights = new Map(b.terms);
  let dot = 0;
  for (const [term, weight] of a.terms) dot += weight * (weights.get(term) ?? 0);
  const members = a.members * b.members;
  if (dot === 0 || members === 0) return 0;
  const lengths = norm(a.terms) * norm(b.terms);
  return Math.min(1, dot / (members ** (1 - TOWARDS_COSINE) * lengths ** TOWARDS_COSINE));
}

/** Terms with positive weights, heaviest first; pairs, because a term may hold characters that a MongoDB field name may not. */
export type SparseVector = [term: string, weight: number][];

/** Orders by weight, heaviest first; equal weights by term, so that the result never depends on arrival. */
export function byWeight([termA, a]: [string, number], [termB, b]: [string, number]): number {
  return b - a || (termA < termB ? -1 : termA > termB ? 1 : 0);
}

export function norm(vector: SparseVector): number {
  return Math.sqrt(vector.reduce((sum, [, weight]) => sum + weight * weight, 0));
}

/** Cosine of two vectors, 0 where one of them is empty. Always within [0, 1], and the same in both directions. */
export function similarity(a: SparseVector, b: SparseVector): number {
  const scale = norm(a) * norm(b);
  if (scale === 0) return 0;
  const weights = new Map(b);
  // Summed in the order of the terms: floating point addition would otherwise tell a from b.
  const shared = a.flatMap(([term, weight]): [string, number][] => {
    const other = weights.get(term);
    return other === undefined ? [] : [[term, weight * other]];
  });
  const dot = shared.sort(byWeight).reduce((sum, [, product]) => sum + product, 0);
  return Math.min(1, dot / scale);
}

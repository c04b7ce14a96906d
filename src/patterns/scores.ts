/** Precision, recall and their harmonic mean, each within [0, 1]. */
export interface Score {
  precision: number;
  recall: number;
  f1: number;
}

/**
 * Compares a grouping with the true one, both given as a group name per row, in the same order.
 * B-cubed: per row, the share of its group that belongs there, and the share of its true group that is there; the mean
 * over rows. Pairwise: over all pairs of rows; precision is 1 when no pair was made.
 */
export function scoreGrouping(
  groups: readonly string[],
  trueGroups: readonly string[],
): { bCubed: Score; pairwise: Score } {
  if (groups.length !== trueGroups.length) throw new RangeError('Both groupings must have the same rows.');
  const sizes = tally(groups);
  const trueSizes = tally(trueGroups);
  const together = [...tally(groups.map((group, at) => JSON.stringify([group, trueGroups[at]])))].map(
    ([key, shared]) => {
      const [group, trueGroup]: string[] = JSON.parse(key);
      return { shared, size: sizes.get(group ?? '') ?? 0, trueSize: trueSizes.get(trueGroup ?? '') ?? 0 };
    },
  );
  const rows = Math.max(1, groups.length);
  const mean = (share: (cell: (typeof together)[number]) => number) =>
    together.reduce((sum, cell) => sum + cell.shared * share(cell), 0) / rows;
  const rightPairs = together.reduce((sum, cell) => sum + pairs(cell.shared), 0);
  return {
    bCubed: score(
      mean((cell) => cell.shared / cell.size),
      mean((cell) => cell.shared / cell.trueSize),
    ),
    pairwise: score(share(rightPairs, sizes), share(rightPairs, trueSizes)),
  };
}

function tally(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function pairs(rows: number): number {
  return (rows * (rows - 1)) / 2;
}

function share(rightPairs: number, sizes: Map<string, number>): number {
  const all = [...sizes.values()].reduce((sum, size) => sum + pairs(size), 0);
  return all === 0 ? 1 : rightPairs / all;
}

function score(precision: number, recall: number): Score {
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1 };
}

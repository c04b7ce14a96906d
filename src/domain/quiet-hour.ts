/** Fewer than this cannot be told from chance: of ten that are usual, none at all comes once in twenty thousand hours. */
const LEAST_USUAL = 10;
/** How rarely chance alone may bring as few. A year has 8,760 hours. */
const CHANCE = 1e-4;

/** Conversations that changed in one hour, and in the same hour of the week one to four weeks before. */
export interface HourCount {
  /** The hour in words, such as `Tuesday, 14:00 to 15:00`. */
  name: string;
  count: number;
  before: readonly number[];
}

/** Probability of at most `k` of a Poisson distribution (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.6.19). */
export function poissonAtMost(k: number, mean: number): number {
  let logTerm = -mean;
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= k; i++) {
    logTerm += Math.log(mean / i);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

export const usualCount = ({ before }: Pick<HourCount, 'before'>): number =>
  before.length === 0 ? 0 : before.reduce((sum, count) => sum + count, 0) / before.length;

/**
 * Whether an hour has far fewer than usual: fewer than chance explains around the mean of the same hour in the four
 * weeks before, and less than a third of the least of them. Customers do not write as evenly as a Poisson process, so
 * the first alone would be wrong on many a holiday's eve.
 */
export function isQuiet({ count, before }: Pick<HourCount, 'count' | 'before'>): boolean {
  const mean = usualCount({ before });
  if (mean < LEAST_USUAL || count * 3 >= Math.min(...before)) return false;
  return poissonAtMost(count, mean) < CHANCE;
}

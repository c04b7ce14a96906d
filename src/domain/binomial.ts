/** Probability of at most `k` successes in `n` independent trials, each with probability `p` (0 < p < 1). */
export function binomialAtMost(k: number, n: number, p: number): number {
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= k; i++) {
    logTerm += Math.log(((n - i + 1) / i) * (p / (1 - p)));
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

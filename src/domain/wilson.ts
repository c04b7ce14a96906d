/** The standard normal's quantile for two-sided 95 %. */
const Z = 1.959964;

/** A share that was seen, and between what the true one lies, 19 times in 20. */
export interface Estimate {
  hits: number;
  of: number;
  share: number;
  low: number;
  high: number;
}

/**
 * Wilson's score interval (E. B. Wilson, J. Amer. Statist. Assoc. 22, 1927, 209-212), which Brown, Cai and DasGupta
 * (Statist. Sci. 16, 2001, 101-133) advise for small numbers. Null without any.
 */
export function wilson(hits: number, of: number): Estimate | null {
  if (of === 0) return null;
  const share = hits / of;
  const scale = 1 + Z ** 2 / of;
  const middle = (share + Z ** 2 / (2 * of)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return {
    hits,
    of,
    share,
    low: hits === 0 ? 0 : Math.max(0, middle - half),
    high: hits === of ? 1 : Math.min(1, middle + half),
  };
}

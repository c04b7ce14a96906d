/** A token is replaced after this part of its life, so that a day of trouble still leaves time. */
const REFRESH_AT = 0.75;
/** Spread, so that integrations connected in the same minute do not refresh in the same minute for ever. */
const JITTER = 0.05;

/**
 * When to refresh a token that was issued now and ends at `expiresAtMs`. `random` is in [0, 1).
 * Never sooner than a minute, so that a token issued with a tiny life cannot make us spin.
 */
export function refreshAtMs(nowMs: number, expiresAtMs: number, random: number): number {
  const life = Math.max(0, expiresAtMs - nowMs);
  return nowMs + Math.max(60_000, life * (REFRESH_AT - JITTER * random));
}

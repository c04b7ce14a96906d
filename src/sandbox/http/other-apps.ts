import type { RateRules } from './rate-limit.ts';

/** Moves the burst through the window from one to the next, the same way each time. */
const BURST_STEP = 0.38;
/** Neither at the very start, where it would only be a lower limit, nor at the end, where nobody would notice. */
const BURST_FROM = 0.1;
const BURST_SPAN = 0.8;

export interface OtherAppsInput {
  share: number;
  mode: RateRules['otherApps']['mode'];
  window: RateRules['window'];
  limit: number;
  startMs: number;
  windowMs: number;
  nowMs: number;
}

/**
 * What the account's other apps have used of the window until now: a little all the time, or all at one moment that
 * differs from window to window. In a sliding window they always hold their whole share.
 */
export function otherAppsUse({ share, mode, window, limit, startMs, windowMs, nowMs }: OtherAppsInput): number {
  const whole = Math.floor(share * limit);
  if (window === 'sliding') return whole;
  const passed = (nowMs - startMs) / windowMs;
  if (mode === 'spread') return Math.floor(whole * passed);
  const burstAt = BURST_FROM + BURST_SPAN * ((Math.floor(startMs / windowMs) * BURST_STEP) % 1);
  return passed >= burstAt ? whole : 0;
}

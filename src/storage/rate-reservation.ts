import type { Urgency } from './rate-window.ts';

export interface Reservation {
  /** Whose limit: an account of the Inbox API, or of the Docs API. */
  account: string;
  cost: number;
  /** Calls the account may make in a window, as long as Help Scout has not told its own number. */
  assumedLimit: number;
  /** The part of the limit (0 to 1) that is left for other apps, whether they use it or not. */
  shareForOthers: number;
  urgency: Urgency;
  /** Length of the limit's window; Help Scout's Inbox API counts by the minute. */
  windowMs?: number;
  now: Date;
}

/** Room for one call. Whoever got it tells `settle` what became of the call. */
export interface Reserved extends Pick<Reservation, 'account' | 'cost'> {
  windowMs: number;
  startMs: number;
  atMs: number;
}

export interface Settlement {
  /** What the answer's headers say; null when there was none. */
  seen: { limit: number; remaining: number } | null;
  /** For how long Help Scout refuses (429); null when it did not. */
  refusedForMs: number | null;
  now: Date;
}

/** What a settled call's answer said that can be true. */
export interface SeenUse {
  limit: number;
  used: number;
}

/** No account may make more calls in a window; the largest plan has 800 a minute, the Docs API 4,000 in ten. */
const HIGHEST_LIMIT = 100_000;

/** Headers that cannot be true are as good as none. More may be left than the limit has: just after it was lowered. */
export function seenUse(seen: Settlement['seen']): SeenUse | null {
  if (!seen || seen.limit < 1 || seen.limit > HIGHEST_LIMIT) return null;
  const { limit, remaining } = seen;
  return { limit, used: Math.min(limit, Math.max(0, limit - remaining)) };
}

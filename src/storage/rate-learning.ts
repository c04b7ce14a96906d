import type { RateAccounts } from './rate-accounts.ts';
import { CLOSED, type RateBuckets } from './rate-buckets.ts';
import { type Reserved, type SeenUse, type Settlement, seenUse } from './rate-reservation.ts';
import { createResetWatch, type Told } from './rate-resets.ts';
import { narrow, resetAfterRefusal, type WindowBounds, windowStartMs } from './rate-window.ts';

/** A refusal is told in whole seconds. */
const SECOND_MS = 1000;

/**
 * Whether a refusal is the window's: others (a burst, a fault, a gateway's) leave room in it, say nothing of it, or last
 * longer than it does. Those tell nothing about its end.
 */
export function isOfWindow(refusedForMs: number, seen: SeenUse | null, windowMs: number): boolean {
  return refusedForMs <= windowMs + SECOND_MS && seen !== null && seen.limit - seen.used <= 1;
}

/** Learns from answers where an account's windows begin, for all processes. */
export function createRateLearning(accounts: RateAccounts, buckets: RateBuckets) {
  const watch = createResetWatch();

  /** What one answer says by itself, or after the ones before. */
  const heard = ({ account, windowMs, atMs }: Reserved, { seen, refusedForMs, now }: Settlement): Told => {
    const use = seenUse(seen);
    const times = { sentAtMs: atMs, receivedAtMs: now.getTime() };
    if (refusedForMs !== null && isOfWindow(refusedForMs, use, windowMs)) {
      return resetAfterRefusal({ refusedForMs, ...times });
    }
    return use && watch.observe(account, windowMs, { used: use.used, ...times });
  };

  return {
    /** @returns the bounds that the answer has taught or confirmed; null when it said nothing of them. */
    async learn(reserved: Reserved, told: Settlement): Promise<WindowBounds | null> {
      const { account, windowMs } = reserved;
      const said = heard(reserved, told);
      if (!said) return null;
      const nowMs = told.now.getTime();
      const known = await accounts.read(account, nowMs, 0);
      if (said === 'sliding') {
        if (!known.sliding) await accounts.learn(account, { sliding: true });
        return null;
      }
      // A sliding minute refuses until the next unit slides out, which says nothing about windows.
      if (told.refusedForMs !== null && known.sliding) return null;
      const narrowed = narrow(known.bounds, said, windowMs);
      const beforeMs = windowStartMs(known.bounds, windowMs, nowMs);
      const afterMs = windowStartMs(narrowed, windowMs, nowMs);
      if (Math.abs(afterMs - beforeMs) * 1000 < windowMs && !known.sliding) return known.bounds;
      await accounts.learn(account, { bounds: narrowed, boundsSinceMs: nowMs, sliding: false });
      await buckets.raise(account, afterMs, 'seen', seenUse(told.seen)?.used ?? 0);
      // Processes that still count by the old beginning find no room, and ask anew.
      await buckets.raise(account, beforeMs, 'closed', CLOSED);
      return narrowed;
    },
  };
}

import type { Connection } from 'mongoose';
import { createRateAccounts, type RateAccount } from './rate-accounts.ts';
import { type BucketUse, CLOSED, createRateBuckets } from './rate-buckets.ts';
import { createRateLearning, isOfWindow } from './rate-learning.ts';
import { type Reservation, type Reserved, type SeenUse, type Settlement, seenUse } from './rate-reservation.ts';
import { createRateWaits, releasedAt } from './rate-waits.ts';
import { ceiling, unitsForUs, windowStartMs } from './rate-window.ts';
import { createRecent } from './recent.ts';

const MINUTE_MS = 60_000;

/** Units under way before the first window's beginning was noticed. */
const UNKNOWN_AT_ONCE = 4;

/** Of one reservation: the bucket has to be opened first, or the window was found to begin elsewhere. */
const MAX_TRIES = 4;

/** The longest wait that the client hands on (helpscout/rate-headers.ts): a later end was noted by a wrong clock. */
const LONGEST_REFUSAL_MS = 600_000;

/**
 * One bucket per Help Scout account and window: the limiter of all processes. What Help Scout's headers say always wins
 * over what we counted, since other apps spend the same limit.
 */
export function createRateBudgetStore(connection: Connection) {
  const buckets = createRateBuckets(connection);
  const accounts = createRateAccounts(connection);
  const learning = createRateLearning(accounts, buckets);
  const waits = createRateWaits();
  /** The window each account was last seen in: with every new one, what is known of the account is read anew. */
  const entered = createRecent<{ startMs: number; usedByOthers: number }>();

  /** The account as it is known now, and what other apps used of the window before. */
  const current = async (account: string, windowMs: number, nowMs: number, maxAgeMs = windowMs / 30) => {
    const kept = await accounts.read(account, nowMs, maxAgeMs);
    const last = entered.get(account);
    if (last?.startMs === windowStartMs(kept.bounds, windowMs, nowMs)) return { ...kept, ...last };
    const fresh = await accounts.read(account, nowMs, 0);
    const startMs = windowStartMs(fresh.bounds, windowMs, nowMs);
    const beforeMs = startMs - windowMs;
    // A window whose bounds were not known yet mixes the counts of two.
    const told = fresh.bounds !== null && fresh.boundsSinceMs <= beforeMs;
    const window = { startMs, usedByOthers: told ? await buckets.usedByOthers(account, beforeMs) : 0 };
    entered.set(account, window);
    return { ...fresh, ...window };
  };

  return {
    /** An account's limit per window, null as long as no answer has told it, and how its windows since `from` were used. */
    async usage(account: string, now: Date, from: Date): Promise<{ limit: number | null; windows: BucketUse[] }> {
      const [{ limit }, windows] = await Promise.all([
        accounts.read(account, now.getTime(), MINUTE_MS),
        buckets.since(account, from),
      ]);
      return { limit, windows };
    },

    /**
     * Reserves room for one call in the account's current window, atomically over all processes.
     * @returns what `settle` needs, or the milliseconds until there may be room.
     */
    async reserve({ windowMs = MINUTE_MS, ...wanted }: Reservation): Promise<Reserved | number> {
      const { account, cost, urgency, assumedLimit, shareForOthers } = wanted;
      const nowMs = wanted.now.getTime();
      let known = await current(account, windowMs, nowMs);
      for (let tries = 1; tries <= MAX_TRIES; tries++) {
        const blockedMs = known.blockedUntilMs - nowMs;
        if (blockedMs > 0 && blockedMs <= LONGEST_REFUSAL_MS) return Math.ceil(blockedMs);
        const { startMs, usedByOthers, sliding } = known;
        const elapsed = (nowMs - startMs) / windowMs;
        const limit = known.limit ?? assumedLimit;
        const units = unitsForUs(limit, shareForOthers, usedByOthers);
        const pace = { urgency, sliding };
        const unknown = known.bounds === null && !sliding;
        const taken = await buckets.take(account, startMs, cost, {
          // What a sliding minute counts reaches back into the window before.
          used: sliding ? CLOSED - 1 : ceiling(limit, cost, pace, elapsed) - cost,
          ours: ceiling(units, cost, pace, elapsed) - cost,
          // In the middle of a window that nobody knows, each answer is heard before much more is sent.
          ...(unknown && urgency === 'background' && { underWay: UNKNOWN_AT_ONCE - cost }),
        });
        if (taken) return { account, cost, windowMs, startMs, atMs: nowMs };

        const bucket = await buckets.find(account, startMs);
        const fresh = await current(account, windowMs, nowMs, windowMs / 600);
        if (!bucket) await buckets.open(account, startMs);
        else if (isSame(fresh, known) || tries === MAX_TRIES) {
          const needs = [
            { units, needed: bucket.ours + cost, cost, pace },
            { units: limit, needed: sliding ? 0 : bucket.used + cost, cost, pace },
          ];
          if (releasedAt(needs) > elapsed) return waits.next(account, { startMs, windowMs, nowMs, needs });
          // Room but for calls under way, which are answered in no time; else it was made since we looked for it.
          if (unknown && bucket.underWay + cost > UNKNOWN_AT_ONCE) break;
        }
        known = fresh;
      }
      return Math.ceil(windowMs / 150);
    },

    /** Takes over what a reserved call's answer says of the window; a call without answer may have been counted. */
    async settle(reserved: Reserved, told: Settlement): Promise<void> {
      const { account, windowMs, startMs } = reserved;
      const nowMs = told.now.getTime();
      const known = await accounts.read(account, nowMs, windowMs / 30);
      const seen = seenUse(told.seen);
      if (seen && seen.limit !== known.limit) await accounts.learn(account, { limit: seen.limit });

      const { refusedForMs } = told;
      // On the border of two windows nobody can tell which one the headers speak of.
      const ofThisWindow =
        windowStartMs(known.bounds, windowMs, nowMs) === startMs &&
        !(seen && speaksOfLastWindow(seen, (nowMs - startMs) / windowMs));
      await buckets.settle(reserved, {
        refused: refusedForMs !== null,
        limit: seen?.limit ?? null,
        seen: seen && (known.sliding ? { exactly: seen.used } : ofThisWindow ? { atLeast: seen.used } : null),
      });

      const bounds = await learning.learn(reserved, told);
      if (refusedForMs === null) return;
      // The window that refused is the one it was sent in; where that ends is known better than in whole seconds.
      const refusingMs = windowStartMs(bounds ?? known.bounds, windowMs, reserved.atMs);
      const endMs = bounds ? refusingMs + windowMs : Number.POSITIVE_INFINITY;
      await accounts.learn(account, { blockedUntilMs: Math.min(nowMs + refusedForMs, endMs) });
      // Another kind of refusal leaves the rest of the window to us, once it has passed.
      const ofWindow = isOfWindow(refusedForMs, seen, windowMs);
      if (ofWindow && !known.sliding) await buckets.raise(account, refusingMs, 'closed', CLOSED);
    },
  };
}

function isSame(a: RateAccount, b: RateAccount): boolean {
  return (
    a.sliding === b.sliding &&
    a.limit === b.limit &&
    a.bounds?.latestMs === b.bounds?.latestMs &&
    a.blockedUntilMs === b.blockedUntilMs
  );
}

/** Two clocks never agree to the second: much that is used as soon as a window begins was used before it. */
function speaksOfLastWindow({ limit, used }: SeenUse, elapsed: number): boolean {
  return elapsed < 1 / 60 && used > limit / 2;
}

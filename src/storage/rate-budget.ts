import { type Connection, type PipelineStage, Schema } from 'mongoose';
import { onceMoreIfDuplicate } from './duplicate-key.ts';
import { createRateAccounts, type RateAccount } from './rate-accounts.ts';
import { createResetWatch } from './rate-resets.ts';
import { createRateWaits, releasedAt } from './rate-waits.ts';
import { ceiling, narrow, resetAfterRefusal, type Urgency, unitsForUs, windowStartMs } from './rate-window.ts';

/** Minute buckets outlive their minute as the usage meter that pages draw. */
const KEPT_SECONDS = 30 * 24 * 3600;
const MINUTE_MS = 60_000;

const schema = new Schema(
  {
    /** Account and beginning of the window: the hot updates find their bucket by `_id`. */
    _id: { type: String, required: true },
    account: { type: String, required: true },
    startsAt: { type: Date, required: true },
    /** Units that our calls have reserved in this window: a read costs 1, a write 2. */
    ours: { type: Number, required: true },
    /** Those of calls without an answer yet. */
    underWay: { type: Number, required: true },
    /** The most that Help Scout has said is used, by whatever app. */
    seen: { type: Number, required: true },
    /** Far above any limit once nothing more may be given out. */
    closed: { type: Number, required: true },
    /** All three: what has to fit below the limit. Too high by the calls that Help Scout counted just now. */
    used: { type: Number, required: true },
    limit: { type: Number, default: null },
  },
  { versionKey: false },
);
schema.index({ account: 1, startsAt: -1 });
schema.index({ startsAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

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

/** Units under way before the first window's beginning was noticed. */
const UNKNOWN_AT_ONCE = 4;

/** More than any account's limit. */
const CLOSED = 1_000_000;

/** Of one reservation: the bucket has to be opened first, or the window was found to begin elsewhere. */
const MAX_TRIES = 4;

/**
 * One bucket per Help Scout account and window: at once the limiter of all processes and the usage meter. What Help
 * Scout's headers say always wins over what we counted, since other apps spend the same limit.
 */
export function createRateBudgetStore(connection: Connection) {
  const model = connection.model('RateBucket', schema, 'rateBuckets');
  const accounts = createRateAccounts(connection);
  const watch = createResetWatch();
  const waits = createRateWaits();
  /** The window each account was last seen in: with every new one, what is known of the account is read anew. */
  const entered = new Map<string, { startMs: number; usedByOthers: number }>();

  const idOf = (account: string, startMs: number) => `${account} ${startMs}`;

  const open = async (account: string, startMs: number) => {
    const $setOnInsert = { account, startsAt: new Date(startMs), ours: 0, underWay: 0, seen: 0, closed: 0, used: 0 };
    await onceMoreIfDuplicate(() =>
      model.updateOne({ _id: idOf(account, startMs) }, { $setOnInsert }, { upsert: true }),
    );
  };

  /** At least so many units are used in this window. */
  const raise = async (account: string, startMs: number, field: 'seen' | 'closed', least: number) => {
    await open(account, startMs);
    await update(account, startMs, [{ $set: { [field]: { $max: [`$${field}`, least] } } }]);
  };

  const update = (account: string, startMs: number, stages: PipelineStage.Set[]) =>
    model.updateOne(
      { _id: idOf(account, startMs) },
      [...stages, { $set: { used: { $add: ['$seen', '$underWay', '$closed'] } } }],
      { updatePipeline: true },
    );

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
    const before = told && (await model.findById(idOf(account, beforeMs), { seen: 1, underWay: 1, ours: 1 }).lean());
    const window = { startMs, usedByOthers: before ? Math.max(0, before.seen + before.underWay - before.ours) : 0 };
    entered.set(account, window);
    return { ...fresh, ...window };
  };

  /** What an answer says about when windows begin, kept for all processes. */
  const learnBounds = async (reserved: Reserved, told: Settlement) => {
    const { account, windowMs, atMs } = reserved;
    const receivedAtMs = told.now.getTime();
    const { seen, refusedForMs } = told;
    // Refusals of another kind (a burst, a fault) leave room in the minute, and say nothing about its end.
    const refused = refusedForMs !== null && (seen === null || seen.remaining <= 1);
    const used = seen ? seen.limit - seen.remaining : 0;
    const said = refused
      ? resetAfterRefusal({ refusedForMs, sentAtMs: atMs, receivedAtMs })
      : seen && watch.observe(account, windowMs, { used, sentAtMs: atMs, receivedAtMs });
    if (!said) return null;
    const known = await accounts.read(account, receivedAtMs, 0);
    if (said === 'sliding') {
      if (!known.sliding) await accounts.learn(account, { sliding: true });
      return null;
    }
    // A sliding minute refuses until the next unit slides out, which says nothing about windows.
    if (refused && known.sliding) return null;
    const narrowed = narrow(known.bounds, said, windowMs);
    const beforeMs = windowStartMs(known.bounds, windowMs, receivedAtMs);
    const afterMs = windowStartMs(narrowed, windowMs, receivedAtMs);
    if (Math.abs(afterMs - beforeMs) * 1000 < windowMs && !known.sliding) return known.bounds;
    await accounts.learn(account, { bounds: narrowed, boundsSinceMs: receivedAtMs, sliding: false });
    await raise(account, afterMs, 'seen', used);
    // Processes that still count by the old beginning find no room, and ask anew.
    await raise(account, beforeMs, 'closed', CLOSED);
    return narrowed;
  };

  return {
    /**
     * Reserves room for one call in the account's current window, atomically over all processes.
     * @returns what `settle` needs, or the milliseconds until there may be room.
     */
    async reserve({ windowMs = MINUTE_MS, ...wanted }: Reservation): Promise<Reserved | number> {
      const { account, cost, urgency, assumedLimit, shareForOthers } = wanted;
      const nowMs = wanted.now.getTime();
      let known = await current(account, windowMs, nowMs);
      for (let tries = 1; ; tries++) {
        const blockedMs = known.blockedUntilMs - nowMs;
        if (blockedMs > 0) return Math.ceil(blockedMs);
        const { startMs, usedByOthers, sliding } = known;
        const elapsed = (nowMs - startMs) / windowMs;
        const limit = known.limit ?? assumedLimit;
        const units = unitsForUs(limit, shareForOthers, usedByOthers);
        const pace = { urgency, sliding };
        const unknown = known.bounds === null && !sliding;
        const room = {
          _id: idOf(account, startMs),
          // What a sliding minute counts reaches back into the window before.
          used: { $lte: sliding ? CLOSED - 1 : ceiling(limit, cost, pace, elapsed) - cost },
          ours: { $lte: ceiling(units, cost, pace, elapsed) - cost },
          // In the middle of a window that nobody knows, each answer is heard before much more is sent.
          ...(unknown && urgency === 'background' && { underWay: { $lte: UNKNOWN_AT_ONCE - cost } }),
        };
        const taken = await model.updateOne(room, { $inc: { ours: cost, underWay: cost, used: cost } });
        if (taken.matchedCount > 0) return { account, cost, windowMs, startMs, atMs: nowMs };

        const bucket = await model.findById(room._id, { ours: 1, used: 1, underWay: 1 }).lean();
        const fresh = await current(account, windowMs, nowMs, windowMs / 600);
        if (!bucket) await open(account, startMs);
        else if (isSame(fresh, known) || tries === MAX_TRIES) {
          const needs = [
            { units, needed: bucket.ours + cost, cost, pace },
            { units: limit, needed: sliding ? 0 : bucket.used + cost, cost, pace },
          ];
          if (releasedAt(needs) > elapsed) return waits.next(account, { startMs, windowMs, nowMs, needs });
          // Room but for calls under way, which are answered in no time; else it was made since we looked for it.
          const tooMany = unknown && bucket.underWay + cost > UNKNOWN_AT_ONCE;
          if (tooMany || tries === MAX_TRIES) return Math.ceil(windowMs / 150);
        }
        known = fresh;
      }
    },

    /** Takes over what a reserved call's answer says of the window; a call without answer may have been counted. */
    async settle(reserved: Reserved, told: Settlement): Promise<void> {
      const { account, cost, windowMs, startMs } = reserved;
      const nowMs = told.now.getTime();
      const known = await accounts.read(account, nowMs, windowMs / 30);
      const { seen, refusedForMs } = told;
      const limitChanged = seen && seen.limit !== known.limit;
      if (limitChanged) await accounts.learn(account, { limit: seen.limit });

      const refused = refusedForMs !== null;
      const windowNowMs = windowStartMs(known.bounds, windowMs, nowMs);
      await update(account, startMs, [
        {
          $set: {
            underWay: { $subtract: ['$underWay', cost] },
            ours: { $subtract: ['$ours', refused ? cost : 0] },
            // On the border of two windows nobody can tell which one the headers speak of.
            seen:
              seen && known.sliding
                ? seen.limit - seen.remaining
                : seen && windowNowMs === startMs && !speaksOfLastWindow(seen, (nowMs - startMs) / windowMs)
                  ? { $max: ['$seen', seen.limit - seen.remaining] }
                  : { $add: ['$seen', refused ? 0 : cost] },
            ...(seen && { limit: seen.limit }),
          },
        },
      ]);

      const bounds = await learnBounds(reserved, told);
      if (!refused) return;
      // The window that refused is the one it was sent in; where that ends is known better than in whole seconds.
      const refusingMs = windowStartMs(bounds ?? known.bounds, windowMs, reserved.atMs);
      const endMs = bounds ? refusingMs + windowMs : Number.POSITIVE_INFINITY;
      await accounts.learn(account, { blockedUntilMs: Math.min(nowMs + refusedForMs, endMs) });
      if (!known.sliding) await raise(account, refusingMs, 'closed', CLOSED);
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
function speaksOfLastWindow({ limit, remaining }: { limit: number; remaining: number }, elapsed: number): boolean {
  return elapsed < 1 / 60 && remaining < limit / 2;
}

import { type Connection, type PipelineStage, Schema } from 'mongoose';
import { onceMoreIfDuplicate } from './duplicate-key.ts';
import type { Reserved } from './rate-reservation.ts';

/** Long enough to look up what a busy month was made of. */
const KEPT_SECONDS = 30 * 24 * 3600;

const schema = new Schema(
  {
    /** Account and beginning of the window: every look-up is one by `_id`. */
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
schema.index({ startsAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
schema.index({ account: 1, startsAt: 1 });

/** More than any account's limit. */
export const CLOSED = 1_000_000;

/** One window of an account as people see it. */
export interface BucketUse {
  startsAt: Date;
  /** Units of our calls. */
  ours: number;
  /** Units that other apps of the account used, as far as Help Scout's answers told. */
  others: number;
  /** Null when no answer has told it. */
  limit: number | null;
}

export interface BucketCounts {
  ours: number;
  used: number;
  underWay: number;
}

/** What a call's answer says of its bucket. */
export interface BucketAnswer {
  refused: boolean;
  limit: number | null;
  /** Units used: exactly so many, at least so many, or (null) nothing is known but that the call was made. */
  seen: { exactly: number } | { atLeast: number } | null;
}

/** The counts of one account and window, shared by all processes. Whatever changes them is one atomic update. */
export function createRateBuckets(connection: Connection) {
  const model = connection.model('RateBucket', schema, 'rateBuckets');
  const idOf = (account: string, startMs: number) => `${account} ${startMs}`;

  const open = async (account: string, startMs: number): Promise<void> => {
    const $setOnInsert = { account, startsAt: new Date(startMs), ours: 0, underWay: 0, seen: 0, closed: 0, used: 0 };
    await onceMoreIfDuplicate(() =>
      model.updateOne({ _id: idOf(account, startMs) }, { $setOnInsert }, { upsert: true }),
    );
  };

  const update = (account: string, startMs: number, change: PipelineStage.Set) =>
    model.updateOne(
      { _id: idOf(account, startMs) },
      [change, { $set: { used: { $add: ['$seen', '$underWay', '$closed'] } } }],
      { updatePipeline: true },
    );

  return {
    open,

    /** Takes `cost` units unless one of the counts is above what it may be. @returns whether they were taken */
    async take(account: string, startMs: number, cost: number, atMost: Partial<BucketCounts>): Promise<boolean> {
      const room = Object.fromEntries(Object.entries(atMost).map(([count, most]) => [count, { $lte: most }]));
      const taken = await model.updateOne(
        { _id: idOf(account, startMs), ...room },
        { $inc: { ours: cost, underWay: cost, used: cost } },
      );
      return taken.matchedCount > 0;
    },

    /** Null as long as nobody has opened it. */
    find: async (account: string, startMs: number): Promise<BucketCounts | null> =>
      model.findById(idOf(account, startMs), { ours: 1, used: 1, underWay: 1 }).lean(),

    /** Units that were not ours. */
    async usedByOthers(account: string, startMs: number): Promise<number> {
      const found = await model.findById(idOf(account, startMs), { seen: 1, underWay: 1, ours: 1 }).lean();
      return found ? Math.max(0, found.seen + found.underWay - found.ours) : 0;
    },

    /** The windows that began since `from`, oldest first; those without a call of ours are not among them. */
    async since(account: string, from: Date): Promise<BucketUse[]> {
      const found = await model
        .find({ account, startsAt: { $gte: from } })
        .sort({ startsAt: 1 })
        .lean();
      return found.map(({ startsAt, ours, seen, underWay, limit }) => ({
        startsAt,
        ours,
        others: Math.max(0, seen + underWay - ours),
        limit: limit ?? null,
      }));
    },

    /** At least so many units are used in this window. */
    async raise(account: string, startMs: number, field: 'seen' | 'closed', least: number): Promise<void> {
      await open(account, startMs);
      await update(account, startMs, { $set: { [field]: { $max: [`$${field}`, least] } } });
    },

    /** The answer of a call that has taken units. One that is never told counts as under way until the window ends. */
    async settle({ account, startMs, cost }: Reserved, { refused, limit, seen }: BucketAnswer): Promise<void> {
      const made = { $add: ['$seen', refused ? 0 : cost] };
      const told = seen && ('exactly' in seen ? seen.exactly : { $max: ['$seen', seen.atLeast] });
      await update(account, startMs, {
        $set: {
          underWay: { $subtract: ['$underWay', cost] },
          ours: { $subtract: ['$ours', refused ? cost : 0] },
          seen: told ?? made,
          ...(limit !== null && { limit }),
        },
      });
    },
  };
}
export type RateBuckets = ReturnType<typeof createRateBuckets>;

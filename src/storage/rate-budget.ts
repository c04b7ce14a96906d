import { type Connection, Schema } from 'mongoose';
import { isDuplicateKey, onceMoreIfDuplicate } from './duplicate-key.ts';

/** Minute buckets outlive their minute as the usage meter that pages draw. */
const KEPT_SECONDS = 30 * 24 * 3600;

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    account: { type: String, required: true },
    minute: { type: Date, required: true },
    /** Units of the account's limit that are used or reserved: a read costs 1, a write 2. */
    used: { type: Number, default: 0 },
    limit: { type: Number, default: null },
    calls: { type: Map, of: Number, default: {} },
  },
  { versionKey: false },
);
schema.index({ account: 1, minute: 1 }, { unique: true });
schema.index({ organizationId: 1, minute: -1 });
schema.index({ minute: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export interface Reservation {
  account: string;
  /** `GET /v2/conversations/{id}`: method and path template. */
  endpoint: string;
  cost: number;
  /** Calls the account may make a minute, as long as Help Scout has not told its own number. */
  assumedLimit: number;
  /** The part of the limit this kind of call may use, 0 to 1: background work leaves room for people. */
  share: number;
  now: Date;
}

/** More than any account's limit. */
const EXHAUSTED = 1_000_000;

/** A field name of MongoDB may hold neither `.` nor a leading `$`. */
const encode = (endpoint: string) => endpoint.replaceAll('.', '．');
const decode = (field: string) => field.replaceAll('．', '.');

const minuteOf = (now: Date) => new Date(Math.floor(now.getTime() / 60_000) * 60_000);

/** One bucket per Help Scout account and minute: at once the limiter of all processes and the usage meter. */
export function createRateBudgetStore(connection: Connection) {
  const model = connection.model('RateBucket', schema, 'rateBuckets');
  /** Help Scout's own number per account, learned from its headers; a cache, never the truth. */
  const learnedLimits = new Map<string, number>();
  return {
    /**
     * Reserves room for one call in the current minute, atomically over all processes.
     * @returns null when reserved, else the milliseconds until the next minute.
     */
    async reserve(organizationId: string, wanted: Reservation): Promise<number | null> {
      const minute = minuteOf(wanted.now);
      const limit = learnedLimits.get(wanted.account) ?? wanted.assumedLimit;
      const room = Math.max(wanted.cost, Math.floor(limit * wanted.share)) - wanted.cost;
      const reserveIfRoom = () =>
        model.updateOne(
          { account: wanted.account, minute, used: { $lte: room } },
          {
            $inc: { used: wanted.cost, [`calls.${encode(wanted.endpoint)}`]: 1 },
            $setOnInsert: { organizationId },
          },
          { upsert: true },
        );
      try {
        // Refused once, the minute's bucket may just have been made by another call; refused twice, it has no room.
        await onceMoreIfDuplicate(reserveIfRoom);
        return null;
      } catch (error) {
        if (isDuplicateKey(error)) return minute.getTime() + 60_000 - wanted.now.getTime();
        throw error;
      }
    },

    /** Counts a call that Help Scout does not count against the account's limit: tokens, and the Docs API. */
    async countFree(organizationId: string, call: Pick<Reservation, 'account' | 'endpoint' | 'now'>): Promise<void> {
      const count = () =>
        model.updateOne(
          { account: call.account, minute: minuteOf(call.now) },
          { $inc: { [`calls.${encode(call.endpoint)}`]: 1 }, $setOnInsert: { organizationId, used: 0 } },
          { upsert: true },
        );
      await onceMoreIfDuplicate(count);
    },

    /** Takes over what Help Scout says of the running minute: other apps spend the same budget. */
    async correct(account: string, seen: { limit: number; remaining: number; now: Date }): Promise<void> {
      const knownLimit = learnedLimits.get(account);
      learnedLimits.set(account, seen.limit);
      const used = seen.limit - seen.remaining;
      const minute = minuteOf(seen.now);
      const behind = { account, minute, $or: [{ used: { $lt: used } }, { limit: { $ne: seen.limit } }] };
      if (knownLimit !== seen.limit || used > 0) {
        await model.updateOne(behind, { $max: { used }, $set: { limit: seen.limit } });
      }
    },

    /** Nothing more in this minute, for any process: Help Scout has refused a call. */
    async exhaust(account: string, now: Date): Promise<void> {
      await model.updateOne({ account, minute: minuteOf(now) }, { $max: { used: EXHAUSTED } });
    },

    /** Calls per endpoint since `from`, as this installation made them. */
    async callsByEndpoint(organizationId: string, from: Date): Promise<Record<string, number>> {
      const buckets = await model.find({ organizationId, minute: { $gte: from } }, { calls: 1 }).lean();
      const calls: Record<string, number> = {};
      for (const bucket of buckets) {
        for (const [field, count] of Object.entries(bucket.calls ?? {})) {
          calls[decode(field)] = (calls[decode(field)] ?? 0) + Number(count);
        }
      }
      return calls;
    },
  };
}

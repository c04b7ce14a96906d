import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { onceMoreIfDuplicate } from './duplicate-key.ts';
import { createRecent } from './recent.ts';

const schema = new Schema(
  {
    /** The account; an id of our own, so that every look-up is one by `_id`. */
    _id: { type: String, required: true },
    /** Calls per window, as Help Scout's headers say. */
    limit: { type: Number },
    /** Where its windows begin: rate-window.ts. */
    bounds: { type: Schema.Types.Mixed },
    boundsSinceMs: { type: Number },
    /** Its windows begin nowhere: Help Scout counts the last minute. */
    sliding: { type: Boolean },
    /** Help Scout has refused until then. */
    blockedUntilMs: { type: Number },
  },
  { versionKey: false },
);

const accountSchema = z.object({
  limit: z.number().positive().nullable().default(null),
  bounds: z.object({ earliestMs: z.number(), latestMs: z.number() }).nullable().default(null),
  boundsSinceMs: z.number().default(0),
  sliding: z.boolean().default(false),
  blockedUntilMs: z.number().default(0),
});
/** What all processes know of an account's limit. */
export type RateAccount = z.infer<typeof accountSchema>;

/** What is known of each account, kept for a moment by every process. */
export function createRateAccounts(connection: Connection) {
  const model = connection.model('RateAccount', schema, 'rateAccounts');
  const kept = createRecent<{ account: RateAccount; readAtMs: number }>();

  return {
    /** The account, read again when the copy at hand is older than `maxAgeMs`. */
    async read(account: string, nowMs: number, maxAgeMs: number): Promise<RateAccount> {
      const copy = kept.get(account);
      if (copy && Math.abs(nowMs - copy.readAtMs) <= maxAgeMs) return copy.account;
      const found = accountSchema.parse((await model.findById(account).lean()) ?? {});
      kept.set(account, { account: found, readAtMs: nowMs });
      return found;
    },

    async learn(account: string, learned: Partial<RateAccount>): Promise<void> {
      const { blockedUntilMs, ...rest } = learned;
      const change = { $set: rest, ...(blockedUntilMs !== undefined && { $max: { blockedUntilMs } }) };
      await onceMoreIfDuplicate(() => model.updateOne({ _id: account }, change, { upsert: true }));
      kept.delete(account);
    },
  };
}
export type RateAccounts = ReturnType<typeof createRateAccounts>;

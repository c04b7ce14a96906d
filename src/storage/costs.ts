import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { type CostEntry, type CostPurpose, type CostSum, costPurposeSchema, costSumSchema } from '../domain/cost.ts';
import { createCapStepStore } from './cap-steps.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { createRecent } from './recent.ts';

/** A call is in the ledger so soon after it was answered, or its activity has failed long since. */
const NOTED_WITHIN_MS = 10 * 60_000;

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    callKey: { type: String, required: true },
    purpose: { type: String, required: true },
    conversationId: { type: Number, default: null },
    model: { type: String, required: true },
    tokens: { type: Schema.Types.Mixed, required: true },
    costUsd: { type: Number, default: null },
    at: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, callKey: 1 }, { unique: true });
schema.index({ organizationId: 1, at: -1 });
schema.index({ organizationId: 1, conversationId: 1 });
schema.index({ organizationId: 1, purpose: 1, model: 1, at: -1 });

/** Aggregation of what some calls used together. */
const SUMS = {
  calls: { $sum: 1 },
  inputTokens: { $sum: '$tokens.inputTokens' },
  cachedInputTokens: { $sum: '$tokens.cachedInputTokens' },
  cacheWriteTokens: { $sum: '$tokens.cacheWriteTokens' },
  outputTokens: { $sum: '$tokens.outputTokens' },
  costUsd: { $sum: '$costUsd' },
  unpriced: { $sum: { $cond: [{ $eq: ['$costUsd', null] }, 1, 0] } },
};
const NOTHING: CostSum = {
  ...{ calls: 0, inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0 },
  ...{ costUsd: 0, unpriced: 0 },
};
const rowSchema = costSumSchema.extend({ _id: z.unknown() });

/** The ledger of every answered call to a model that is paid for. Days are UTC, as the daily cap's are. */
export function createCostStore(connection: Connection) {
  const model = connection.model('Cost', schema, 'costs');

  const sums = async (match: Record<string, unknown>, by: unknown): Promise<{ key: unknown; sum: CostSum }[]> => {
    const rows = await model.aggregate([{ $match: match }, { $group: { _id: by, ...SUMS } }]);
    return rows.map((row) => {
      const { _id, ...sum } = rowSchema.parse(row);
      return { key: _id, sum };
    });
  };
  const total = async (match: Record<string, unknown>) => (await sums(match, null))[0]?.sum ?? NOTHING;

  /** By organization and day: what was spent up to a moment that nothing is noted before any more. */
  const closed = createRecent<{ until: Date; costUsd: number }>();

  return {
    /** What was done at the daily cap. */
    steps: createCapStepStore(connection),

    /** Notes a call; one whose key is known stays as it was noted first. */
    async note(organizationId: string, entry: CostEntry): Promise<void> {
      try {
        await model.create({ ...entry, organizationId });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },

    /** Everything used from a moment on. */
    spentSince: (organizationId: string, from: Date) => total({ organizationId, at: { $gte: from } }),

    /**
     * US dollars spent from a moment on, for whoever asks again and again: what is some minutes old is summed up once.
     * @param now the clock that calls are noted by
     */
    async dollarsSince(organizationId: string, from: Date, now: Date): Promise<number> {
      const key = `${organizationId}/${from.getTime()}`;
      const before = closed.get(key) ?? { until: from, costUsd: 0 };
      const until = new Date(Math.max(before.until.getTime(), now.getTime() - NOTED_WITHIN_MS));
      const [older, recent] = await Promise.all([
        until > before.until ? total({ organizationId, at: { $gte: before.until, $lt: until } }) : NOTHING,
        total({ organizationId, at: { $gte: until } }),
      ]);
      closed.set(key, { until, costUsd: before.costUsd + older.costUsd });
      return before.costUsd + older.costUsd + recent.costUsd;
    },

    /** By UTC day (`YYYY-MM-DD`), the latest first; days without a call are left out. */
    async byDay(organizationId: string, from: Date): Promise<{ day: string; sum: CostSum }[]> {
      const day = { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: 'UTC' } };
      return (await sums({ organizationId, at: { $gte: from } }, day))
        .map(({ key, sum }) => ({ day: z.string().parse(key), sum }))
        .sort((a, b) => b.day.localeCompare(a.day));
    },

    /** By what it was for, the dearest first. */
    async byPurpose(organizationId: string, from: Date): Promise<{ purpose: CostPurpose; sum: CostSum }[]> {
      return (await sums({ organizationId, at: { $gte: from } }, '$purpose'))
        .map(({ key, sum }) => ({ purpose: costPurposeSchema.parse(key), sum }))
        .sort((a, b) => b.sum.costUsd - a.sum.costUsd);
    },

    /** The conversations that used most, the dearest first. */
    async dearest(
      organizationId: string,
      from: Date,
      limit: number,
    ): Promise<{ conversationId: number; sum: CostSum }[]> {
      const match = { organizationId, at: { $gte: from }, conversationId: { $ne: null } };
      const rows = await model.aggregate([
        { $match: match },
        { $group: { _id: '$conversationId', ...SUMS } },
        { $sort: { costUsd: -1, outputTokens: -1, _id: 1 } },
        { $limit: limit },
      ]);
      return rows.map((row) => {
        const { _id, ...sum } = rowSchema.parse(row);
        return { conversationId: z.number().parse(_id), sum };
      });
    },

    ofConversation: (organizationId: string, conversationId: number) => total({ organizationId, conversationId }),

    /** What the latest calls of a model for a purpose used together; for estimates. */
    async latest(
      organizationId: string,
      { purpose, model: name }: Pick<CostEntry, 'purpose' | 'model'>,
      calls: number,
    ): Promise<CostSum> {
      const rows = await model.aggregate([
        { $match: { organizationId, purpose, model: name } },
        { $sort: { at: -1 } },
        { $limit: calls },
        { $group: { _id: null, ...SUMS } },
      ]);
      return rows[0] ? costSumSchema.parse(rows[0]) : NOTHING;
    },
  };
}

import { type Connection, Schema } from 'mongoose';
import { CATEGORIES, type Category } from '../domain/category.ts';
import { type Insight, insightSchema } from '../domain/insight.ts';
import { contentHashesOf } from './content-hashes.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { createInsightQueries } from './insight-queries.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    conversationId: { type: Number, required: true },
    outcome: String,
    category: { type: String, default: null },
    confidence: Number,
    summary: String,
    productArea: { type: String, default: null },
    severity: { type: String, default: null },
    evidence: { type: [Schema.Types.Mixed], default: [] },
    classifier: Schema.Types.Mixed,
    patternId: { type: String, default: null },
    customerKey: String,
    subject: String,
    mailboxId: Number,
    reportedAt: Date,
    classifiedAt: Date,
    contentHash: String,
    revision: Number,
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, integrationId: 1, conversationId: 1 }, { unique: true });
schema.index({ organizationId: 1, conversationId: 1 });
schema.index({ organizationId: 1, reportedAt: -1, conversationId: -1 });
schema.index({ organizationId: 1, category: 1, reportedAt: -1, conversationId: -1 });
schema.index({ organizationId: 1, patternId: 1, reportedAt: -1, conversationId: -1 });
schema.index({ organizationId: 1, customerKey: 1, reportedAt: -1, conversationId: -1 });

export type InsightModel = ReturnType<typeof insightModel>;
const insightModel = (connection: Connection) => connection.model('Insight', schema, 'insights');

/** What a pattern's counts are made of. */
export interface PatternCounts {
  patternId: string;
  conversations: number;
  customers: number;
  byCategory: Partial<Record<Category, number>>;
  firstReportedAt: Date;
  lastReportedAt: Date;
}

/** Insights: one per conversation and integration. */
export function createInsightStore(connection: Connection) {
  const model = insightModel(connection);
  return {
    ...createInsightQueries(model),

    /**
     * Stores an insight unless this very content has one already, so that a repeated activity changes nothing. Of two
     * that come at once, one wins.
     * @returns whether it was stored.
     */
    async save(organizationId: string, insight: Omit<Insight, 'revision' | 'organizationId'>): Promise<boolean> {
      const key = { organizationId, integrationId: insight.integrationId, conversationId: insight.conversationId };
      const known = await model.findOne(key, { contentHash: 1, revision: 1 }).lean();
      if (known?.contentHash === insight.contentHash) return false;
      const revision = (known?.revision ?? 0) + 1;
      try {
        if (!known) await model.create({ ...insight, organizationId, revision });
        else {
          const result = await model.updateOne(
            { ...key, revision: known.revision },
            { $set: { ...insight, revision } },
          );
          return result.matchedCount > 0;
        }
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    async get(organizationId: string, conversationId: number): Promise<Insight | null> {
      const found = await model.findOne({ organizationId, conversationId }).sort({ classifiedAt: -1 }).lean();
      return found ? insightSchema.parse(found) : null;
    },

    async getMany(organizationId: string, integrationId: string, conversationIds: number[]): Promise<Insight[]> {
      const found = await model
        .find({ organizationId, integrationId, conversationId: { $in: conversationIds } })
        .lean();
      return found.map((document) => insightSchema.parse(document));
    },

    /** Content hash by conversation id, of those that are classified. */
    contentHashes: (organizationId: string, integrationId: string, conversationIds: number[]) =>
      contentHashesOf(model, organizationId, integrationId, conversationIds),

    /** Recounts patterns from their insights: exact whatever was repeated or interrupted before. */
    async patternCounts(organizationId: string, patternIds: readonly string[]): Promise<PatternCounts[]> {
      const rows = await model.aggregate([
        { $match: { organizationId, patternId: { $in: [...patternIds] } } },
        {
          $group: {
            _id: '$patternId',
            conversations: { $sum: 1 },
            customers: { $addToSet: '$customerKey' },
            ...Object.fromEntries(
              CATEGORIES.map((category) => [category, { $sum: { $cond: [{ $eq: ['$category', category] }, 1, 0] } }]),
            ),
            firstReportedAt: { $min: '$reportedAt' },
            lastReportedAt: { $max: '$reportedAt' },
          },
        },
      ]);
      return rows.map((row) => ({
        patternId: row._id,
        conversations: row.conversations,
        customers: row.customers.length,
        byCategory: Object.fromEntries(CATEGORIES.map((category) => [category, row[category]])),
        firstReportedAt: row.firstReportedAt,
        lastReportedAt: row.lastReportedAt,
      }));
    },
  };
}

import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import type { Category } from '../domain/category.ts';
import { type Pattern, patternSchema } from '../domain/pattern.ts';
import type { PatternCounts } from './insights.ts';

/** Weighted terms; kept as pairs because a term may hold characters a field name may not. */
const centroidSchema = z.object({
  terms: z.array(z.tuple([z.string(), z.number()])),
  members: z.number().int().nonnegative(),
});

const candidateSchema = z.object({
  patternId: z.string(),
  title: z.string(),
  centroid: centroidSchema,
});
/** A pattern as the assignment compares it: no counts, no people's work. */
export type StoredCandidate = z.infer<typeof candidateSchema>;

const schema = new Schema(
  {
    patternId: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    category: String,
    title: String,
    conversations: { type: Number, default: 0 },
    customers: { type: Number, default: 0 },
    firstReportedAt: Date,
    lastReportedAt: Date,
    indexTerms: { type: [String], default: [] },
    /** JSON: read whole or not at all, and a string costs the server nothing while it looks for candidates. */
    centroid: String,
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, patternId: 1 }, { unique: true });
schema.index({ organizationId: 1, integrationId: 1, indexTerms: 1 });
schema.index({ organizationId: 1, customers: -1 });

/** Patterns, with the inverted index (`indexTerms`) that finds candidates for a new insight. */
export function createPatternStore(connection: Connection) {
  const model = connection.model('Pattern', schema, 'patterns');
  return {
    /** Patterns of the integration that share index terms with a text: most shared first, `limit` at most. */
    async candidates(
      organizationId: string,
      integrationId: string,
      indexTerms: readonly string[],
      limit: number,
    ): Promise<StoredCandidate[]> {
      if (indexTerms.length === 0) return [];
      const wanted = new Set(indexTerms);
      const sharing = await model
        .find({ organizationId, integrationId, indexTerms: { $in: [...wanted] } }, { patternId: 1, indexTerms: 1 })
        .lean();
      const nearest = sharing
        .map(({ patternId, indexTerms: terms }) => ({
          patternId,
          shared: terms.filter((term) => wanted.has(term)).length,
        }))
        .sort((a, b) => b.shared - a.shared || a.patternId.localeCompare(b.patternId))
        .slice(0, limit);
      const patterns = await model
        .find(
          { organizationId, patternId: { $in: nearest.map(({ patternId }) => patternId) } },
          { patternId: 1, title: 1, centroid: 1 },
        )
        .lean();
      return patterns.map(({ patternId, title, centroid }) =>
        candidateSchema.parse({ patternId, title, centroid: JSON.parse(centroid ?? '') }),
      );
    },

    /** Stores what the next comparison needs to know of a pattern; makes the pattern when it is new. */
    async saveCandidate(
      organizationId: string,
      integrationId: string,
      candidate: StoredCandidate & { indexTerms: string[] },
      first: { category: Category; reportedAt: Date },
    ): Promise<void> {
      await model.updateOne(
        { organizationId, patternId: candidate.patternId },
        {
          $set: {
            centroid: JSON.stringify(candidate.centroid),
            indexTerms: candidate.indexTerms,
            title: candidate.title,
          },
          $setOnInsert: {
            integrationId,
            category: first.category,
            conversations: 0,
            customers: 0,
            firstReportedAt: first.reportedAt,
            lastReportedAt: first.reportedAt,
          },
        },
        { upsert: true },
      );
    },

    /** Sets the counts people see; they come from a recount, so repeating is harmless. */
    async saveCounts(organizationId: string, rows: readonly (PatternCounts & { category: Category })[]): Promise<void> {
      if (rows.length === 0) return;
      await model.bulkWrite(
        rows.map(({ patternId, category, conversations, customers, firstReportedAt, lastReportedAt }) => ({
          updateOne: {
            filter: { organizationId, patternId },
            update: { $set: { category, conversations, customers, firstReportedAt, lastReportedAt } },
          },
        })),
        { ordered: false },
      );
    },

    /** Patterns with at least one conversation. */
    async list(
      organizationId: string,
      filter: { category?: Category | undefined; sort?: 'customers' | 'newest' | undefined } = {},
      limit = 200,
    ): Promise<Pattern[]> {
      const order: Record<string, 1 | -1> =
        filter.sort === 'newest'
          ? { firstReportedAt: -1, patternId: 1 }
          : { customers: -1, conversations: -1, patternId: 1 };
      const found = await model
        .find({ organizationId, conversations: { $gt: 0 }, ...(filter.category && { category: filter.category }) })
        .sort(order)
        .limit(limit)
        .lean();
      return found.map((document) => patternSchema.parse(document));
    },

    async get(organizationId: string, patternId: string): Promise<Pattern | null> {
      const found = await model.findOne({ organizationId, patternId }).lean();
      return found ? patternSchema.parse(found) : null;
    },

    async getMany(organizationId: string, patternIds: readonly string[]): Promise<Pattern[]> {
      const found = await model.find({ organizationId, patternId: { $in: [...patternIds] } }).lean();
      return found.map((document) => patternSchema.parse(document));
    },

    async count(organizationId: string): Promise<number> {
      return model.countDocuments({ organizationId, conversations: { $gt: 0 } });
    },
  };
}

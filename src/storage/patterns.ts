import { type Connection, Schema } from 'mongoose';
import type { Category } from '../domain/category.ts';
import type { Pattern, PatternState } from '../domain/pattern.ts';
import type { PatternCounts } from './insights.ts';
import { createPatternCandidates } from './pattern-candidates.ts';
import { createPatternPeople, PATTERN_STATE_QUERY, toPattern } from './pattern-people.ts';

const schema = new Schema(
  {
    patternId: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    category: String,
    title: String,
    summary: { type: String, default: '' },
    /** What people decided (storage/pattern-people.ts). */
    decided: { type: Schema.Types.Mixed },
    /** How many conversations it had when title and summary were made. */
    described: { type: Number, default: 0 },
    conversations: { type: Number, default: 0 },
    customers: { type: Number, default: 0 },
    firstReportedAt: Date,
    lastReportedAt: Date,
    indexTerms: { type: [String], default: [] },
    /** JSON: read whole or not at all, and a string costs the server nothing while it looks for candidates. */
    centroid: String,
    /** The issues that joined last (storage/pattern-candidates.ts). */
    joined: { type: [String], default: undefined },
    /** Whether it changed since it was compared with its neighbours. */
    unrepaired: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, patternId: 1 }, { unique: true });
schema.index({ organizationId: 1, integrationId: 1, indexTerms: 1 });
schema.index({ organizationId: 1, customers: -1, conversations: -1, patternId: 1 });
schema.index({ organizationId: 1, firstReportedAt: -1, patternId: 1 });
schema.index({ organizationId: 1, integrationId: 1, stale: 1 }, { sparse: true });
schema.index({ unrepaired: 1, organizationId: 1, integrationId: 1, patternId: 1 });

/** Patterns, with the inverted index (`indexTerms`) that finds candidates for a new insight. */
export function createPatternStore(connection: Connection) {
  const model = connection.model('Pattern', schema, 'patterns');
  return {
    ...createPatternPeople(connection),
    ...createPatternCandidates(connection),

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

    /** Patterns with at least one conversation; without `state`, whatever people decided about them. */
    async list(
      organizationId: string,
      filter: {
        category?: Category | undefined;
        sort?: 'customers' | 'newest' | undefined;
        state?: PatternState | undefined;
      } = {},
      limit = 200,
    ): Promise<Pattern[]> {
      const order: Record<string, 1 | -1> =
        filter.sort === 'newest'
          ? { firstReportedAt: -1, patternId: 1 }
          : { customers: -1, conversations: -1, patternId: 1 };
      const found = await model
        .find({
          organizationId,
          conversations: { $gt: 0 },
          $and: [
            filter.state ? PATTERN_STATE_QUERY[filter.state] : {},
            filter.category
              ? {
                  $or: [
                    { 'decided.category': filter.category },
                    { category: filter.category, 'decided.category': null },
                  ],
                }
              : {},
          ],
        })
        .sort(order)
        .limit(limit)
        .lean();
      return found.map(toPattern);
    },

    async get(organizationId: string, patternId: string): Promise<Pattern | null> {
      const found = await model.findOne({ organizationId, patternId }).lean();
      return found ? toPattern(found) : null;
    },

    async getMany(organizationId: string, patternIds: readonly string[]): Promise<Pattern[]> {
      const found = await model.find({ organizationId, patternId: { $in: [...patternIds] } }).lean();
      return found.map(toPattern);
    },

    /** Which of these have conversations, and were not merged into another. */
    async alive(organizationId: string, patternIds: readonly string[]): Promise<Set<string>> {
      const wanted = { organizationId, patternId: { $in: [...patternIds] }, conversations: { $gt: 0 } };
      const found = await model.find({ ...wanted, 'decided.mergedInto': null }, { patternId: 1 }).lean();
      return new Set(found.map(({ patternId }) => patternId));
    },

    async count(organizationId: string): Promise<number> {
      return model.countDocuments({ organizationId, conversations: { $gt: 0 } });
    },
  };
}

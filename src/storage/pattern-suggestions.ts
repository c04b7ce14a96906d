import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    /** In the order of the ids, so that one pair is one document. */
    a: { type: String, required: true },
    b: { type: String, required: true },
    similarity: { type: Number, required: true },
    at: { type: Date, required: true },
    dismissedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, a: 1, b: 1 }, { unique: true });
schema.index({ organizationId: 1, b: 1 });
schema.index({ organizationId: 1, dismissedAt: 1, similarity: -1 });

const suggestionSchema = z.object({
  integrationId: z.string(),
  a: z.string(),
  b: z.string(),
  similarity: z.number(),
  at: z.date(),
});
/** Two patterns that may be the same. */
export type PatternSuggestion = z.infer<typeof suggestionSchema>;

/** Suspected duplicates: for people to decide on, never joined by themselves. */
export function createPatternSuggestionStore(connection: Connection) {
  const model = connection.model('PatternSuggestion', schema, 'patternSuggestions');
  return {
    /** Notes that two patterns may be the same; one that was dismissed stays so. Safe to repeat. */
    async suggest(
      organizationId: string,
      integrationId: string,
      pair: readonly [string, string],
      similarity: number,
      at: Date,
    ): Promise<void> {
      const [a, b] = inOrder(pair);
      if (a === b) return;
      await onceMoreIfDuplicate(() =>
        model.updateOne(
          { organizationId, a, b },
          { $set: { integrationId, similarity, at }, $setOnInsert: { dismissedAt: null } },
          { upsert: true },
        ),
      );
    },

    /** Those nobody has decided on, most similar first; with `patternIds`, those that name one of them. */
    async list(
      organizationId: string,
      { patternIds, limit = 50 }: { patternIds?: readonly string[]; limit?: number } = {},
    ): Promise<PatternSuggestion[]> {
      const either = patternIds && { $or: ['a', 'b'].map((side) => ({ [side]: { $in: [...patternIds] } })) };
      const found = await model
        .find({ organizationId, dismissedAt: null, ...either })
        .sort({ similarity: -1, a: 1, b: 1 })
        .limit(limit)
        .lean();
      return found.map((document) => suggestionSchema.parse(document));
    },

    /** Ends a suggestion for good. */
    async dismiss(organizationId: string, pair: readonly [string, string], at: Date): Promise<void> {
      const [a, b] = inOrder(pair);
      await model.updateOne({ organizationId, a, b }, { $set: { dismissedAt: at } });
    },
  };
}

const inOrder = ([a, b]: readonly [string, string]): [string, string] => (a < b ? [a, b] : [b, a]);

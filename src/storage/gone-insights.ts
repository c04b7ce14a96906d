import type { InsightModel } from './insight-schema.ts';

/** Of conversations that Help Scout still has: what is counted. Insights of an earlier version do not say. */
export const NOT_GONE = { gone: null };

/** The side of the insights collection that knows which conversations Help Scout has no more. */
export function createGoneInsights(model: InsightModel) {
  const patternsOf = (found: readonly { patternId?: string | null }[]): string[] => [
    ...new Set(found.flatMap(({ patternId }) => patternId ?? [])),
  ];
  return {
    /** Marks what conversations were about as gone with them. @returns the patterns to count anew, also when repeated */
    async setGone(
      organizationId: string,
      integrationId: string,
      gone: readonly { conversationId: number; mergedInto: number | null }[],
      at: Date,
    ): Promise<string[]> {
      const conversationIds = gone.map(({ conversationId }) => conversationId);
      const query = { organizationId, integrationId, conversationId: { $in: conversationIds } };
      const found = await model.find(query, { patternId: 1 }).lean();
      if (found.length === 0) return [];
      await model.bulkWrite(
        gone.map(({ conversationId, mergedInto }) => ({
          updateMany: {
            filter: { organizationId, integrationId, conversationId, ...NOT_GONE },
            update: { $set: { gone: { at, mergedInto } } },
          },
        })),
        { ordered: false },
      );
      return patternsOf(found);
    },

    /** The patterns of those of some conversations that are marked as gone; null when none is. */
    async goneIn(
      organizationId: string,
      integrationId: string,
      conversationIds: readonly number[],
    ): Promise<string[] | null> {
      const query = { organizationId, integrationId, conversationId: { $in: [...conversationIds] } };
      const found = await model.find({ ...query, gone: { $ne: null } }, { patternId: 1 }).lean();
      return found.length === 0 ? null : patternsOf(found);
    },

    /** Takes the mark away. */
    async setBack(organizationId: string, integrationId: string, conversationIds: readonly number[]): Promise<void> {
      const query = { organizationId, integrationId, conversationId: { $in: [...conversationIds] } };
      await model.updateMany({ ...query, gone: { $ne: null } }, { $set: { gone: null } });
    },
  };
}

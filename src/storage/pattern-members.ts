import type { Connection } from 'mongoose';
import { z } from 'zod';
import type { PatternMember } from '../domain/pattern-decision.ts';

const placedSchema = z.object({
  conversationId: z.number(),
  issue: z.number().default(0),
  patternId: z.string().nullable().default(null),
});
export type PlacedMember = z.infer<typeof placedSchema>;

const FIELDS = { _id: 0, conversationId: 1, issue: 1, patternId: 1 };

/** Which insight is in which pattern: the side of the insights that decisions about patterns change. */
export function createPatternMemberStore(connection: Connection) {
  const insights = () => connection.collection('insights');
  return {
    /** The members of some patterns, in no particular order. */
    async inPatterns(organizationId: string, patternIds: readonly string[]): Promise<PlacedMember[]> {
      if (patternIds.length === 0) return [];
      const query = { organizationId, patternId: { $in: [...patternIds] } };
      const found = await insights().find(query, { projection: FIELDS }).toArray();
      return found.map((one) => placedSchema.parse(one));
    },

    /** Where all issues of some conversations are now. */
    async ofConversations(
      organizationId: string,
      integrationId: string,
      conversationIds: readonly number[],
    ): Promise<PlacedMember[]> {
      const query = { organizationId, integrationId, conversationId: { $in: [...conversationIds] } };
      const found = await insights().find(query, { projection: FIELDS }).toArray();
      return found.map((one) => placedSchema.parse(one));
    },

    /** Moves members, each only if it is still where it was seen. */
    async move(
      organizationId: string,
      integrationId: string,
      moves: readonly (PatternMember & { from: string | null; to: string })[],
    ): Promise<void> {
      if (moves.length === 0) return;
      await insights().bulkWrite(
        moves.map(({ conversationId, issue, from, to }) => ({
          updateOne: {
            // Insights from before there were several issues carry no number.
            filter: {
              ...{ organizationId, integrationId, conversationId, patternId: from },
              issue: issue === 0 ? { $in: [0, null] } : issue,
            },
            update: { $set: { patternId: to } },
          },
        })),
        { ordered: false },
      );
    },
  };
}

import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import type { PatternMember } from '../domain/pattern-decision.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    conversationId: { type: Number, required: true },
    issue: { type: Number, required: true },
    /** Where the last automatic run had put it. */
    base: { type: String, required: true },
    /** Where a person put it, not resolved. */
    pin: { type: String, default: null },
    /** Where decisions put it: base or pin, merges followed. */
    placed: { type: String, required: true },
    /** Where it was before it was put there: set while the insight may not say so yet. */
    leaving: { type: String, default: null },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, integrationId: 1, conversationId: 1, issue: 1 }, { unique: true });
schema.index({ organizationId: 1, base: 1 });
schema.index({ organizationId: 1, pin: 1 });

const placementSchema = z.object({
  conversationId: z.number(),
  issue: z.number(),
  base: z.string(),
  pin: z.string().nullable(),
  placed: z.string(),
  leaving: z.string().nullable(),
});
/** Why a member is where it is, kept for those alone that a decision moved or pinned. */
export type PatternPlacement = z.infer<typeof placementSchema>;

export function createPatternPlacementStore(connection: Connection) {
  const model = connection.model('PatternPlacement', schema, 'patternPlacements');
  return {
    async of(organizationId: string, integrationId: string, members: readonly PatternMember[]) {
      const conversationId = { $in: [...new Set(members.map((member) => member.conversationId))] };
      const found = await model.find({ organizationId, integrationId, conversationId }).lean();
      return found.map((one) => placementSchema.parse(one));
    },

    /** Members that an automatic run or a person had put into one of some patterns. */
    async from(organizationId: string, patternIds: readonly string[]): Promise<PatternMember[]> {
      const wanted = { $in: [...patternIds] };
      const found = await model
        .find({ organizationId, $or: [{ base: wanted }, { pin: wanted }] }, { conversationId: 1, issue: 1 })
        .lean();
      return found.map(({ conversationId, issue }) => ({ conversationId, issue }));
    },

    async save(organizationId: string, integrationId: string, placements: readonly PatternPlacement[]): Promise<void> {
      if (placements.length === 0) return;
      await model.bulkWrite(
        placements.map(({ conversationId, issue, ...rest }) => ({
          updateOne: {
            filter: { organizationId, integrationId, conversationId, issue },
            update: { $set: rest },
            upsert: true,
          },
        })),
      );
    },

    /** Where people put issues of some conversations. */
    async pinned(
      organizationId: string,
      integrationId: string,
      conversationIds: readonly number[],
    ): Promise<(PatternMember & { pin: string })[]> {
      const query = {
        organizationId,
        integrationId,
        conversationId: { $in: [...conversationIds] },
        pin: { $ne: null },
      };
      const found = await model.find(query, { conversationId: 1, issue: 1, pin: 1 }).lean();
      return found.flatMap(({ conversationId, issue, pin }) => (pin ? [{ conversationId, issue, pin }] : []));
    },
  };
}

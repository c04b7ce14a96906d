import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    conversationId: { type: Number, required: true },
    /** Whose rows in the log wait with it. */
    batchId: { type: String, required: true },
    workflowId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, integrationId: 1, batchId: 1, conversationId: 1 }, { unique: true });
schema.index({ organizationId: 1, integrationId: 1, at: 1 });

const waitingSchema = z.object({ conversationId: z.number().int(), batchId: z.string(), workflowId: z.string() });

/** Conversations of one batch that wait to be classified. */
export interface WaitingGroup {
  batch: { batchId: string; workflowId: string };
  conversationIds: number[];
}

/** Conversations that are read and stored, and wait for another day's money: as many as there are. */
export function createWaitingConversationStore(connection: Connection) {
  const model = connection.model('WaitingConversation', schema, 'waitingConversations');
  return {
    /** Safe to repeat. */
    async add(
      organizationId: string,
      integrationId: string,
      { batch, conversationIds }: WaitingGroup,
      at: Date,
    ): Promise<void> {
      const writes = conversationIds.map((conversationId) => {
        const filter = { organizationId, integrationId, batchId: batch.batchId, conversationId };
        const update = { $setOnInsert: { workflowId: batch.workflowId, at } };
        return { updateOne: { filter, update, upsert: true } };
      });
      if (writes.length > 0) await model.bulkWrite(writes, { ordered: false });
    },

    /** Those that have waited longest, of one batch. They stay until they are removed. */
    async next(organizationId: string, integrationId: string, limit: number): Promise<WaitingGroup | null> {
      const first = await model.findOne({ organizationId, integrationId }).sort({ at: 1 }).lean();
      if (!first) return null;
      const { batchId, workflowId } = waitingSchema.parse(first);
      const found = await model
        .find({ organizationId, integrationId, batchId })
        .sort({ conversationId: 1 })
        .limit(limit)
        .lean();
      const conversationIds = found.map((document) => waitingSchema.parse(document).conversationId);
      return { batch: { batchId, workflowId }, conversationIds };
    },

    async remove(
      organizationId: string,
      integrationId: string,
      { batch: { batchId }, conversationIds }: WaitingGroup,
    ): Promise<void> {
      const query = { organizationId, integrationId, batchId, conversationId: { $in: conversationIds } };
      await model.deleteMany(query);
    },

    async count(organizationId: string, integrationId: string): Promise<number> {
      return model.countDocuments({ organizationId, integrationId });
    },
  };
}

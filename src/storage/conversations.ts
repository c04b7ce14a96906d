import { type Connection, Schema } from 'mongoose';
import { type Conversation, conversationSchema } from '../domain/conversation.ts';
import { contentHashesOf } from './content-hashes.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    conversationId: { type: Number, required: true },
    number: Number,
    mailboxId: Number,
    subject: String,
    status: String,
    customer: Schema.Types.Mixed,
    createdAt: Date,
    webUrl: String,
    threads: { type: [Schema.Types.Mixed], default: [] },
    contentHash: String,
    importedAt: Date,
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, integrationId: 1, conversationId: 1 }, { unique: true });
schema.index({ organizationId: 1, conversationId: 1 });
schema.index({ organizationId: 1, 'customer.email': 1, createdAt: -1, conversationId: -1 });

/** Conversations with their text, as last read from Help Scout. */
export function createConversationStore(connection: Connection) {
  const model = connection.model('Conversation', schema, 'conversations');
  return {
    /** Inserts or replaces; safe to repeat. */
    async saveAll(organizationId: string, conversations: readonly Conversation[]): Promise<void> {
      if (conversations.length === 0) return;
      await model.bulkWrite(
        conversations.map((conversation) => ({
          updateOne: {
            filter: {
              organizationId,
              integrationId: conversation.integrationId,
              conversationId: conversation.conversationId,
            },
            update: { $set: { ...conversation, organizationId } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },

    /** The conversation as its newest integration has it. */
    async get(organizationId: string, conversationId: number): Promise<Conversation | null> {
      const found = await model.findOne({ organizationId, conversationId }).sort({ importedAt: -1 }).lean();
      return found ? conversationSchema.parse(found) : null;
    },

    async getMany(organizationId: string, integrationId: string, conversationIds: number[]): Promise<Conversation[]> {
      const found = await model
        .find({ organizationId, integrationId, conversationId: { $in: conversationIds } })
        .lean();
      return found.map((document) => conversationSchema.parse(document));
    },

    /** How many are stored of a connection, and ids of up to `most` of them, the newest first. */
    async idsOf(
      organizationId: string,
      integrationId: string,
      most: number,
    ): Promise<{ count: number; conversationIds: number[] }> {
      const [count, found] = await Promise.all([
        model.countDocuments({ organizationId, integrationId }),
        model
          .find({ organizationId, integrationId }, { conversationId: 1 })
          .sort({ conversationId: -1 })
          .limit(most)
          .lean(),
      ]);
      return { count, conversationIds: found.map(({ conversationId }) => conversationId) };
    },

    /** One customer's, by their address in lower case, newest first. One that two integrations have may be there twice. */
    async ofCustomer(organizationId: string, email: string, limit: number): Promise<Conversation[]> {
      const found = await model
        .find({ organizationId, 'customer.email': email })
        .sort({ createdAt: -1, conversationId: -1 })
        .limit(limit)
        .lean();
      return found.map((document) => conversationSchema.parse(document));
    },

    /** Content hash by conversation id, of those that are stored. */
    contentHashes: (organizationId: string, integrationId: string, conversationIds: number[]) =>
      contentHashesOf(model, organizationId, integrationId, conversationIds),
  };
}

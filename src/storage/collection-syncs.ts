import { type Connection, Schema } from 'mongoose';
import { type CollectionSync, collectionSyncSchema } from '../domain/article.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    collectionId: { type: String, required: true },
    state: { type: String, default: 'waiting' },
    articles: { type: Number, default: 0 },
    lastSyncedAt: { type: Date, default: null },
    error: { type: String, default: null },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, integrationId: 1, collectionId: 1 }, { unique: true });

/** How the articles of each mapped collection are. */
export function createCollectionSyncStore(connection: Connection) {
  const model = connection.model('CollectionSync', schema, 'collectionSyncs');
  return {
    /** Of those that are mapped, in no order. */
    async list(organizationId: string, integrationId: string): Promise<CollectionSync[]> {
      const found = await model.find({ organizationId, integrationId }).lean();
      return found.map((document) => collectionSyncSchema.parse(document));
    },

    /** Keeps exactly these: new ones wait for their first sync, others are forgotten. */
    async map(organizationId: string, integrationId: string, collectionIds: readonly string[]): Promise<void> {
      await model.deleteMany({ organizationId, integrationId, collectionId: { $nin: [...collectionIds] } });
      for (const collectionId of collectionIds) {
        await model.updateOne({ organizationId, integrationId, collectionId }, { $setOnInsert: {} }, { upsert: true });
      }
    },

    /** Changes what is known of a collection; of one that is not mapped any more nothing is kept. */
    async update(
      organizationId: string,
      integrationId: string,
      collectionId: string,
      patch: Partial<Omit<CollectionSync, 'collectionId'>>,
    ): Promise<void> {
      await model.updateOne({ organizationId, integrationId, collectionId }, { $set: patch });
    },
  };
}

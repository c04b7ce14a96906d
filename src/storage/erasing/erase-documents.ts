import type { Connection } from 'mongoose';
import type { DocumentId, StoredDocument } from './document-id.ts';
import type { ErasureStore } from './erasures.ts';
import type { Filter, Part } from './organization-data.ts';
import { replacementsIn } from './scrub.ts';

const BATCH = 500;

/** Removes and changes documents of any collection for an erasure, and counts them on its receipt. */
export function createDocumentEraser(connection: Connection, erasures: ErasureStore) {
  const native = (collection: string) =>
    connection.getClient().db(connection.name).collection<StoredDocument>(collection);

  /** Finishes the batch that was noted last, if it was not counted yet. */
  const finishBatch = async (erasureId: string): Promise<void> => {
    const batch = await erasures.batch(erasureId);
    if (!batch) return;
    await native(batch.collection).deleteMany({ _id: { $in: batch.ids } });
    await erasures.countBatch(erasureId, batch);
  };

  return {
    /**
     * Removes whatever matches. A batch is noted before it is removed, so that the receipt counts each document once
     * whenever this is interrupted. @returns how many
     */
    async remove(erasureId: string, { collection, filter }: Part, beat: () => void = () => {}): Promise<number> {
      await finishBatch(erasureId);
      let removed = 0;
      for (;;) {
        const found = await native(collection)
          .find(filter, { projection: { _id: 1 } })
          .limit(BATCH)
          .toArray();
        if (found.length === 0) return removed;
        await erasures.noteBatch(erasureId, { collection, ids: found.map(({ _id }) => _id) });
        await finishBatch(erasureId);
        removed += found.length;
        beat();
      }
    },

    /** Sets fields of whatever matches and is not like that yet. @returns how many documents changed */
    async set(erasureId: string, { collection, filter }: Part, fields: Filter): Promise<number> {
      const different = Object.entries(fields).map(([name, value]) => ({ [name]: { $ne: value } }));
      const { modifiedCount } = await native(collection).updateMany(
        { $and: [filter, { $or: different }] },
        { $set: fields },
      );
      await erasures.countChanged(erasureId, collection, modifiedCount);
      return modifiedCount;
    },

    /**
     * Changes texts inside documents, each only if it is still as it was read; one that changed meanwhile is met by the
     * next look. `changeFor` says what to do with a document's texts; null leaves it. @returns how many documents changed
     */
    async rewrite(
      erasureId: string,
      { collection, filter }: Part,
      changeFor: (document: Record<string, unknown>) => ((text: string) => string) | null,
      beat: () => void = () => {},
    ): Promise<number> {
      let changed = 0;
      for await (const document of native(collection).find(filter)) {
        beat();
        const change = changeFor(document);
        const found = change ? replacementsIn(document, change) : [];
        if (found.length === 0) continue;
        const before = Object.fromEntries(found.map((one) => [one.path, one.before]));
        const after = Object.fromEntries(found.map((one) => [one.path, one.after]));
        const written = await native(collection).updateOne({ ...before, _id: document._id }, { $set: after });
        changed += written.modifiedCount;
      }
      await erasures.countChanged(erasureId, collection, changed);
      return changed;
    },

    /** Documents as they are stored, for what has rules of its own. */
    documents: (collection: string, filter: Filter) => native(collection).find(filter),

    replace: (collection: string, _id: DocumentId, fields: Filter) =>
      native(collection).updateOne({ _id }, { $set: fields }),
  };
}

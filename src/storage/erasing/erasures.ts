import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { type Erasure, erasureSchema } from '../../domain/erasure.ts';
import { documentIdSchema } from './document-id.ts';

const schema = new Schema(
  {
    /** The erasure's id: 256 random bits, so that an organization's receipt can be read when nobody can sign in. */
    _id: { type: String, required: true },
    erasureId: { type: String, required: true },
    organizationId: { type: String, required: true },
    kind: { type: String, required: true },
    state: { type: String, required: true },
    subjectHash: { type: String, default: null },
    refusesLater: { type: Boolean, default: true },
    by: { type: String, required: true },
    requestedAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
    removed: { type: Schema.Types.Mixed, default: {} },
    changed: { type: Schema.Types.Mixed, default: {} },
    workflows: { type: Schema.Types.Mixed, default: { ended: 0, deleted: 0 } },
    waitsFor: { type: Number, default: 0 },
    /** Ciphertext of what is looked for; gone when it is done. */
    plan: { type: String, default: null },
    /** Documents about to be removed: one that is interrupted is finished, and counted once. */
    batch: { type: Schema.Types.Mixed, default: null },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, requestedAt: -1 });

/** Runs whose histories an erasure under way has deleted: Temporal shows each for a while longer, and it counts once. */
const deletedRunSchema = new Schema({ _id: String, erasureId: { type: String, index: true } }, { versionKey: false });

const batchSchema = z.object({ collection: z.string(), ids: z.array(documentIdSchema) });
export type ErasureBatch = z.infer<typeof batchSchema>;

/** Erasures and their receipts. They stay when everything else of an organization is gone. */
export function createErasureStore(connection: Connection) {
  const model = connection.model('Erasure', schema, 'erasures');
  const deletedRuns = connection.model('DeletedRun', deletedRunSchema, 'deletedRuns');
  return {
    async begin(erasure: Erasure, plan: string | null): Promise<void> {
      await model.create({ _id: erasure.erasureId, ...erasure, plan });
    },

    async get(erasureId: string): Promise<Erasure | null> {
      const found = await model.findById(erasureId).lean();
      return found ? erasureSchema.parse(found) : null;
    },

    /** The latest first. */
    async list(organizationId: string): Promise<Erasure[]> {
      const found = await model.find({ organizationId }).sort({ requestedAt: -1 }).limit(100).lean();
      return found.map((document) => erasureSchema.parse(document));
    },

    async plan(erasureId: string): Promise<string | null> {
      return (await model.findById(erasureId, { plan: 1 }).lean())?.plan ?? null;
    },

    async savePlan(erasureId: string, plan: string): Promise<void> {
      await model.updateOne({ _id: erasureId, state: { $ne: 'done' } }, { $set: { plan } });
    },

    async enter(erasureId: string, state: Erasure['state']): Promise<void> {
      await model.updateOne({ _id: erasureId, state: { $ne: 'done' } }, { $set: { state } });
    },

    /** Ends it; what was looked for is forgotten. */
    async finish(erasureId: string, at: Date): Promise<void> {
      await model.updateOne(
        { _id: erasureId, state: { $ne: 'done' } },
        { $set: { state: 'done', finishedAt: at, plan: null, batch: null, waitsFor: 0 } },
      );
      await deletedRuns.deleteMany({ erasureId });
    },

    async batch(erasureId: string): Promise<ErasureBatch | null> {
      return batchSchema.nullish().parse((await model.findById(erasureId, { batch: 1 }).lean())?.batch) ?? null;
    },

    async noteBatch(erasureId: string, batch: ErasureBatch): Promise<void> {
      await model.updateOne({ _id: erasureId }, { $set: { batch } });
    },

    /** Counts the batch that was removed, once. */
    async countBatch(erasureId: string, { collection, ids }: ErasureBatch): Promise<void> {
      await model.updateOne(
        { _id: erasureId, 'batch.collection': collection },
        { $inc: { [`removed.${collection}`]: ids.length }, $set: { batch: null } },
      );
    },

    async countChanged(erasureId: string, collection: string, documents: number): Promise<void> {
      if (documents > 0) await model.updateOne({ _id: erasureId }, { $inc: { [`changed.${collection}`]: documents } });
    },

    async countEnded(erasureId: string, ended: number): Promise<void> {
      await model.updateOne({ _id: erasureId }, { $inc: { 'workflows.ended': ended } });
    },

    /** Counts runs whose histories were deleted, however often each is told of. */
    async countDeleted(erasureId: string, runIds: readonly string[]): Promise<void> {
      if (runIds.length === 0) return;
      const upserts = runIds.map((runId) => {
        const filter = { _id: `${erasureId}/${runId}` };
        return { updateOne: { filter, update: { $setOnInsert: { erasureId } }, upsert: true } };
      });
      await deletedRuns.bulkWrite(upserts, { ordered: false });
      const deleted = await deletedRuns.countDocuments({ erasureId });
      await model.updateOne({ _id: erasureId, state: { $ne: 'done' } }, { $set: { 'workflows.deleted': deleted } });
    },

    async saveSubject(erasureId: string, subjectHash: string): Promise<void> {
      await model.updateOne({ _id: erasureId }, { $set: { subjectHash } });
    },

    async saveWaitsFor(erasureId: string, waitsFor: number): Promise<void> {
      await model.updateOne({ _id: erasureId }, { $set: { waitsFor } });
    },
  };
}
export type ErasureStore = ReturnType<typeof createErasureStore>;

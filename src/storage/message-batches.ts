import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { organizationSettingsSchema } from '../domain/organization-settings.ts';

const schema = new Schema(
  {
    /** Names the submission: repeated, it finds what was submitted. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    /** Null from before it is handed in until its id is known. */
    messageBatchId: { type: String, default: null },
    items: { type: [Schema.Types.Mixed], default: [] },
    /** The organization's settings and taxonomy as they were: its answers belong to them. */
    settings: { type: Schema.Types.Mixed, required: true },
    taxonomyVersion: { type: Number, required: true },
    /** What it is expected to cost; until it has ended, this counts against the daily cap. */
    estimatedUsd: { type: Number, default: 0 },
    ended: { type: Boolean, default: false },
    /** Of one that has ended: how many of its items came to what. */
    outcomes: { type: Schema.Types.Mixed, default: null },
    submittedAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, ended: 1 });
schema.index({ organizationId: 1, messageBatchId: 1 });

const messageBatchSchema = z.object({
  messageBatchId: z.string().nullable(),
  /** Its conversations, and how each is named in it. */
  items: z.array(z.object({ conversationId: z.number().int(), customId: z.string() })),
  settings: organizationSettingsSchema.shape.insights,
  taxonomyVersion: z.number().int().positive(),
  estimatedUsd: z.number(),
  ended: z.boolean(),
  outcomes: z.record(z.string(), z.number().int()).nullable().default(null),
  submittedAt: z.date(),
});
export type MessageBatch = z.infer<typeof messageBatchSchema>;

/** An hour more than a batch can take: one that nobody took the answers of by then costs nothing more. */
const LONGEST_MS = 25 * 60 * 60_000;

/** Message batches that were submitted: written down before anybody waits for them. */
export function createMessageBatchStore(connection: Connection) {
  const model = connection.model('MessageBatch', schema, 'messageBatches');
  const idOf = (organizationId: string, key: string) => `${organizationId}/${key}`;
  return {
    /** Notes what will be handed in; one that is noted already stays as it is. */
    async intend(
      organizationId: string,
      key: string,
      batch: Omit<MessageBatch, 'ended' | 'messageBatchId' | 'outcomes'> & { integrationId: string },
    ): Promise<void> {
      await model.updateOne(
        { _id: idOf(organizationId, key) },
        { $setOnInsert: { ...batch, organizationId, messageBatchId: null, ended: false } },
        { upsert: true },
      );
    },

    /** Forgets a note of what nobody can hand in any more. */
    async withdraw(organizationId: string, key: string): Promise<void> {
      await model.deleteOne({ _id: idOf(organizationId, key), messageBatchId: null });
    },

    async submitted(organizationId: string, key: string, messageBatchId: string): Promise<void> {
      await model.updateOne({ _id: idOf(organizationId, key) }, { $set: { messageBatchId } });
    },

    /**
     * Ids of the batches that are known and were handed in after a time, of all organizations: they share the
     * installation's account. Each was noted before it was handed in, so that earlier notes count too.
     */
    async knownIds(since: Date): Promise<string[]> {
      const submittedAt = { $gte: new Date(since.getTime() - LONGEST_MS) };
      const found = await model.find({ submittedAt, messageBatchId: { $ne: null } }, { messageBatchId: 1 }).lean();
      return found.flatMap(({ messageBatchId }) => messageBatchId ?? []);
    },

    async get(organizationId: string, key: string): Promise<MessageBatch | null> {
      const found = await model.findById(idOf(organizationId, key)).lean();
      return found ? messageBatchSchema.parse(found) : null;
    },

    async byId(organizationId: string, messageBatchId: string): Promise<MessageBatch | null> {
      const found = await model.findOne({ organizationId, messageBatchId }).lean();
      return found ? messageBatchSchema.parse(found) : null;
    },

    /** Its answers are taken. */
    async end(organizationId: string, messageBatchId: string, outcomes: Record<string, number>): Promise<void> {
      await model.updateMany({ organizationId, messageBatchId }, { $set: { ended: true, outcomes } });
    },

    /** What batches under way are expected to cost, in US dollars. */
    async promisedUsd(organizationId: string, now: Date): Promise<number> {
      const submittedAt = { $gte: new Date(now.getTime() - LONGEST_MS) };
      const [row] = await model.aggregate([
        { $match: { organizationId, ended: false, submittedAt } },
        { $group: { _id: null, usd: { $sum: '$estimatedUsd' } } },
      ]);
      return row ? z.number().parse(row.usd) : 0;
    },
  };
}

import { type Connection, Schema } from 'mongoose';
import { type CapStep, capStepSchema } from '../domain/cost.ts';
import { isDuplicateKey } from './duplicate-key.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    day: { type: String, required: true },
    step: { type: String, required: true },
    integrationId: { type: String, required: true },
    at: { type: Date, required: true },
    spentUsd: Number,
    capUsd: { type: Number, default: null },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, day: -1, integrationId: 1, step: 1 }, { unique: true });

/** What was done at the daily cap: each step once for a day and a connection, as it was first. */
export function createCapStepStore(connection: Connection) {
  const model = connection.model('CapStep', schema, 'capSteps');
  return {
    async note(organizationId: string, step: CapStep): Promise<void> {
      try {
        await model.create({ ...step, organizationId });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },

    /** The latest first. */
    async list(organizationId: string, limit: number): Promise<CapStep[]> {
      const found = await model.find({ organizationId }).sort({ at: -1 }).limit(limit).lean();
      return found.map((document) => capStepSchema.parse(document));
    },
  };
}

import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    /** In the order of the ids, so that one pair is one document. */
    a: { type: String, required: true },
    b: { type: String, required: true },
    /** Null: the model did not say. */
    same: { type: Boolean, default: null },
    model: { type: String, required: true },
    promptVersion: { type: String, required: true },
    requestId: { type: String, default: null },
    at: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, a: 1, b: 1 }, { unique: true });
schema.index({ organizationId: 1, integrationId: 1 });

const judgementSchema = z.object({ same: z.boolean().nullable() });

/** What a model said about two patterns: asked once for each pair, for it is paid. */
export function createPatternJudgementStore(connection: Connection) {
  const model = connection.model('PatternJudgement', schema, 'patternJudgements');
  return {
    async get(organizationId: string, pair: readonly [string, string]): Promise<{ same: boolean | null } | null> {
      const [a, b] = inOrder(pair);
      const found = await model.findOne({ organizationId, a, b }).lean();
      return found ? judgementSchema.parse(found) : null;
    },

    async note(
      organizationId: string,
      integrationId: string,
      pair: readonly [string, string],
      said: { same: boolean | null; model: string; promptVersion: string; requestId: string | null; at: Date },
    ): Promise<void> {
      const [a, b] = inOrder(pair);
      await model.updateOne({ organizationId, a, b }, { $set: { integrationId, ...said } }, { upsert: true });
    },

    /** How many pairs of a connection were asked about. */
    async count(organizationId: string, integrationId: string): Promise<number> {
      return model.countDocuments({ organizationId, integrationId });
    },
  };
}

const inOrder = ([a, b]: readonly [string, string]): [string, string] => (a < b ? [a, b] : [b, a]);

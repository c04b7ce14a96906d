import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { DRIFT_SHARES } from '../domain/drift.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

const schema = new Schema(
  {
    /** The organization. */
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    drifts: { type: [Schema.Types.Mixed], default: [] },
  },
  { versionKey: false },
);

const lookSchema = z.object({
  at: z.date(),
  drifts: z.array(
    z.object({
      share: z.enum(DRIFT_SHARES),
      now: z.number(),
      usual: z.number(),
      low: z.number(),
      high: z.number(),
    }),
  ),
});
/** What was found when shares were last looked at. */
export type DriftLook = z.infer<typeof lookSchema>;

/** Shares move by days, and counting weeks of insights costs: each look is kept for a while. */
export function createDriftLookStore(connection: Connection) {
  const model = connection.model('DriftLook', schema, 'driftLooks');
  return {
    /** Null before the first. */
    async last(organizationId: string): Promise<DriftLook | null> {
      const found = await model.findById(organizationId).lean();
      return found ? lookSchema.parse(found) : null;
    },

    async save(organizationId: string, look: DriftLook): Promise<void> {
      await onceMoreIfDuplicate(() => model.updateOne({ _id: organizationId }, { $set: look }, { upsert: true }));
    },
  };
}

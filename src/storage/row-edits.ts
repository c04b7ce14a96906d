import { randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';

const rowEditSchema = z.object({
  at: z.date(),
  by: z.string(),
  field: z.string(),
  before: z.string(),
  after: z.string(),
});
/** A value that a person corrected before a customer's row was retried. */
export type RowEdit = z.infer<typeof rowEditSchema>;

const schema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    eventId: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    field: { type: String, required: true },
    before: { type: String, default: '' },
    after: { type: String, default: '' },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, eventId: 1, at: 1, _id: 1 });

/** What was corrected on rows whose record keeps only its latest values. */
export function createRowEditStore(connection: Connection) {
  const model = connection.model('RowEdit', schema, 'rowEdits');

  return {
    async add(organizationId: string, eventId: string, edits: readonly RowEdit[]): Promise<void> {
      await model.insertMany(edits.map((edit) => ({ _id: randomUUID(), organizationId, eventId, ...edit })));
    },

    /** Oldest first. */
    async list(organizationId: string, eventId: string): Promise<RowEdit[]> {
      const found = await model.find({ organizationId, eventId }).sort({ at: 1, _id: 1 }).lean();
      // Made at one moment: by name.
      return found
        .map((edit) => rowEditSchema.parse(edit))
        .sort((a, b) => a.at.getTime() - b.at.getTime() || a.field.localeCompare(b.field));
    },
  };
}

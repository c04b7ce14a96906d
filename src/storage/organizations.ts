import { randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

const organizationSchema = z.object({
  organizationId: z.string(),
  name: z.string(),
  /** IANA name; every date on a page is written in it. */
  timeZone: z.string(),
  createdAt: z.date(),
});
/** The tenant: everything else belongs to one. */
export type Organization = z.infer<typeof organizationSchema>;

/** Where the organization of the first run is kept: the one `_id` that two set-ups at once cannot both take. */
export const SETUP_ID = 'setup';

const schema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    name: { type: String, required: true },
    timeZone: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1 }, { unique: true });

/** Organizations. */
export function createOrganizationStore(connection: Connection) {
  const model = connection.model('Organization', schema, 'organizations');
  return {
    async get(organizationId: string): Promise<Organization | null> {
      const found = await model.findOne({ organizationId }).lean();
      return found ? organizationSchema.parse(found) : null;
    },

    /** All of them: for what runs by schedule. */
    async list(): Promise<Organization[]> {
      return (await model.find().sort({ organizationId: 1 }).lean()).map((found) => organizationSchema.parse(found));
    },

    async create(values: Pick<Organization, 'name' | 'timeZone'>): Promise<Organization> {
      const organizationId = randomUUID();
      const created = await model.create({ _id: organizationId, organizationId, ...values, createdAt: new Date() });
      return organizationSchema.parse(created.toObject());
    },

    /** The organization of the first run. Repeating it (after a set-up that was interrupted) renames the same one. */
    async setUp(values: Pick<Organization, 'name' | 'timeZone'>): Promise<Organization> {
      const upsert = () =>
        model.updateOne(
          { _id: SETUP_ID },
          { $set: values, $setOnInsert: { organizationId: randomUUID(), createdAt: new Date() } },
          { upsert: true },
        );
      // Two steps: of two set-ups at once, not every server gives both the document that only one of them has made.
      await onceMoreIfDuplicate(upsert);
      return organizationSchema.parse(await model.findById(SETUP_ID).lean());
    },
  };
}

import { type Connection, Schema } from 'mongoose';
import { type OrganizationSettings, organizationSettingsSchema } from '../domain/organization-settings.ts';

const schema = new Schema(
  { _id: { type: String, required: true }, settings: { type: Schema.Types.Mixed, default: {} } },
  { versionKey: false, minimize: false },
);

/** One document per organization; what was never set has its default. */
export function createOrganizationSettingsStore(connection: Connection) {
  const model = connection.model('OrganizationSettings', schema, 'organizationSettings');

  return {
    async get(organizationId: string): Promise<OrganizationSettings> {
      const found = await model.findById(organizationId).lean();
      return organizationSettingsSchema.parse(found?.settings ?? {});
    },

    /** Replaces whole sections, such as `{ alerts: {...} }`; the others stay. */
    async save(organizationId: string, sections: Partial<OrganizationSettings>): Promise<void> {
      const fields = Object.entries(sections).map(([name, section]) => [`settings.${name}`, section] as const);
      await model.updateOne({ _id: organizationId }, { $set: Object.fromEntries(fields) }, { upsert: true });
    },
  };
}

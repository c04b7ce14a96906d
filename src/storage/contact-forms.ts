import { randomBytes, randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { type ContactForm, contactFormSchema } from '../domain/contact-form.ts';

const schema = new Schema(
  {
    formId: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    key: { type: String, required: true },
    name: { type: String, required: true },
    mailboxId: { type: Number, required: true },
    fields: { type: [Schema.Types.Mixed], default: [] },
    assigneeId: { type: Number, default: null },
    tags: { type: [String], default: [] },
    autoReplyText: { type: String, default: '' },
    allowedOrigins: { type: [String], default: [] },
    enabled: { type: Boolean, default: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, formId: 1 }, { unique: true });
schema.index({ organizationId: 1, name: 1, formId: 1 });
schema.index({ key: 1 }, { unique: true });

/** What people set; ids, key and dates are given by the store. */
export type ContactFormSettings = Omit<ContactForm, 'formId' | 'organizationId' | 'key' | 'createdAt' | 'updatedAt'>;

/** Contact forms. A form's key is part of its public addresses and never changes. */
export function createContactFormStore(connection: Connection) {
  const model = connection.model('ContactForm', schema, 'contactForms');

  return {
    async create(organizationId: string, settings: ContactFormSettings): Promise<ContactForm> {
      const now = new Date();
      const created = await model.create({
        ...settings,
        formId: randomUUID(),
        organizationId,
        key: randomBytes(18).toString('base64url'),
        createdAt: now,
        updatedAt: now,
      });
      return contactFormSchema.parse(created.toObject());
    },

    /** @returns the form as it is then; null when there is none. */
    async update(
      organizationId: string,
      formId: string,
      changes: Partial<ContactFormSettings>,
    ): Promise<ContactForm | null> {
      const changed = await model
        .findOneAndUpdate(
          { organizationId, formId },
          { $set: { ...changes, updatedAt: new Date() } },
          { returnDocument: 'after' },
        )
        .lean();
      return changed ? contactFormSchema.parse(changed) : null;
    },

    async get(organizationId: string, formId: string): Promise<ContactForm | null> {
      const found = await model.findOne({ organizationId, formId }).lean();
      return found ? contactFormSchema.parse(found) : null;
    },

    /** Whose form a public request speaks to: only the key is known of it. */
    async findByKey(key: string): Promise<ContactForm | null> {
      const found = await model.findOne({ key }).lean();
      return found ? contactFormSchema.parse(found) : null;
    },

    /** All forms of the organization, by name. */
    async list(organizationId: string): Promise<ContactForm[]> {
      const found = await model.find({ organizationId }).sort({ name: 1, formId: 1 }).lean();
      return found.map((document) => contactFormSchema.parse(document));
    },

    /** What was submitted through it stays. @returns false when there is no such form. */
    async remove(organizationId: string, formId: string): Promise<boolean> {
      return (await model.deleteOne({ organizationId, formId })).deletedCount > 0;
    },
  };
}

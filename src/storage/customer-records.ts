import { type Connection, Schema } from 'mongoose';
import {
  type CustomerFields,
  type CustomerRecord,
  type CustomerState,
  customerRecordSchema,
  sameFields,
} from '../domain/customer-record.ts';
import { plainEmail } from '../domain/email.ts';
import { createCustomerProgress } from './customer-progress.ts';
import { isDuplicateKey } from './duplicate-key.ts';

/** What is answered as accepted has to outlive the server that took it. */
const DURABLE = { w: 'majority', j: true } as const;

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    externalId: { type: String, required: true },
    fields: { type: Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
    syncedVersion: { type: Number, required: true },
    syncedFields: { type: Schema.Types.Mixed, default: null },
    helpScoutCustomerId: { type: Number, default: null },
    createSentAt: { type: Date, default: null },
    requestedBy: { type: String, default: null },
    state: { type: String, required: true },
    problem: { type: Schema.Types.Mixed, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    syncedAt: { type: Date, default: null },
  },
  { versionKey: false, minimize: false, writeConcern: DURABLE },
);
schema.index({ organizationId: 1, externalId: 1 }, { unique: true });
schema.index({ organizationId: 1, 'fields.email': 1, externalId: 1 });
schema.index({ organizationId: 1, state: 1, 'fields.email': 1, externalId: 1 });
schema.index({ state: 1, organizationId: 1, updatedAt: 1 });

export type CustomerModel = ReturnType<typeof customerModel>;
const customerModel = (connection: Connection) => connection.model('Customer', schema, 'customers');

/** After every character that an address may have. */
const AFTER_ALL = '\u{10ffff}';
const MOST_TRIES = 20;

export interface CustomerFilter {
  state?: CustomerState | undefined;
  /** How the address begins, in any case. */
  emailPrefix?: string | undefined;
}
/** Where a list of customers continues: the last one shown. */
export interface CustomerCursor {
  email: string;
  externalId: string;
}

/** What the organization's own systems say of their customers, and how far Help Scout has it. */
export function createCustomerStore(connection: Connection) {
  const model = customerModel(connection);

  const get = async (organizationId: string, externalId: string): Promise<CustomerRecord | null> => {
    const found = await model.findOne({ organizationId, externalId }).lean();
    return found ? customerRecordSchema.parse(found) : null;
  };

  /** Saves a next version if nobody else did meanwhile. */
  const advance = async (before: CustomerRecord, changes: Partial<CustomerRecord>): Promise<CustomerRecord | null> => {
    const { organizationId, externalId, version } = before;
    const $set = { state: 'waiting', requestedBy: null, problem: null, updatedAt: new Date(), ...changes };
    const saved = await model
      .findOneAndUpdate(
        { organizationId, externalId, version },
        { $set, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean();
    return saved ? customerRecordSchema.parse(saved) : null;
  };

  const add = async (record: CustomerRecord): Promise<CustomerRecord | null> => {
    try {
      await model.create(record);
      return record;
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  };

  return {
    ...createCustomerProgress(model),

    /**
     * Stores what is wanted of a customer as their next version, in state `waiting`. What is wanted already changes
     * nothing, unless it was given up. Under another integration the customer is one that was never synced.
     */
    async put(
      organizationId: string,
      integrationId: string,
      externalId: string,
      fields: CustomerFields,
    ): Promise<CustomerRecord> {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const before = await get(organizationId, externalId);
        const moved = before !== null && before.integrationId !== integrationId;
        if (before && !moved && before.state !== 'dismissed' && sameFields(before.fields, fields)) return before;
        const anew = {
          integrationId,
          helpScoutCustomerId: null,
          syncedVersion: 0,
          syncedFields: null,
          createSentAt: null,
        };
        const now = new Date();
        const saved = before
          ? await advance(before, { fields, ...(moved && anew) })
          : await add({
              ...{ organizationId, externalId, fields, ...anew, version: 1, state: 'waiting', requestedBy: null },
              ...{ problem: null, createdAt: now, updatedAt: now, syncedAt: null },
            });
        if (saved) return saved;
      }
      throw new Error('the customer changes too fast to be stored');
    },

    /** The same once more, because somebody asked for it. @returns null when there is no such customer */
    async askAgain(organizationId: string, externalId: string, by: string): Promise<CustomerRecord | null> {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const before = await get(organizationId, externalId);
        if (!before) return null;
        const saved = await advance(before, { requestedBy: by });
        if (saved) return saved;
      }
      throw new Error('the customer changes too fast to be stored');
    },

    get,

    async getMany(organizationId: string, externalIds: readonly string[]): Promise<CustomerRecord[]> {
      const found = await model.find({ organizationId, externalId: { $in: [...externalIds] } }).lean();
      return found.map((document) => customerRecordSchema.parse(document));
    },

    /** The customer who is said to have an address now; of several the one that changed last. */
    async findByEmail(organizationId: string, email: string): Promise<CustomerRecord | null> {
      const found = await model
        .find({ organizationId, 'fields.email': plainEmail(email) })
        .sort({ externalId: 1 })
        .limit(50)
        .lean();
      const records = found.map((document) => customerRecordSchema.parse(document));
      return records.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())[0] ?? null;
    },

    /** By address, ascending. */
    async list(
      organizationId: string,
      filter: CustomerFilter,
      page: { limit: number; cursor?: CustomerCursor | undefined },
    ): Promise<{ customers: CustomerRecord[]; next: CustomerCursor | null }> {
      const prefix = filter.emailPrefix && plainEmail(filter.emailPrefix);
      const { cursor } = page;
      const query = {
        organizationId,
        ...(filter.state && { state: filter.state }),
        ...(prefix && { 'fields.email': { $gte: prefix, $lt: `${prefix}${AFTER_ALL}` } }),
        ...(cursor && {
          $or: [
            { 'fields.email': { $gt: cursor.email } },
            { 'fields.email': cursor.email, externalId: { $gt: cursor.externalId } },
          ],
        }),
      };
      const found = await model
        .find(query)
        .sort({ 'fields.email': 1, externalId: 1 })
        .limit(page.limit + 1)
        .lean();
      const customers = found.slice(0, page.limit).map((document) => customerRecordSchema.parse(document));
      const last = customers.at(-1);
      const next = found.length > page.limit && last;
      return { customers, next: next ? { email: last.fields.email, externalId: last.externalId } : null };
    },

    /** How many there are in each state. */
    async counts(organizationId: string): Promise<Record<CustomerState, number>> {
      const rows = await model.aggregate([
        { $match: { organizationId } },
        { $group: { _id: '$state', n: { $sum: 1 } } },
      ]);
      const counts = { waiting: 0, syncing: 0, synced: 0, failed: 0, dismissed: 0 };
      return { ...counts, ...Object.fromEntries(rows.map((row) => [row._id, row.n])) };
    },
  };
}

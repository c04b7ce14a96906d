import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { onceMoreIfDuplicate } from '../duplicate-key.ts';

const schema = new Schema(
  {
    /** The erasure that it belongs to. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    /** Keyed hash of the address. */
    addressHash: { type: String, required: true },
    /** Whether what they write later is refused as well. */
    refusesLater: { type: Boolean, required: true },
    at: { type: Date, required: true },
    /** Keys of the conversations that were erased. */
    conversations: { type: [String], default: [] },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, addressHash: 1 });
schema.index({ organizationId: 1, conversations: 1 });

const keySchema = new Schema(
  { _id: { type: String, required: true }, organizationId: { type: String, required: true }, key: String },
  { versionKey: false },
);

const erasedSchema = z.object({
  addressHash: z.string(),
  refusesLater: z.boolean(),
  at: z.date(),
  conversations: z.array(z.string()),
});
export type ErasedCustomer = z.infer<typeof erasedSchema>;

/**
 * Customers who were erased, so that what Help Scout still has of them is not read again. Their addresses are hashed with
 * a key of the organization's own, stored encrypted: it outlives the keys that secrets are encrypted with.
 */
export function createErasedCustomerStore(connection: Connection) {
  const model = connection.model('ErasedCustomer', schema, 'erasedCustomers');
  const keys = connection.model('ErasureKey', keySchema, 'erasureKeys');
  return {
    /** Ciphertext of the organization's key; null before anybody was erased. */
    async key(organizationId: string): Promise<string | null> {
      return (await keys.findById(organizationId).lean())?.key ?? null;
    },

    /** Keeps a key unless there is one. @returns the one that is kept */
    async keepKey(organizationId: string, key: string): Promise<string> {
      await onceMoreIfDuplicate(() =>
        keys.updateOne({ _id: organizationId }, { $setOnInsert: { organizationId, key } }, { upsert: true }),
      );
      return (await keys.findById(organizationId).lean())?.key ?? key;
    },

    async bury(organizationId: string, erasureId: string, { conversations, ...erased }: ErasedCustomer): Promise<void> {
      await onceMoreIfDuplicate(() =>
        model.updateOne(
          { _id: erasureId },
          { $setOnInsert: { organizationId, ...erased }, $addToSet: { conversations: { $each: conversations } } },
          { upsert: true },
        ),
      );
    },

    /** Whoever was erased of some addresses, and of some conversations. */
    async find(
      organizationId: string,
      { addressHashes, conversations }: { addressHashes: readonly string[]; conversations: readonly string[] },
    ): Promise<ErasedCustomer[]> {
      const known = [{ addressHash: { $in: [...addressHashes] } }, { conversations: { $in: [...conversations] } }];
      const found = await model.find({ organizationId, $or: known }).lean();
      return found.map((document) => erasedSchema.parse(document));
    },
  };
}

import { type CustomerRecord, customerRecordSchema } from '../domain/customer-record.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import type { CustomerModel } from './customer-records.ts';

/** How the sync of a customer goes on: what its workflow writes. All of it is safe to repeat. */
export function createCustomerProgress(model: CustomerModel) {
  return {
    /** The version's workflow was told. One that is further already, or has failed by now, stays as it is. */
    async markTold(organizationId: string, externalId: string, version: number): Promise<void> {
      await model.updateOne(
        { organizationId, externalId, version, state: 'waiting' },
        { $set: { state: 'syncing', updatedAt: new Date() } },
      );
    },

    /** A person asked for what is stored already: whose try it is. */
    async markRequested(organizationId: string, externalId: string, version: number, by: string): Promise<void> {
      await model.updateOne({ organizationId, externalId, version }, { $set: { requestedBy: by } });
    },

    /** The version's workflow works on it. */
    async markSyncing(organizationId: string, externalId: string, version: number): Promise<void> {
      await model.updateOne(
        { organizationId, externalId, version, state: { $in: ['waiting', 'failed'] } },
        { $set: { state: 'syncing', updatedAt: new Date() } },
      );
    },

    /** Before a create is sent: whoever tries again after a lost answer looks for the customer first. */
    async markCreateSent(organizationId: string, externalId: string, at: Date | null): Promise<void> {
      await model.updateOne({ organizationId, externalId }, { $set: { createSentAt: at } });
    },

    /** The customer in Help Scout who this one is, from now on. */
    async link(organizationId: string, externalId: string, helpScoutCustomerId: number): Promise<void> {
      await model.updateOne({ organizationId, externalId }, { $set: { helpScoutCustomerId, createSentAt: null } });
    },

    /** Help Scout has what this version said. A later version that came meanwhile goes on waiting for its turn. */
    async markSynced({ organizationId, externalId, version, fields }: CustomerRecord, at: Date): Promise<void> {
      const synced = { syncedVersion: version, syncedFields: fields, syncedAt: at };
      await model.updateOne({ organizationId, externalId, syncedVersion: { $lt: version } }, { $set: synced });
      await model.updateOne(
        { organizationId, externalId, version },
        { $set: { state: 'synced', requestedBy: null, problem: null } },
      );
    },

    /** The version waits for a person, or was given up by one. */
    async markEnded(
      organizationId: string,
      externalId: string,
      version: number,
      end: { state: 'failed'; problem: { code: SyncErrorCode; details: string } } | { state: 'dismissed' },
    ): Promise<void> {
      await model.updateOne({ organizationId, externalId, version, state: { $ne: 'synced' } }, { $set: end });
    },

    /** Customers that wait, those that waited longest first. */
    async waiting(organizationId: string, limit: number): Promise<CustomerRecord[]> {
      const found = await model.find({ organizationId, state: 'waiting' }).sort({ updatedAt: 1 }).limit(limit).lean();
      return found.map((document) => customerRecordSchema.parse(document));
    },

    /** How many are being synced; what has not moved since `since` does not count. */
    async syncing(organizationId: string, since: Date): Promise<number> {
      return model.countDocuments({ organizationId, state: 'syncing', updatedAt: { $gte: since } });
    },

    /** Of the whole installation: organizations that have customers waiting since before `before`. */
    async organizationsWaiting(before: Date): Promise<string[]> {
      const waiting = { state: 'waiting', updatedAt: { $lt: before } };
      return (await model.distinct('organizationId', waiting)).filter((id): id is string => typeof id === 'string');
    },

    /** Puts those back among the waiting whose workflow was told long ago and is gone, so that they are told again. */
    async waitAgain(before: Date): Promise<void> {
      await model.updateMany({ state: 'syncing', updatedAt: { $lt: before } }, { $set: { state: 'waiting' } });
    },
  };
}

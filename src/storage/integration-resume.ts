import type { Model } from 'mongoose';
import { type IntegrationResume, integrationResumeSchema } from '../domain/integration-resume.ts';
import { secretsSchema } from './integration-secrets.ts';

/** Everything secret but the number of the token pair, which goes on counting: a refresh under way may know the old one. */
const FORGOTTEN = Object.keys(secretsSchema.shape).filter((name) => name !== 'tokenVersion');

/** Ending a connection, and going on with it later. */
// biome-ignore lint/suspicious/noExplicitAny: the model's document type is private to integrations.ts, results are parsed
export function createIntegrationResume(model: Model<any>) {
  return {
    /**
     * Forgets every secret for good and keeps what a later connection of the same account goes on from, in one step. What
     * a call under way brings later is not stored. The integration's data stays.
     */
    async disconnect(organizationId: string, integrationId: string, resume: IntegrationResume | null): Promise<void> {
      await model.updateOne(
        { organizationId, integrationId },
        {
          $set: {
            'secrets.forgotten': true,
            tokenExpiresAt: null,
            webhookActive: false,
            ...(resume && { resume }),
          },
          $unset: Object.fromEntries(FORGOTTEN.map((name) => [`secrets.${name}`, ''])),
          $inc: { 'secrets.tokenVersion': 1 },
        },
      );
    },

    /** What a disconnected integration goes on from; null when it never kept anything. */
    async resume(organizationId: string, integrationId: string): Promise<IntegrationResume | null> {
      const found = await model.findOne({ organizationId, integrationId }, { resume: 1 }).lean();
      return found?.resume ? integrationResumeSchema.parse(found.resume) : null;
    },

    /** Lets a disconnected integration have secrets again: somebody is connecting it. */
    async reopen(organizationId: string, integrationId: string): Promise<void> {
      await model.updateOne(
        { organizationId, integrationId, state: 'disconnected', 'secrets.forgotten': true },
        { $unset: { 'secrets.forgotten': '' } },
      );
    },

    /** Removes a connection that came to nothing: it was another's account, and never had mailboxes of its own. */
    async removeUnused(organizationId: string, integrationId: string): Promise<void> {
      await model.deleteOne({ organizationId, integrationId, selectedMailboxIds: [], scan: null });
    },
  };
}

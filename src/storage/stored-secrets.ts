import type { Connection } from 'mongoose';
import { z } from 'zod';
import { type DocumentId, documentIdSchema, type StoredDocument } from './erasing/document-id.ts';
import { secretsSchema } from './integration-secrets.ts';

/** Where one ciphertext is, and what it was encrypted for (security/key-ring.ts). */
export interface StoredSecret {
  collection: string;
  id: DocumentId;
  /** As MongoDB writes it. */
  path: string;
  organizationId: string;
  /** The integration's id, or what stands in its place. */
  integrationId: string;
  purpose: SecretPurpose;
  ciphertext: string;
}

type SecretPurpose =
  | 'authorizationCode'
  | 'accessToken'
  | 'refreshToken'
  | 'docsKey'
  | 'webhookSecret'
  | 'erasure'
  | 'erasureKey'
  | 'notificationUrl';

/** Fields of an integration's secrets, with what each is for. */
const OF_INTEGRATIONS: Record<string, SecretPurpose> = {
  authorizationCode: 'authorizationCode',
  accessToken: 'accessToken',
  refreshToken: 'refreshToken',
  'keptTokens.accessToken': 'accessToken',
  'keptTokens.refreshToken': 'refreshToken',
  docsKey: 'docsKey',
  newDocsKey: 'docsKey',
  webhookSecret: 'webhookSecret',
  previousWebhookSecret: 'webhookSecret',
};

const integrationSchema = z.object({
  _id: documentIdSchema,
  organizationId: z.string(),
  integrationId: z.string(),
  secrets: secretsSchema,
});
const channelSchema = z.object({ _id: z.string(), webhook: z.object({ urlCiphertext: z.string() }) });
const planSchema = z.object({ _id: z.string(), organizationId: z.string(), plan: z.string() });
const keySchema = z.object({ _id: z.string(), key: z.string() });

/** Every secret that the database holds, for a change of keys. */
export function createStoredSecrets(connection: Connection) {
  const native = (collection: string) =>
    connection.getClient().db(connection.name).collection<StoredDocument>(collection);

  return {
    /** One at a time, in no order that means anything. */
    async *stream(): AsyncGenerator<StoredSecret> {
      for await (const document of native('integrations').find({ secrets: { $type: 'object' } })) {
        const { _id, organizationId, integrationId, secrets } = integrationSchema.parse(document);
        const values: Record<string, string | null | undefined> = {
          ...z.record(z.string(), z.string().nullish().catch(null)).parse(secrets),
          'keptTokens.accessToken': secrets.keptTokens?.accessToken,
          'keptTokens.refreshToken': secrets.keptTokens?.refreshToken,
        };
        for (const [field, purpose] of Object.entries(OF_INTEGRATIONS)) {
          const ciphertext = values[field];
          if (!ciphertext) continue;
          const path = `secrets.${field}`;
          yield { collection: 'integrations', id: _id, path, organizationId, integrationId, purpose, ciphertext };
        }
      }
      for await (const document of native('erasures').find({ plan: { $type: 'string' } })) {
        const { _id, organizationId, plan } = planSchema.parse(document);
        const place = { collection: 'erasures', id: _id, path: 'plan' };
        yield { ...place, organizationId, integrationId: _id, purpose: 'erasure', ciphertext: plan };
      }
      const urls = native('notificationChannels').find({ 'webhook.urlCiphertext': { $type: 'string' } });
      for await (const document of urls) {
        const { _id, webhook } = channelSchema.parse(document);
        const place = { collection: 'notificationChannels', id: _id, path: 'webhook.urlCiphertext' };
        yield {
          ...place,
          ...{ organizationId: _id, integrationId: 'organization', purpose: 'notificationUrl' },
          ciphertext: webhook.urlCiphertext,
        };
      }
      for await (const document of native('erasureKeys').find()) {
        const { _id, key } = keySchema.parse(document);
        const place = { collection: 'erasureKeys', id: _id, path: 'key' };
        yield { ...place, organizationId: _id, integrationId: _id, purpose: 'erasureKey', ciphertext: key };
      }
    },

    /** Puts another ciphertext in a secret's place, unless something else stands there by now. @returns whether it did */
    async replace({ collection, id, path, ciphertext }: StoredSecret, by: string): Promise<boolean> {
      const written = await native(collection).updateOne({ _id: id, [path]: ciphertext }, { $set: { [path]: by } });
      return written.matchedCount > 0;
    },
  };
}
export type StoredSecrets = ReturnType<typeof createStoredSecrets>;

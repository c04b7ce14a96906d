import type { Model } from 'mongoose';
import { z } from 'zod';
import { integrationStateSchema } from '../domain/integration.ts';

export const secretsSchema = z.object({
  authorizationCode: z.string().nullish(),
  accessToken: z.string().nullish(),
  refreshToken: z.string().nullish(),
  tokenVersion: z.number().int().default(0),
  tokenExpiresAt: z.date().nullish(),
  /** The pair before the one of a sign-in whose account is not known yet. */
  keptTokens: z
    .object({
      accessToken: z.string().nullish(),
      refreshToken: z.string().nullish(),
      tokenExpiresAt: z.date().nullish(),
    })
    .nullish(),
  /** Who is refreshing right now, and until when nobody else may. */
  refreshLease: z.object({ holder: z.string(), until: z.date() }).nullish(),
  docsKey: z.string().nullish(),
  webhookSecret: z.string().nullish(),
  previousWebhookSecret: z.string().nullish(),
});
export type IntegrationSecrets = z.infer<typeof secretsSchema>;

const receiverSchema = z.object({
  organizationId: z.string(),
  integrationId: z.string(),
  state: integrationStateSchema,
  secrets: secretsSchema,
});

/** The stored secrets of an integration. Everything here is ciphertext (security/key-ring.ts). */
// biome-ignore lint/suspicious/noExplicitAny: the model's document type is private to integrations.ts, results are parsed
export function createIntegrationSecrets(model: Model<any>) {
  const set = async (organizationId: string, integrationId: string, values: Record<string, unknown>) => {
    const $set = Object.fromEntries(Object.entries(values).map(([key, value]) => [`secrets.${key}`, value]));
    await model.updateOne({ organizationId, integrationId, 'secrets.forgotten': { $ne: true } }, { $set });
  };
  return {
    async saveAuthorizationCode(organizationId: string, integrationId: string, ciphertext: string): Promise<void> {
      await set(organizationId, integrationId, { authorizationCode: ciphertext });
    },

    async secrets(organizationId: string, integrationId: string): Promise<IntegrationSecrets | null> {
      const found = await model.findOne({ organizationId, integrationId }, { secrets: 1 }).lean();
      return found ? secretsSchema.parse(found.secrets ?? {}) : null;
    },

    async saveDocsKey(organizationId: string, integrationId: string, ciphertext: string): Promise<void> {
      await set(organizationId, integrationId, { docsKey: ciphertext });
    },

    /** Keeps the last secret beside the new one: deliveries signed with it may still be under way. */
    async saveWebhook(
      organizationId: string,
      integrationId: string,
      webhook: { secret: string; previousSecret: string | null },
    ): Promise<void> {
      await set(organizationId, integrationId, {
        webhookSecret: webhook.secret,
        previousWebhookSecret: webhook.previousSecret,
      });
    },

    /** Forgets every secret for good: what a call under way brings later is not stored. The integration's data stays. */
    async clearSecrets(organizationId: string, integrationId: string): Promise<void> {
      await model.updateOne(
        { organizationId, integrationId },
        { $set: { secrets: { forgotten: true }, tokenExpiresAt: null, webhookActive: false } },
      );
    },

    async webhookKey(organizationId: string, integrationId: string): Promise<string | null> {
      const found = await model.findOne({ organizationId, integrationId }, { webhookKey: 1 }).lean();
      return found ? z.string().parse(found.webhookKey) : null;
    },

    /** Whose webhook address this is. The key in the address is the only thing known of a delivery's sender. */
    async findByWebhookKey(webhookKey: string) {
      const found = await model.findOne({ webhookKey }).lean();
      if (!found) return null;
      const { organizationId, integrationId, state, secrets } = receiverSchema.parse(found);
      const secretCiphertexts = [secrets.webhookSecret, secrets.previousWebhookSecret].filter(
        (secret) => secret != null,
      );
      return { organizationId, integrationId, state, secretCiphertexts };
    },
  };
}

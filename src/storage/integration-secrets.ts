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
  /** Entered by a person, and not accepted by Help Scout Docs yet. */
  newDocsKey: z.string().nullish(),
  webhookSecret: z.string().nullish(),
  previousWebhookSecret: z.string().nullish(),
  /** Until when deliveries under the previous one are taken; absent where it was stored before there was an end. */
  previousWebhookSecretUntil: z.date().nullish(),
});
export type IntegrationSecrets = z.infer<typeof secretsSchema>;

/** Help Scout repeats a delivery for hours; whoever signs with an old secret after this is somebody else. */
const PREVIOUS_SECRET_MS = 24 * 3_600_000;

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

    /** Keeps a key that a person entered beside the one in use, until `adoptDocsKey` or `refuseDocsKey`. */
    async enterDocsKey(organizationId: string, integrationId: string, ciphertext: string): Promise<void> {
      await set(organizationId, integrationId, { newDocsKey: ciphertext });
    },

    /** The entered key works: it takes the place of the one before. */
    async adoptDocsKey(organizationId: string, integrationId: string, ciphertext: string): Promise<void> {
      await model.updateOne(
        { organizationId, integrationId, 'secrets.newDocsKey': ciphertext },
        { $set: { 'secrets.docsKey': ciphertext, 'secrets.newDocsKey': null } },
      );
    },

    /** The entered key does not work: the one before stays. */
    async refuseDocsKey(organizationId: string, integrationId: string, ciphertext: string): Promise<void> {
      await model.updateOne(
        { organizationId, integrationId, 'secrets.newDocsKey': ciphertext },
        { $set: { 'secrets.newDocsKey': null } },
      );
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
        previousWebhookSecretUntil: new Date(Date.now() + PREVIOUS_SECRET_MS),
      });
    },

    async webhookKey(organizationId: string, integrationId: string): Promise<string | null> {
      const found = await model.findOne({ organizationId, integrationId }, { webhookKey: 1 }).lean();
      return found ? z.string().parse(found.webhookKey) : null;
    },

    /** Whose webhook address this is. The key in the address is the only thing known of a delivery's sender. */
    async findByWebhookKey(webhookKey: string, now = new Date()) {
      const found = await model.findOne({ webhookKey }).lean();
      if (!found) return null;
      const { organizationId, integrationId, state, secrets } = receiverSchema.parse(found);
      const { webhookSecret, previousWebhookSecret, previousWebhookSecretUntil: until } = secrets;
      const previous = until && until < now ? null : previousWebhookSecret;
      const secretCiphertexts = [webhookSecret, previous].filter((secret) => secret != null);
      return { organizationId, integrationId, state, secretCiphertexts };
    },
  };
}

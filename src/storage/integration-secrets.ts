import type { Model } from 'mongoose';
import { z } from 'zod';
import { integrationStateSchema } from '../domain/integration.ts';

const secretsSchema = z.object({
  authorizationCode: z.string().nullish(),
  accessToken: z.string().nullish(),
  refreshToken: z.string().nullish(),
  tokenVersion: z.number().int().default(0),
  tokenExpiresAt: z.date().nullish(),
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

/** Tokens as they are stored: ciphertexts. */
export interface StoredTokens {
  accessToken: string;
  refreshToken: string | null;
  expiresAt: Date;
}

/** The right to use one refresh token, for one process at a time. */
export interface RefreshLease {
  holder: string;
  /** The token pair that is going to be replaced. */
  tokenVersion: number;
  until: Date;
  now: Date;
}

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

    /** @returns whether the lease is ours: nobody holds one, and the pair to be replaced is still the one stored. */
    async takeRefreshLease(organizationId: string, integrationId: string, lease: RefreshLease): Promise<boolean> {
      const { holder, tokenVersion, until, now } = lease;
      const nobody = [{ 'secrets.refreshLease': null }, { 'secrets.refreshLease.until': { $lte: now } }];
      const taken = await model.updateOne(
        { organizationId, integrationId, 'secrets.tokenVersion': tokenVersion, $or: nobody },
        { $set: { 'secrets.refreshLease': { holder, until } } },
      );
      return taken.matchedCount > 0;
    },

    async dropRefreshLease(organizationId: string, integrationId: string, holder: string): Promise<void> {
      await model.updateOne(
        { organizationId, integrationId, 'secrets.refreshLease.holder': holder },
        { $set: { 'secrets.refreshLease': null } },
      );
    },

    /**
     * Replaces both tokens in one step and forgets the authorization code they may come from. With `replaces`, only
     * when that version is still stored: a pair that a person brought meanwhile stays. No lease is asked for: a valid
     * pair that is not stored is lost.
     * @returns the new token version (who is refused with an older one need not ask for a refresh), or null when
     * nothing was stored.
     */
    async saveTokens(
      organizationId: string,
      integrationId: string,
      tokens: StoredTokens,
      replaces?: number,
    ): Promise<number | null> {
      const known = replaces === undefined ? {} : { 'secrets.tokenVersion': replaces };
      const saved = await model.updateOne(
        { organizationId, integrationId, 'secrets.forgotten': { $ne: true }, ...known },
        {
          $set: {
            'secrets.accessToken': tokens.accessToken,
            'secrets.refreshToken': tokens.refreshToken,
            'secrets.tokenExpiresAt': tokens.expiresAt,
            'secrets.authorizationCode': null,
            'secrets.refreshLease': null,
            tokenExpiresAt: tokens.expiresAt,
          },
          $inc: { 'secrets.tokenVersion': 1 },
        },
      );
      if (saved.matchedCount === 0) return null;
      const found = await model.findOne({ organizationId, integrationId }, { secrets: 1 }).lean();
      return secretsSchema.parse(found?.secrets ?? {}).tokenVersion;
    },

    /** Puts back what `secrets` held before `saveTokens`, as a new version. */
    async restoreTokens(organizationId: string, integrationId: string, before: IntegrationSecrets): Promise<void> {
      const { accessToken = null, refreshToken = null, tokenExpiresAt = null } = before;
      await set(organizationId, integrationId, { accessToken, refreshToken, tokenExpiresAt });
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

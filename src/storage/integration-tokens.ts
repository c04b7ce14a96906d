import type { Model } from 'mongoose';
import { secretsSchema } from './integration-secrets.ts';

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

/** The token pair of an integration, and who may renew it. Tokens are ciphertexts here (security/key-ring.ts). */
// biome-ignore lint/suspicious/noExplicitAny: the model's document type is private to integrations.ts, results are parsed
export function createIntegrationTokens(model: Model<any>) {
  return {
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

    /**
     * Keeps the stored pair aside, until `restoreTokens` or `dropKeptTokens`: who has signed in is known only after the
     * new pair is stored. What is kept already stays: then the stored pair is one whose account was never known.
     */
    async keepTokens(organizationId: string, integrationId: string): Promise<void> {
      const found = await model.findOne({ organizationId, integrationId }, { secrets: 1 }).lean();
      const {
        accessToken = null,
        refreshToken = null,
        tokenExpiresAt = null,
      } = secretsSchema.parse(found?.secrets ?? {});
      await model.updateOne(
        { organizationId, integrationId, 'secrets.forgotten': { $ne: true }, 'secrets.keptTokens': null },
        { $set: { 'secrets.keptTokens': { accessToken, refreshToken, tokenExpiresAt } } },
      );
    },

    /** Puts back the pair that was kept, under the version which `saveTokens` has made. */
    async restoreTokens(organizationId: string, integrationId: string): Promise<void> {
      const found = await model.findOne({ organizationId, integrationId }, { secrets: 1 }).lean();
      const kept = secretsSchema.parse(found?.secrets ?? {}).keptTokens;
      if (!kept) return;
      await model.updateOne(
        { organizationId, integrationId, 'secrets.forgotten': { $ne: true } },
        {
          $set: {
            'secrets.accessToken': kept.accessToken,
            'secrets.refreshToken': kept.refreshToken,
            'secrets.tokenExpiresAt': kept.tokenExpiresAt,
            'secrets.keptTokens': null,
            tokenExpiresAt: kept.tokenExpiresAt,
          },
        },
      );
    },

    async dropKeptTokens(organizationId: string, integrationId: string): Promise<void> {
      await model.updateOne(
        { organizationId, integrationId, 'secrets.keptTokens': { $ne: null } },
        { $set: { 'secrets.keptTokens': null } },
      );
    },
  };
}

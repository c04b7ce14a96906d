import { setTimeout as wait } from 'node:timers/promises';
import { type Tokens as IssuedTokens, TOKEN_ENDPOINT } from '../helpscout/oauth.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';

/** What a workflow may know of the tokens: when they end, and which pair it is. Never the tokens. */
export interface TokenState {
  tokenVersion: number;
  expiresAtMs: number;
}

/** The pair that an issued one takes the place of. */
export interface ReplacedTokens {
  refreshToken: string;
  tokenVersion: number;
}

/** A pair that is not stored is lost, so a database that is away for a moment is asked again, after these waits. */
const ASK_AGAIN_AFTER_MS = [250, 1000, 4000];

async function patiently<T>(store: () => Promise<T>): Promise<T> {
  for (const waitMs of ASK_AGAIN_AFTER_MS) {
    try {
      return await store();
    } catch {
      await wait(waitMs);
    }
  }
  return store();
}

/** Keeps issued tokens, encrypted, and counts the calls that bring them. */
export function createTokens({ storage, keyRing, now }: Pick<ActivityDeps, 'storage' | 'keyRing' | 'now'>) {
  return {
    /** @returns null when they were not stored: the connection was ended, or has newer ones. */
    async save(scope: Scope, issued: IssuedTokens, replaced: ReplacedTokens | null): Promise<TokenState | null> {
      const expiresAt = new Date(now().getTime() + issued.lifetimeMs);
      const refreshToken = issued.refreshToken ?? replaced?.refreshToken ?? null;
      const stored = {
        accessToken: keyRing.encrypt(issued.accessToken, { ...scope, purpose: 'accessToken' }),
        refreshToken: refreshToken && keyRing.encrypt(refreshToken, { ...scope, purpose: 'refreshToken' }),
        expiresAt,
      };
      const { organizationId, integrationId } = scope;
      const tokenVersion = await patiently(() =>
        storage.integrations.saveTokens(organizationId, integrationId, stored, replaced?.tokenVersion),
      );
      return tokenVersion === null ? null : { tokenVersion, expiresAtMs: expiresAt.getTime() };
    },

    /** Calls of the token endpoint do not use up the account's minute, but are counted all the same. */
    async counted<T>(scope: Scope, call: () => Promise<T>): Promise<T> {
      const { organizationId, integrationId } = scope;
      const counted = () => ({ integrationId, endpoint: TOKEN_ENDPOINT, now: now() });
      await storage.apiUsage.countCall(organizationId, counted());
      try {
        return await call();
      } catch (error) {
        await storage.apiUsage.countError(organizationId, counted());
        throw error;
      }
    },
  };
}
export type Tokens = ReturnType<typeof createTokens>;

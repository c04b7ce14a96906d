import { createHash } from 'node:crypto';
import type { SandboxEvent } from './events.ts';

/** Codes and tokens are kept as hashes only. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export function createTokens(now: () => number) {
  const codes = new Map<string, { expiresAtMs: number }>();
  const accessTokens = new Map<string, { expiresAtMs: number; grant?: string | undefined }>();
  /** To the grant of each; undefined where it was not noted. */
  const refreshTokens = new Map<string, string | undefined>();

  const isAlive = (entry: { expiresAtMs: number } | undefined) => entry !== undefined && entry.expiresAtMs > now();

  return {
    isCodeValid: (code: string): boolean => isAlive(codes.get(hashOf(code))),
    isAccessTokenValid: (token: string): boolean => isAlive(accessTokens.get(hashOf(token))),
    isRefreshTokenValid: (token: string): boolean => refreshTokens.has(hashOf(token)),
    grantOf: (refreshToken: string): string | undefined => refreshTokens.get(hashOf(refreshToken)),
    apply(event: SandboxEvent): void {
      switch (event.kind) {
        case 'codeIssued':
          codes.set(event.hash, event);
          break;
        case 'codeUsed':
          codes.delete(event.hash);
          break;
        case 'tokensIssued':
          accessTokens.set(event.accessHash, event);
          if (event.refreshHash !== null) refreshTokens.set(event.refreshHash, event.grant);
          break;
        case 'refreshTokenUsed':
          refreshTokens.delete(event.hash);
          break;
        case 'grantAccessTokensEnded':
          for (const [hash, { grant }] of accessTokens) if (grant === event.grant) accessTokens.delete(hash);
          break;
        case 'accessTokensExpired':
          accessTokens.clear();
          break;
        case 'tokensRevoked':
          codes.clear();
          accessTokens.clear();
          refreshTokens.clear();
          break;
      }
    },
  };
}

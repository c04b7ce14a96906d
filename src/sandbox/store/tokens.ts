import { createHash } from 'node:crypto';
import type { SandboxEvent } from './events.ts';

/** Codes and tokens are kept as hashes only. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export function createTokens(now: () => number) {
  const codes = new Map<string, { expiresAtMs: number }>();
  const accessTokens = new Map<string, { expiresAtMs: number }>();
  const refreshTokens = new Set<string>();

  const isAlive = (entry: { expiresAtMs: number } | undefined) => entry !== undefined && entry.expiresAtMs > now();

  return {
    isCodeValid: (code: string): boolean => isAlive(codes.get(hashOf(code))),
    isAccessTokenValid: (token: string): boolean => isAlive(accessTokens.get(hashOf(token))),
    isRefreshTokenValid: (token: string): boolean => refreshTokens.has(hashOf(token)),
    apply(event: SandboxEvent): void {
      switch (event.kind) {
        case 'codeIssued':
          codes.set(event.hash, event);
          break;
        case 'codeUsed':
          codes.delete(event.hash);
          break;
        case 'tokensIssued':
          // Older access tokens live on until they expire: nothing says that a refresh ends them.
          accessTokens.set(event.accessHash, event);
          if (event.refreshHash !== null) refreshTokens.add(event.refreshHash);
          break;
        case 'refreshTokenUsed':
          refreshTokens.delete(event.hash);
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

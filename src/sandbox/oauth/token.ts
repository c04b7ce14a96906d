import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Response } from 'express';
import { z } from 'zod';
import type { Endpoint } from '../http/endpoint.ts';
import { sendJson } from '../http/envelope.ts';
import type { Store } from '../store/store.ts';
import { hashOf } from '../store/tokens.ts';
import type { Switches } from '../switches.ts';

export interface TokenDeps {
  store: Store;
  switches: Switches;
  appId: string;
  appSecret: string;
  now: () => number;
}

const text = z.string().optional().catch(undefined);
const requestSchema = z.object({
  grant_type: text,
  client_id: text,
  client_secret: text,
  code: text,
  refresh_token: text,
});

/**
 * The token endpoint. Parameters come as form, JSON or query. Codes and refresh tokens work once; every refresh gives a
 * new pair.
 */
export function tokenEndpoint({ store, switches, appId, appSecret, now }: TokenDeps): Endpoint {
  function issue(response: Response, { withRefreshToken }: { withRefreshToken: boolean }): void {
    const lifetimeSeconds = switches.tokenLifetimeSeconds;
    const accessToken = `at_${randomBytes(24).toString('hex')}`;
    const refreshToken = withRefreshToken ? `rt_${randomBytes(24).toString('hex')}` : null;
    store.commit({
      kind: 'tokensIssued',
      accessHash: hashOf(accessToken),
      expiresAtMs: Math.floor(now() + lifetimeSeconds * 1000),
      refreshHash: refreshToken === null ? null : hashOf(refreshToken),
    });
    response.setHeader('Cache-Control', 'no-store');
    sendJson(response, 200, 'application/json', {
      token_type: 'bearer',
      access_token: accessToken,
      ...(refreshToken !== null && { refresh_token: refreshToken }),
      expires_in: lifetimeSeconds,
    });
  }

  return {
    method: 'POST',
    template: '/v2/oauth2/token',
    handle(request, response) {
      const input = requestSchema.parse({ ...request.query, ...bodyOf(request.body) });
      if (!isSame(input.client_id, appId) || !isSame(input.client_secret, appSecret)) {
        return sendJson(response, 401, 'application/json', { error: 'invalid_client' });
      }
      switch (input.grant_type) {
        case 'authorization_code': {
          const { code = '' } = input;
          if (!store.tokens.isCodeValid(code)) return refuse(response, 'The code is unknown, used or expired.');
          store.commit({ kind: 'codeUsed', hash: hashOf(code) });
          return issue(response, { withRefreshToken: true });
        }
        case 'refresh_token': {
          const { refresh_token: refreshToken = '' } = input;
          if (!store.tokens.isRefreshTokenValid(refreshToken)) {
            return refuse(response, 'The refresh token is unknown, used or revoked.');
          }
          store.commit({ kind: 'refreshTokenUsed', hash: hashOf(refreshToken) });
          return issue(response, { withRefreshToken: true });
        }
        case 'client_credentials':
          return issue(response, { withRefreshToken: false });
        default:
          return sendJson(response, 400, 'application/json', { error: 'unsupported_grant_type' });
      }
    },
  };
}

function refuse(response: Response, description: string): void {
  sendJson(response, 400, 'application/json', { error: 'invalid_grant', error_description: description });
}

/** A body that is no object, such as none at all, has no parameters. */
function bodyOf(body: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).catch({}).parse(body);
}

function isSame(given: string | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(hashOf(given ?? '')), Buffer.from(hashOf(expected))];
  return given !== undefined && timingSafeEqual(a, b);
}

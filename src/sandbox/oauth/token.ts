import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Response } from 'express';
import { z } from 'zod';
import type { Endpoint } from '../http/endpoint.ts';
import { sendJson } from '../http/envelope.ts';
import type { Store } from '../store/store.ts';
import { hashOf } from '../store/tokens.ts';
import type { Switches } from '../switches.ts';
import { sendTokenError } from './token-errors.ts';

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
 * The token endpoint. Parameters come as form, JSON or query. Codes work once; refresh tokens too, each refresh giving a
 * new pair, unless a switch keeps them.
 */
export function tokenEndpoint({ store, switches, appId, appSecret, now }: TokenDeps): Endpoint {
  /** `refreshToken` is what the answer carries; only a new one is stored. */
  function issue(response: Response, grant: string, refreshToken: { value: string; isNew: boolean } | null): void {
    const lifetimeSeconds = switches.values.oauth.tokenLifetimeSeconds;
    const accessToken = `at_${randomBytes(24).toString('hex')}`;
    store.commit({
      kind: 'tokensIssued',
      accessHash: hashOf(accessToken),
      expiresAtMs: Math.floor(now() + lifetimeSeconds * 1000),
      refreshHash: refreshToken?.isNew ? hashOf(refreshToken.value) : null,
      grant,
    });
    response.setHeader('Cache-Control', 'no-store');
    sendJson(response, 200, 'application/json', {
      token_type: 'bearer',
      access_token: accessToken,
      ...(refreshToken !== null && { refresh_token: refreshToken.value }),
      expires_in: lifetimeSeconds,
    });
  }

  function refresh(response: Response, refreshToken: string): void {
    const { refreshTokens, accessTokensSurviveRefresh } = switches.values.oauth;
    const grant = store.tokens.grantOf(refreshToken) ?? randomUUID();
    if (refreshTokens === 'rotating') store.commit({ kind: 'refreshTokenUsed', hash: hashOf(refreshToken) });
    if (!accessTokensSurviveRefresh) store.commit({ kind: 'grantAccessTokensEnded', grant });
    const answered = {
      rotating: newRefreshToken(),
      kept: { value: refreshToken, isNew: false },
      omitted: null,
    }[refreshTokens];
    issue(response, grant, answered);
  }

  const refuse = (response: Response, status: number, error: string, description?: string) =>
    sendTokenError(response, switches.values.oauth.errorBodies, status, {
      error,
      ...(description !== undefined && { error_description: description }),
    });

  return {
    method: 'POST',
    template: '/v2/oauth2/token',
    handle(request, response) {
      const input = requestSchema.parse({ ...request.query, ...bodyOf(request.body) });
      if (!isSame(input.client_id, appId) || !isSame(input.client_secret, appSecret)) {
        return refuse(response, 401, 'invalid_client');
      }
      switch (input.grant_type) {
        case 'authorization_code': {
          const { code = '' } = input;
          if (!store.tokens.isCodeValid(code)) {
            return refuse(response, 400, 'invalid_grant', 'The code is unknown, used or expired.');
          }
          store.commit({ kind: 'codeUsed', hash: hashOf(code) });
          return issue(response, randomUUID(), newRefreshToken());
        }
        case 'refresh_token': {
          const { refresh_token: refreshToken = '' } = input;
          if (!store.tokens.isRefreshTokenValid(refreshToken)) {
            return refuse(response, 400, 'invalid_grant', 'The refresh token is unknown, used or revoked.');
          }
          return refresh(response, refreshToken);
        }
        case 'client_credentials':
          return issue(response, randomUUID(), null);
        default:
          return refuse(response, 400, 'unsupported_grant_type');
      }
    },
  };
}

function newRefreshToken() {
  return { value: `rt_${randomBytes(24).toString('hex')}`, isNew: true };
}

/** A body that is no object, such as none at all, has no parameters. */
function bodyOf(body: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).catch({}).parse(body);
}

function isSame(given: string | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(hashOf(given ?? '')), Buffer.from(hashOf(expected))];
  return given !== undefined && timingSafeEqual(a, b);
}

import { z } from 'zod';
import { callUrl } from './call-url.ts';
import { connectionFailure } from './connection-failure.ts';
import { endpointName, TOKEN_REQUEST } from './endpoints.ts';
import {
  HelpScoutInvalidGrant,
  HelpScoutRateLimited,
  HelpScoutTimeout,
  HelpScoutUnavailable,
  HelpScoutUnexpectedShape,
} from './errors.ts';
import { retryAfterMs } from './rate-headers.ts';
import { readBody } from './read-body.ts';
import { parseJson } from './request.ts';

/** Name of the token endpoint in usage counts and errors. */
export const TOKEN_ENDPOINT = endpointName(TOKEN_REQUEST);

const TIMEOUT_MS = 20_000;

export interface OAuthApp {
  apiUrl: string;
  appId: string;
  appSecret: string;
}

export interface Tokens {
  accessToken: string;
  /** Null when the answer has none: the one used stays valid. */
  refreshToken: string | null;
  lifetimeMs: number;
}

/** Two days, as every grant lasts. */
const USUAL_LIFETIME_SECONDS = 172_800;

/**
 * A pair that is not understood is lost, and the connection with it, so only the access token must be there. It goes
 * into a header as it is: other characters than a header's would be refused with a message that shows them.
 */
const tokenReplySchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  refresh_token: z
    .string()
    .nullish()
    .transform((token) => token || null),
  expires_in: z.coerce
    .number()
    .positive()
    .max(10 * 365 * 86_400)
    .catch(USUAL_LIFETIME_SECONDS),
});

/**
 * Where a browser goes so that its user lets us in; Help Scout sends it back to the app's registered address with a
 * `code` and this `state`.
 */
export function authoriseUrl({ secureUrl, appId }: { secureUrl: string; appId: string }, state: string): string {
  const url = new URL(`${secureUrl}/authentication/authorizeClientApplication`);
  url.searchParams.set('client_id', appId);
  url.searchParams.set('state', state);
  return url.href;
}

/** Exchanges a single-use authorization code. @throws HelpScoutInvalidGrant when it is used, expired or not ours. */
export const exchangeCode = (app: OAuthApp, code: string, signal?: AbortSignal) =>
  requestTokens(app, { grant_type: 'authorization_code', code }, signal);

/**
 * Trades a refresh token for a new pair; the old refresh token dies with it. Where the answer is lost, the pair may be:
 * trying again then tells, by HelpScoutInvalidGrant.
 * @throws HelpScoutInvalidGrant when it is used up or revoked
 */
export const refreshTokens = (app: OAuthApp, refreshToken: string, signal?: AbortSignal) =>
  requestTokens(app, { grant_type: 'refresh_token', refresh_token: refreshToken }, signal);

/**
 * The body of a refusal is undocumented (JSON, HTML or nothing), so only the status decides: 4xx other than 408 and
 * 429 is for good, everything else is worth another try.
 */
async function requestTokens(app: OAuthApp, grant: Record<string, string>, signal?: AbortSignal): Promise<Tokens> {
  const { status, headers, text } = await post(app, grant, signal);
  const context = { endpoint: TOKEN_ENDPOINT, status };
  if (status === 429) throw new HelpScoutRateLimited(retryAfterMs(headers), context);
  if (status === 408) throw new HelpScoutTimeout('no answer in time', context);
  if (status >= 500) throw new HelpScoutUnavailable('Help Scout failed', context);
  if (status >= 400) throw new HelpScoutInvalidGrant('the grant is not accepted', context);
  const parsed = tokenReplySchema.safeParse(status < 300 ? parseJson(text) : undefined);
  if (!parsed.success) throw new HelpScoutUnexpectedShape('no tokens in the reply', context);
  const { access_token, refresh_token, expires_in } = parsed.data;
  return { accessToken: access_token, refreshToken: refresh_token, lifetimeMs: expires_in * 1000 };
}

async function post(app: OAuthApp, grant: Record<string, string>, signal: AbortSignal | undefined) {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(callUrl(app.apiUrl, { endpoint: TOKEN_REQUEST }, new Set([TOKEN_ENDPOINT])), {
      method: TOKEN_REQUEST.method,
      body: new URLSearchParams({ ...grant, client_id: app.appId, client_secret: app.appSecret }),
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    });
    const text = response.ok ? await readBody(response) : await readBody(response).catch(() => '');
    return { status: response.status, headers: response.headers, text };
  } catch (cause) {
    throw connectionFailure(cause, TOKEN_REQUEST);
  }
}

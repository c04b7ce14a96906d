import {
  HelpScoutInvalidGrant,
  HelpScoutRateLimited,
  HelpScoutTimeout,
  HelpScoutUnavailable,
  HelpScoutUnexpectedShape,
} from './errors.ts';
import { tokenReplySchema } from './schemas.ts';

/** Name of the token endpoint in usage counts and errors. */
export const TOKEN_ENDPOINT = 'POST /v2/oauth2/token';

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

/** Exchanges a single-use authorization code. @throws HelpScoutInvalidGrant when it is used, expired or not ours. */
export const exchangeCode = (app: OAuthApp, code: string, signal?: AbortSignal) =>
  requestTokens(app, { grant_type: 'authorization_code', code }, signal);

/** Trades a refresh token for a new pair; the old refresh token dies with it. @throws HelpScoutInvalidGrant when revoked. */
export const refreshTokens = (app: OAuthApp, refreshToken: string, signal?: AbortSignal) =>
  requestTokens(app, { grant_type: 'refresh_token', refresh_token: refreshToken }, signal);

/**
 * The body of a refusal is undocumented (JSON, HTML or nothing), so only the status decides: 4xx other than 408 and
 * 429 is for good, everything else is worth another try.
 */
async function requestTokens(app: OAuthApp, grant: Record<string, string>, signal?: AbortSignal): Promise<Tokens> {
  const timeout = AbortSignal.timeout(20_000);
  const response = await fetch(`${app.apiUrl}/v2/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...grant, client_id: app.appId, client_secret: app.appSecret }),
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
  }).catch((cause: unknown) => {
    const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
    const meaning = timedOut ? 'no answer in time' : 'the connection failed';
    throw new (timedOut ? HelpScoutTimeout : HelpScoutUnavailable)(meaning, { endpoint: TOKEN_ENDPOINT });
  });
  const { status } = response;
  if (status === 429) throw new HelpScoutRateLimited(60_000, { endpoint: TOKEN_ENDPOINT, status });
  if (status === 408 || status >= 500)
    throw new HelpScoutUnavailable('Help Scout failed', { endpoint: TOKEN_ENDPOINT, status });
  if (!response.ok) throw new HelpScoutInvalidGrant('the grant is not accepted', { endpoint: TOKEN_ENDPOINT, status });
  const parsed = tokenReplySchema.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success)
    throw new HelpScoutUnexpectedShape('no tokens in the reply', { endpoint: TOKEN_ENDPOINT, status });
  const { access_token, refresh_token, expires_in } = parsed.data;
  return { accessToken: access_token, refreshToken: refresh_token ?? null, lifetimeMs: expires_in * 1000 };
}

import assert from 'node:assert/strict';
import { createHelpScoutClient } from '../../src/helpscout/client.ts';
import {
  HelpScoutInvalidGrant,
  HelpScoutRateLimited,
  HelpScoutTimeout,
  HelpScoutUnauthorized,
  HelpScoutUnavailable,
  HelpScoutUnexpectedShape,
} from '../../src/helpscout/errors.ts';
import { authoriseUrl, exchangeCode, refreshTokens } from '../../src/helpscout/oauth.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { APP, control, decide, start, stopAll } from '../sandbox/support.ts';
import { hasKeys } from './contract.ts';
import { startProxy } from './recording-proxy.ts';
import { type ScriptedAnswer, withScripted } from './scripted-server.ts';

const app = (apiUrl: string) => ({ apiUrl, appId: APP.appId, appSecret: APP.appSecret });

describe('contract: OAuth', () => {
  afterEach(stopAll);

  it('sends the browser to the authorise page with an app and a state, and nothing else', async () => {
    const sandbox = await start();
    const url = new URL(authoriseUrl({ secureUrl: sandbox.url, appId: APP.appId }, 'a state & more'));
    assert.equal(url.pathname, '/authentication/authorizeClientApplication');
    assert.deepEqual(Object.fromEntries(url.searchParams), { client_id: APP.appId, state: 'a state & more' });
    assert.equal((await fetch(url)).status, 200);
    const back = await decide(sandbox, 'authorize', 'a state & more');
    assert.equal(back.searchParams.get('state'), 'a state & more');
    assert(back.searchParams.get('code'));
  });

  it('posts both grants as a form, and gets a pair that lasts two days', async () => {
    const sandbox = await start();
    const { url, calls, close } = await startProxy(sandbox.url);
    try {
      const code = (await decide(sandbox, 'authorize')).searchParams.get('code') ?? '';
      const first = await exchangeCode(app(url), code);
      const second = await refreshTokens(app(url), first.refreshToken ?? '');
      assert.notEqual(second.refreshToken, first.refreshToken);
      assert.equal(second.lifetimeMs, 172_800_000);
      for (const { method, path, sentHeaders, status, answer, headers } of calls) {
        assert.deepEqual([method, path, status], ['POST', '/v2/oauth2/token', 200]);
        assert.match(sentHeaders['content-type'] ?? '', /^application\/x-www-form-urlencoded/);
        assert.equal(sentHeaders.authorization, undefined);
        assert.match(headers.get('content-type') ?? '', /json/);
        hasKeys(answer, 'token_type access_token refresh_token expires_in');
      }
    } finally {
      await close();
    }
  });

  for (const errorBodies of ['json', 'html', 'empty'] as const) {
    it(`hears a refusal for good, told as ${errorBodies}`, async () => {
      const sandbox = await start();
      await control(sandbox, 'PATCH', '/switches', { oauth: { errorBodies } });
      await assert.rejects(exchangeCode(app(sandbox.url), 'no-code'), HelpScoutInvalidGrant);
      await assert.rejects(refreshTokens(app(sandbox.url), 'no-token'), HelpScoutInvalidGrant);
      const stranger = { ...app(sandbox.url), appSecret: 'wrong' };
      await assert.rejects(refreshTokens(stranger, 'no-token'), HelpScoutInvalidGrant);
    });
  }

  it('takes an answer without a refresh token for leave to keep the old one', async () => {
    await withScripted([{ body: { access_token: 'a', expires_in: 5 } }], async ({ url }) => {
      const tokens = await refreshTokens(app(url), 'old');
      assert.deepEqual(tokens, { accessToken: 'a', refreshToken: null, lifetimeMs: 5000 });
    });
  });

  it('loses no pair for what else is odd about the answer', async () => {
    const odd = [
      { access_token: 'a', refresh_token: '' },
      { access_token: 'a', refresh_token: null, expires_in: null },
      { access_token: 'a', expires_in: 1e21 },
      { access_token: 'a', expires_in: 'soon' },
    ];
    for (const body of odd) {
      await withScripted([{ body }], async ({ url }) => {
        const tokens = await refreshTokens(app(url), 'old');
        assert.deepEqual(tokens, { accessToken: 'a', refreshToken: null, lifetimeMs: 172_800_000 });
      });
    }
  });

  it('takes no access token that a header cannot carry', async () => {
    for (const access_token of ['', 'secret\n', 'sec ret', 'secr\u00e9t']) {
      await withScripted([{ body: { access_token, expires_in: 5 } }], ({ url }) =>
        assert.rejects(refreshTokens(app(url), 'old'), HelpScoutUnexpectedShape),
      );
    }
  });

  const OUTCOMES: [ScriptedAnswer, new (...args: never[]) => Error][] = [
    [{ status: 400 }, HelpScoutInvalidGrant],
    [{ status: 401 }, HelpScoutInvalidGrant],
    [{ status: 404 }, HelpScoutInvalidGrant],
    [{ status: 408 }, HelpScoutTimeout],
    [{ status: 429 }, HelpScoutRateLimited],
    [{ status: 500 }, HelpScoutUnavailable],
    [{ status: 502 }, HelpScoutUnavailable],
    [{ status: 503 }, HelpScoutUnavailable],
    [{ status: 504 }, HelpScoutUnavailable],
    [{ status: 302, headers: { location: 'http://127.0.0.1:9/' } }, HelpScoutUnexpectedShape],
    [{ status: 200 }, HelpScoutUnexpectedShape],
    [{ status: 200, cut: 'within', headers: { 'content-length': '999' } }, HelpScoutUnavailable],
    [{ cut: 'before' }, HelpScoutUnavailable],
  ];

  it('tells what is refused for good from what is worth another try, whatever the body', async () => {
    for (const [answer, kind] of OUTCOMES) {
      for (const body of ['{"error":"invalid_grant"}', '<html>', '[]', '']) {
        await withScripted([{ ...answer, body }], async ({ url }) => {
          await assert.rejects(refreshTokens(app(url), 'secret-token'), (error) => {
            assert(error instanceof kind, `${JSON.stringify(answer)}: ${String(error)}`);
            assert(!error.message.includes('secret'));
            return true;
          });
        });
      }
    }
  });

  it('hears that the access token is not accepted, in answer to a call', async () => {
    const sandbox = await start();
    const client = createHelpScoutClient({ apiUrl: sandbox.url, accessToken: 'unknown', budget: unlimited });
    await assert.rejects(client.users.me(), HelpScoutUnauthorized);
  });
});

import assert from 'node:assert/strict';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { APP, control, decide, inboxClient, postToken, signIn, start, stopAll } from './support.ts';

describe('sandbox: OAuth', () => {
  afterEach(stopAll);

  it('shows a page with an Authorize and a Deny button', async () => {
    const sandbox = await start();
    const path = '/authentication/authorizeClientApplication';
    const answer = await fetch(`${sandbox.url}${path}?client_id=${APP.appId}&state=a%22b&response_type=code`);
    const html = await answer.text();
    assert.equal(answer.status, 200);
    assert.match(html, /value="authorize"/);
    assert.match(html, /value="deny"/);
    assert.match(html, /name="state" value="a&quot;b"/);
  });

  it('refuses an unknown app and an address that is not the registered one', async () => {
    const sandbox = await start();
    const path = '/authentication/authorizeClientApplication';
    for (const query of ['client_id=other', `client_id=${APP.appId}&redirect_uri=http://evil.example/`, '']) {
      const answer = await fetch(`${sandbox.url}${path}?${query}`);
      assert.equal(answer.status, 400, query);
    }
  });

  it('takes any address, and codes for as long, as is switched', async () => {
    const sandbox = await start({ switches: { oauth: { redirectUri: 'ignored', codeLifetimeSeconds: 30 } } });
    const query = new URLSearchParams({ client_id: APP.appId, redirect_uri: 'http://other.example/' });
    const answer = await fetch(`${sandbox.url}/authentication/authorizeClientApplication?${query}`);
    assert.equal(answer.status, 200);
    const code = (await decide(sandbox, 'authorize')).searchParams.get('code') ?? '';
    await control(sandbox, 'PUT', '/clock', { advanceSeconds: 30 });
    assert.equal((await postToken(sandbox, { grant_type: 'authorization_code', code })).status, 400);
  });

  it('returns to the registered address with code and state, or with the refusal', async () => {
    const sandbox = await start();
    const authorized = await decide(sandbox, 'authorize', 's-1');
    assert.equal(`${authorized.origin}${authorized.pathname}`, 'http://127.0.0.1:9/callback');
    assert.equal(authorized.searchParams.get('from'), 'test');
    assert.equal(authorized.searchParams.get('state'), 's-1');
    assert.ok(authorized.searchParams.get('code'));
    const denied = await decide(sandbox, 'deny', 's-2');
    assert.equal(denied.searchParams.get('error'), 'access_denied');
    assert.equal(denied.searchParams.get('state'), 's-2');
    assert.equal((await decide(sandbox, 'authorize')).searchParams.has('state'), false);
  });

  it('gives tokens for a code once, and not after ten minutes', async () => {
    let nowMs = Date.now();
    const sandbox = await start({ now: () => nowMs });
    const code = (await decide(sandbox, 'authorize')).searchParams.get('code') ?? '';
    const first = await postToken(sandbox, { grant_type: 'authorization_code', code });
    assert.equal(first.status, 200);
    assert.deepEqual(Object.keys(await first.json()), ['token_type', 'access_token', 'refresh_token', 'expires_in']);
    const second = await postToken(sandbox, { grant_type: 'authorization_code', code });
    assert.equal(second.status, 400);
    assert.equal((await second.json()).error, 'invalid_grant');

    const late = (await decide(sandbox, 'authorize')).searchParams.get('code') ?? '';
    nowMs += 10 * 60 * 1000;
    assert.equal((await postToken(sandbox, { grant_type: 'authorization_code', code: late })).status, 400);
  });

  it('takes JSON and query parameters as well', async () => {
    const sandbox = await start();
    const parameters = { grant_type: 'client_credentials', client_id: APP.appId, client_secret: APP.appSecret };
    const json = await fetch(`${sandbox.url}/v2/oauth2/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    });
    assert.equal(json.status, 200);
    assert.equal('refresh_token' in (await json.json()), false);
    const query = await fetch(`${sandbox.url}/v2/oauth2/token?${new URLSearchParams(parameters)}`, { method: 'POST' });
    assert.equal(query.status, 200);
    const journal = await control(sandbox, 'GET', '/journal');
    assert.equal(JSON.stringify(journal).includes(APP.appSecret), false);
  });

  it('rotates refresh tokens: the old one is refused, the new one works', async () => {
    const sandbox = await start();
    const { refresh_token: first } = await signIn(sandbox);
    const answer = await postToken(sandbox, { grant_type: 'refresh_token', refresh_token: first });
    const { refresh_token: second } = await answer.json();
    assert.notEqual(second, first);
    const replay = await postToken(sandbox, { grant_type: 'refresh_token', refresh_token: first });
    assert.equal(replay.status, 400);
    assert.equal((await replay.json()).error, 'invalid_grant');
    assert.equal((await postToken(sandbox, { grant_type: 'refresh_token', refresh_token: second })).status, 200);
  });

  it('answers invalid_client and unsupported_grant_type', async () => {
    const sandbox = await start();
    const wrong = await postToken(sandbox, { grant_type: 'client_credentials', client_secret: 'no' });
    assert.equal(wrong.status, 401);
    assert.deepEqual(await wrong.json(), { error: 'invalid_client' });
    const unknown = await postToken(sandbox, { grant_type: 'password' });
    assert.equal(unknown.status, 400);
    assert.deepEqual(await unknown.json(), { error: 'unsupported_grant_type' });
  });

  it('lets access tokens expire after the configured life', async () => {
    let nowMs = Date.now();
    const sandbox = await start({ now: () => nowMs, tokenLifetimeSeconds: 60 });
    assert.equal((await signIn(sandbox)).expires_in, 60);
    const client = await inboxClient(sandbox);
    assert.equal((await client.call('GET', '/v2/users/me')).status, 200);
    nowMs += 60_000;
    assert.equal((await client.call('GET', '/v2/users/me')).status, 401);
    await control(sandbox, 'PUT', '/token-lifetime', { seconds: 7 });
    assert.equal((await signIn(sandbox)).expires_in, 7);
  });

  it('expires access tokens, or revokes the connection, on command', async () => {
    const sandbox = await start();
    const { access_token: token, refresh_token: refreshToken } = await signIn(sandbox);
    const me = () => fetch(`${sandbox.url}/v2/users/me`, { headers: { authorization: `Bearer ${token}` } });
    await control(sandbox, 'POST', '/tokens/expire');
    assert.equal((await me()).status, 401);
    const refreshed = await postToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
    assert.equal(refreshed.status, 200);
    const { refresh_token: next } = await refreshed.json();
    await control(sandbox, 'POST', '/tokens/revoke');
    const refused = await postToken(sandbox, { grant_type: 'refresh_token', refresh_token: next });
    assert.equal((await refused.json()).error, 'invalid_grant');
  });

  const refresh = (sandbox: Sandbox, refreshToken: string) =>
    postToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
  const statusWith = async (sandbox: Sandbox, token: string) =>
    (await fetch(`${sandbox.url}/v2/users/me`, { headers: { authorization: `Bearer ${token}` } })).status;

  it('keeps refresh tokens when told to, with or without repeating them', async () => {
    const sandbox = await start();
    const { refresh_token: token } = await signIn(sandbox);
    await control(sandbox, 'PATCH', '/switches', { oauth: { refreshTokens: 'kept' } });
    assert.equal((await (await refresh(sandbox, token)).json()).refresh_token, token);
    await control(sandbox, 'PATCH', '/switches', { oauth: { refreshTokens: 'omitted' } });
    const answer = await (await refresh(sandbox, token)).json();
    assert.deepEqual(Object.keys(answer), ['token_type', 'access_token', 'expires_in']);
    assert.equal(await statusWith(sandbox, answer.access_token), 200);
    await control(sandbox, 'PATCH', '/switches', { oauth: { refreshTokens: 'rotating' } });
    assert.equal((await refresh(sandbox, token)).status, 200);
    assert.equal((await refresh(sandbox, token)).status, 400);
  });

  it("lets a connection's older access tokens survive a refresh, or ends them", async () => {
    const sandbox = await start();
    const [one, other] = [await signIn(sandbox), await signIn(sandbox)];
    const first = await (await refresh(sandbox, one.refresh_token)).json();
    assert.equal(await statusWith(sandbox, one.access_token), 200);
    await control(sandbox, 'PATCH', '/switches', { oauth: { accessTokensSurviveRefresh: false } });
    const second = await (await refresh(sandbox, first.refresh_token)).json();
    assert.equal(await statusWith(sandbox, one.access_token), 401);
    assert.equal(await statusWith(sandbox, first.access_token), 401);
    assert.equal(await statusWith(sandbox, second.access_token), 200);
    assert.equal(await statusWith(sandbox, other.access_token), 200, 'another connection is left alone');
  });

  it('refuses with JSON, HTML or nothing', async () => {
    const sandbox = await start();
    const answers: [number, string | null, string][] = [];
    for (const errorBodies of ['json', 'html', 'empty']) {
      await control(sandbox, 'PATCH', '/switches', { oauth: { errorBodies } });
      const answer = await refresh(sandbox, 'unknown');
      answers.push([answer.status, answer.headers.get('content-type'), (await answer.text()).slice(0, 15)]);
    }
    assert.deepEqual(answers, [
      [400, 'application/json', '{"error":"inval'],
      [400, 'text/html; charset=utf-8', '<!doctype html>'],
      [400, null, ''],
    ]);
  });
});

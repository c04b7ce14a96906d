import assert from 'node:assert/strict';
import { control, inboxClient, postToken, signIn, start, stopAll } from './support.ts';

/** Ten seconds into a minute. */
const CLOCK_MS = Date.parse('2026-03-01T09:30:10Z');

describe('sandbox: rate limit', () => {
  afterEach(stopAll);

  it('puts the headers on every answer and counts writes twice', async () => {
    const sandbox = await start({ now: () => CLOCK_MS, rateLimitPerMinute: 10 });
    const client = await inboxClient(sandbox);
    const remaining = async (method: string, path: string) => {
      const { headers } = await client.call(method, path);
      assert.equal(headers.get('x-ratelimit-limit-minute'), '10');
      return headers.get('x-ratelimit-remaining-minute');
    };
    assert.equal(await remaining('GET', '/v2/users/me'), '9', 'the token endpoint was free');
    assert.equal(await remaining('DELETE', '/v2/webhooks/1'), '7');
    assert.equal(await remaining('GET', '/v2/nowhere'), '6');
    const unauthorized = await fetch(`${sandbox.url}/v2/users/me`);
    assert.equal(unauthorized.status, 401);
    assert.equal(unauthorized.headers.get('x-ratelimit-remaining-minute'), '5');
  });

  it('answers 429 with the wait, until the minute is over', async () => {
    let nowMs = CLOCK_MS;
    const sandbox = await start({ now: () => nowMs, rateLimitPerMinute: 2 });
    const client = await inboxClient(sandbox);
    await client.get('/v2/users/me');
    assert.equal((await client.call('DELETE', '/v2/webhooks/1')).status, 429, 'a write does not fit any more');
    await client.get('/v2/users/me');
    const refused = await client.call('GET', '/v2/users/me');
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('x-ratelimit-limit-minute'), '2');
    assert.equal(refused.headers.get('x-ratelimit-remaining-minute'), '0');
    assert.equal(refused.headers.get('x-ratelimit-retry-after'), '50');
    assert.deepEqual(await refused.json(), { message: 'API rate limit exceeded' });
    nowMs += 50_000;
    await client.get('/v2/users/me');
  });

  it('takes another limit on command', async () => {
    const sandbox = await start({ now: () => CLOCK_MS, rateLimitPerMinute: 1 });
    const client = await inboxClient(sandbox);
    await client.get('/v2/users/me');
    assert.equal((await client.call('GET', '/v2/users/me')).status, 429);
    await control(sandbox, 'PUT', '/rate-limit', { perMinute: 5 });
    await client.get('/v2/users/me');
  });
});

describe('sandbox: faults', () => {
  afterEach(stopAll);

  it("makes one conversation's threads unreadable until the fault is lifted", async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await control(sandbox, 'PUT', '/faults/conversations/7002', { threads: '500' });
    const list = await client.get('/v2/conversations?embed=threads&sortOrder=asc');
    const embedded = list._embedded.conversations.map(
      (item: { _embedded: { threads: [] } }) => item._embedded.threads.length,
    );
    assert.deepEqual(embedded, [1, 0, 1]);
    const got = await client.get('/v2/conversations/7002?embed=threads');
    assert.equal(got.threads, 1);
    assert.deepEqual(got._embedded.threads, []);
    assert.equal((await client.call('GET', '/v2/conversations/7002/threads')).status, 500);
    assert.deepEqual((await control(sandbox, 'GET', '/faults')).conversations, [
      { conversationId: 7002, threads: '500' },
    ]);
    await control(sandbox, 'DELETE', '/faults/conversations/7002');
    assert.equal((await client.call('GET', '/v2/conversations/7002/threads')).status, 200);
  });

  it('answers the next calls of an endpoint with a status', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const template = '/v2/conversations/{id}';
    for (const status of [500, 503, 504, 401]) {
      await control(sandbox, 'POST', '/faults', { template, status, count: 2 });
      const answers = [];
      for (let call = 1; call <= 3; call += 1)
        answers.push((await client.call('GET', '/v2/conversations/7001')).status);
      assert.deepEqual(answers, [status, status, 200]);
    }
    await control(sandbox, 'POST', '/faults', { template, status: 429, count: 1, retryAfterSeconds: 17 });
    const limited = await client.call('GET', '/v2/conversations/7001');
    assert.equal(limited.status, 429);
    assert.equal(limited.headers.get('x-ratelimit-retry-after'), '17');
  });

  it('matches the method when one is given, and clears', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const fault = { template: '/v2/webhooks', method: 'POST', status: 503, count: 9 };
    await control(sandbox, 'POST', '/faults', fault);
    await client.get('/v2/webhooks');
    assert.equal((await client.call('POST', '/v2/webhooks', {})).status, 503);
    assert.equal((await control(sandbox, 'GET', '/faults')).calls[0].remaining, 8);
    await control(sandbox, 'DELETE', '/faults');
    assert.equal((await client.call('POST', '/v2/webhooks', {})).status, 400);
  });

  it('reaches the token endpoint too', async () => {
    const sandbox = await start();
    const { refresh_token: refreshToken } = await signIn(sandbox);
    await control(sandbox, 'POST', '/faults', { template: '/v2/oauth2/token', status: 503, count: 1 });
    const refresh = () => postToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
    assert.equal((await refresh()).status, 503);
    assert.equal((await refresh()).status, 200, 'the refused call did not use the token up');
  });
});

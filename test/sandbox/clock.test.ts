import assert from 'node:assert/strict';
import { createClock } from '../../src/sandbox/clock.ts';
import { control, decide, inboxClient, postToken, signIn, start, startReceiver, stopAll, until } from './support.ts';

const NOON_MS = Date.parse('2026-03-01T12:00:00Z');

describe('sandbox: clock', () => {
  afterEach(stopAll);

  it('runs with the time it is fed with, and can be moved and set', () => {
    let realMs = NOON_MS;
    const clock = createClock({ real: () => realMs });
    clock.advance(5000);
    assert.equal(clock.now(), NOON_MS + 5000);
    realMs += 1000;
    assert.equal(clock.now(), NOON_MS + 6000);
    clock.set(NOON_MS);
    assert.equal(clock.now(), NOON_MS);
    assert.equal(clock.offsetMs(), -1000);
  });

  it('wakes who sleeps when it is moved far enough, and not before', async () => {
    const clock = createClock({ real: () => NOON_MS });
    let isAwake = false;
    const slept = clock.sleep(3_600_000).then(() => {
      isAwake = true;
    });
    clock.advance(3_500_000);
    await Promise.resolve();
    assert.equal(isAwake, false);
    clock.advance(100_000);
    await slept;
  });

  it('wakes who sleeps by real time too, and stops sleeping when told', async () => {
    const clock = createClock({ real: () => NOON_MS });
    await clock.sleep(5);
    const stop = new AbortController();
    const slept = clock.sleep(60_000, stop.signal);
    stop.abort(new Error('enough'));
    await assert.rejects(slept, /enough/);
    await assert.rejects(clock.sleep(1, stop.signal), /enough/);
  });

  it('is read and moved over the control API', async () => {
    const sandbox = await start({ now: () => NOON_MS });
    assert.deepEqual(await control(sandbox, 'GET', '/clock'), { now: '2026-03-01T12:00:00.000Z', offsetSeconds: 0 });
    const moved = await control(sandbox, 'PUT', '/clock', { advanceSeconds: 90 });
    assert.deepEqual(moved, { now: '2026-03-01T12:01:30.000Z', offsetSeconds: 90 });
    const set = await control(sandbox, 'PUT', '/clock', { now: '2026-03-02T00:00:00Z' });
    assert.equal(set.now, '2026-03-02T00:00:00.000Z');
    const wrong = await fetch(`${sandbox.url}/_control/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"now":"tomorrow"}',
    });
    assert.equal(wrong.status, 400);
  });

  it('refuses moments that no time can be made of, and goes on', async () => {
    const sandbox = await start({ now: () => NOON_MS });
    for (const move of [{ advanceSeconds: 1e300 }, { advanceSeconds: -1e12 }, { now: '9999-12-31T23:59:59Z' }]) {
      const answer = await fetch(`${sandbox.url}/_control/clock`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(move),
      });
      assert.equal(answer.status, 400, JSON.stringify(move));
    }
    assert.equal((await control(sandbox, 'GET', '/clock')).offsetSeconds, 0);
    assert.equal((await control(sandbox, 'PUT', '/clock', { advanceSeconds: 0.0006 })).offsetSeconds, 0.001);
  });

  it('ends access tokens after two days, codes after ten minutes', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const code = (await decide(sandbox, 'authorize')).searchParams.get('code') ?? '';
    await control(sandbox, 'PUT', '/clock', { advanceSeconds: 600 });
    assert.equal((await postToken(sandbox, { grant_type: 'authorization_code', code })).status, 400);
    await client.get('/v2/users/me');
    await control(sandbox, 'PUT', '/clock', { advanceSeconds: 172_800 - 600 });
    assert.equal((await client.call('GET', '/v2/users/me')).status, 401);
    assert.equal((await signIn(sandbox)).expires_in, 172_800);
  });

  it('starts the next minute of the rate limit', async () => {
    const sandbox = await start({ now: () => NOON_MS, rateLimitPerMinute: 1 });
    const client = await inboxClient(sandbox);
    await client.get('/v2/users/me');
    assert.equal((await client.call('GET', '/v2/users/me')).status, 429);
    await control(sandbox, 'PUT', '/clock', { advanceSeconds: 60 });
    await client.get('/v2/users/me');
  });

  it('brings the retry of a delivery forward', async () => {
    const sandbox = await start({ deliveryRetryUnitMs: 3_600_000 });
    const receiver = await startReceiver(500, 500, 200);
    const client = await inboxClient(sandbox);
    const subscription = { url: receiver.url, events: ['convo.note.created'], secret: 's' };
    await client.call('POST', '/v2/webhooks', subscription);
    await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'n' });
    const attempts = async () => (await control(sandbox, 'GET', '/journal?kind=delivery')).length;
    await until(async () => (await attempts()) === 1, 'the first attempt');
    await control(sandbox, 'PUT', '/clock', { advanceSeconds: 3600 });
    await until(async () => (await attempts()) === 2, 'the second attempt, an hour later');
    await control(sandbox, 'PUT', '/clock', { advanceSeconds: 7200 });
    await until(async () => (await attempts()) === 3, 'the third attempt, two hours later');
  });
});

import assert from 'node:assert/strict';
import { APP, control, inboxClient, postToken, start, stopAll } from './support.ts';

/** Ten seconds into a minute. */
const CLOCK_MS = Date.parse('2026-03-01T09:30:10Z');

describe('sandbox: rate limit', () => {
  afterEach(stopAll);

  const remainingOf = (answer: Response) => Number(answer.headers.get('x-ratelimit-remaining-minute'));

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

  it('begins its minute where it is told to', async () => {
    let nowMs = CLOCK_MS;
    const sandbox = await start({
      now: () => nowMs,
      rateLimitPerMinute: 1,
      switches: { rateLimit: { offsetMs: 25_000 } },
    });
    const client = await inboxClient(sandbox);
    await client.get('/v2/users/me');
    const refused = await client.call('GET', '/v2/users/me');
    assert.equal(refused.headers.get('x-ratelimit-retry-after'), '15');
    nowMs += 15_000;
    await client.get('/v2/users/me');
  });

  it('lets calls slide out of the minute one by one', async () => {
    let nowMs = CLOCK_MS;
    const sandbox = await start({
      now: () => nowMs,
      rateLimitPerMinute: 3,
      switches: { rateLimit: { window: 'sliding' } },
    });
    const client = await inboxClient(sandbox);
    await client.get('/v2/users/me');
    nowMs += 20_000;
    assert.equal(remainingOf(await client.call('DELETE', '/v2/webhooks/1')), 0);
    nowMs += 20_000;
    const write = await client.call('DELETE', '/v2/webhooks/1');
    assert.equal(write.status, 429);
    assert.equal(write.headers.get('x-ratelimit-retry-after'), '40', 'both earlier calls must have slid out');
    const read = await client.call('GET', '/v2/users/me');
    assert.equal(read.headers.get('x-ratelimit-retry-after'), '20');
    nowMs += 20_000;
    await client.get('/v2/users/me');
    assert.equal((await client.call('GET', '/v2/users/me')).status, 429);
  });

  it('lets other apps take their share little by little', async () => {
    let nowMs = Date.parse('2026-03-01T09:30:00Z');
    const otherApps = { share: 0.3, mode: 'spread' } as const;
    const sandbox = await start({ now: () => nowMs, rateLimitPerMinute: 100, switches: { rateLimit: { otherApps } } });
    const client = await inboxClient(sandbox);
    const remaining = async () => remainingOf(await client.call('GET', '/v2/users/me'));
    assert.equal(await remaining(), 99);
    nowMs += 30_000;
    assert.equal(await remaining(), 83, 'half of their 30 are gone');
    nowMs += 29_999;
    assert.equal(await remaining(), 68);
    nowMs += 1;
    assert.equal(await remaining(), 99, 'a new minute');
  });

  it('lets other apps take their share at one moment of each minute', async () => {
    let nowMs = Date.parse('2026-03-01T09:30:00Z');
    const otherApps = { share: 0.5, mode: 'burst' } as const;
    const sandbox = await start({ now: () => nowMs, rateLimitPerMinute: 100, switches: { rateLimit: { otherApps } } });
    const client = await inboxClient(sandbox);
    const steps = new Set<number>();
    for (let minute = 0; minute < 3; minute += 1) {
      const jumps: number[] = [];
      let before = 100;
      for (let second = 0; second < 60; second += 5) {
        const now = remainingOf(await client.call('GET', '/v2/users/me'));
        if (before - now > 1) jumps.push(second);
        before = now;
        nowMs += 5000;
      }
      assert.equal(jumps.length, 1, 'one burst');
      assert.equal(before, 100 - 50 - 12);
      steps.add(jumps[0] ?? -1);
    }
    assert.equal(steps.size, 3, 'not at the same moment each time');
  });

  it('refuses the thirteenth write in five seconds while that limit is on', async () => {
    let nowMs = CLOCK_MS;
    const sandbox = await start({ now: () => nowMs, switches: { rateLimit: { writeBurst: true } } });
    const client = await inboxClient(sandbox);
    const write = () => client.call('DELETE', '/v2/webhooks/1');
    for (let call = 1; call <= 12; call += 1) assert.equal((await write()).status, 404);
    const refused = await write();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('x-ratelimit-retry-after'), '5');
    assert.equal(remainingOf(refused), 400 - 24, 'the minute is not used up');
    await client.get('/v2/users/me');
    nowMs += 5000;
    assert.equal((await write()).status, 404);
  });

  it('counts the token endpoint when told to', async () => {
    const sandbox = await start({ now: () => CLOCK_MS, rateLimitPerMinute: 5 });
    const ask = () => postToken(sandbox, { grant_type: 'client_credentials' });
    assert.equal((await ask()).headers.has('x-ratelimit-limit-minute'), false);
    await control(sandbox, 'PATCH', '/switches', { oauth: { tokenEndpoint: 'counted' } });
    assert.equal(remainingOf(await ask()), 3);
    assert.equal(remainingOf(await ask()), 1);
    assert.equal((await ask()).status, 429);
  });

  it('gives the Docs API a limit of its own, for ten minutes', async () => {
    let nowMs = CLOCK_MS;
    const sandbox = await start({ now: () => nowMs, switches: { docsRateLimit: { perTenMinutes: 2 } } });
    const authorization = `Basic ${Buffer.from(`${APP.docsApiKey}:X`).toString('base64')}`;
    const read = () => fetch(`${sandbox.url}/v1/collections`, { headers: { authorization } });
    const first = await read();
    assert.equal(first.headers.get('x-ratelimit-limit'), '2');
    assert.equal(first.headers.get('x-ratelimit-remaining'), '1');
    assert.equal(first.headers.get('x-ratelimit-reset'), String(Date.parse('2026-03-01T09:40:00Z') / 1000));
    assert.equal((await read()).status, 200);
    const refused = await read();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('x-ratelimit-remaining'), '0');
    assert.ok(refused.headers.get('correlation-id'));
    nowMs += 600_000;
    assert.equal((await read()).status, 200);
  });

  it('notes in the journal what each call took', async () => {
    const sandbox = await start({ now: () => CLOCK_MS, rateLimitPerMinute: 3 });
    const client = await inboxClient(sandbox);
    for (const method of ['GET', 'DELETE', 'GET']) await client.call(method, '/v2/webhooks/1');
    const entries = await control(sandbox, 'GET', '/journal?kind=request');
    assert.deepEqual(
      entries.map(({ status, cost }: { status: number; cost?: number }) => [status, cost]),
      [
        [302, undefined],
        [200, 0],
        [404, 1],
        [404, 2],
        [429, 0],
      ],
    );
  });
});

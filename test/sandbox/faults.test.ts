import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { APP, control, inboxClient, postToken, signIn, start, startReceiver, stopAll, until } from './support.ts';

const ONE = '/v2/conversations/{id}';
const HOOK = { url: 'http://127.0.0.1:9/', events: ['convo.created'], secret: 's' };

describe('sandbox: faults', () => {
  afterEach(stopAll);

  const add = (sandbox: Sandbox, fault: object) => control(sandbox, 'POST', '/faults', fault);

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
    for (const status of [401, 403, 404, 500, 503, 504]) {
      await add(sandbox, { template: ONE, status, count: 2 });
      const answers = [];
      for (let call = 1; call <= 3; call += 1)
        answers.push((await client.call('GET', '/v2/conversations/7001')).status);
      assert.deepEqual(answers, [status, status, 200]);
    }
    await add(sandbox, { template: ONE, status: 429, count: 1, retryAfterSeconds: 17 });
    const limited = await client.call('GET', '/v2/conversations/7001');
    assert.equal(limited.status, 429);
    assert.equal(limited.headers.get('x-ratelimit-retry-after'), '17');
    assert.equal(limited.headers.get('x-ratelimit-remaining-minute'), '0');
    assert.equal(limited.headers.get('x-ratelimit-limit-minute'), '400');
  });

  it('matches the method when one is given, says how often it struck, and is removed', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const { id } = await add(sandbox, { template: '/v2/webhooks', method: 'POST', status: 503, count: 9 });
    await client.get('/v2/webhooks');
    assert.equal((await client.call('POST', '/v2/webhooks', {})).status, 503);
    const [rule] = (await control(sandbox, 'GET', '/faults')).rules;
    assert.deepEqual(rule, {
      id,
      method: 'POST',
      template: '/v2/webhooks',
      effect: { status: 503 },
      when: { count: 9 },
      struck: 1,
      remaining: 8,
    });
    await control(sandbox, 'DELETE', `/faults/${id}`);
    assert.equal((await client.call('POST', '/v2/webhooks', {})).status, 400);
    assert.deepEqual((await control(sandbox, 'GET', '/faults')).rules, []);
    await add(sandbox, { effect: { status: 500 }, when: { count: 1 } });
    await control(sandbox, 'DELETE', '/faults');
    assert.equal((await client.call('POST', '/v2/webhooks', {})).status, 400);
  });

  it('strikes one conversation only, whichever way it is called', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await add(sandbox, { conversationId: 7002, effect: { status: 503 }, when: { count: 2 } });
    const statusOf = async (path: string) => (await client.call('GET', path)).status;
    assert.equal(await statusOf('/v2/conversations/7001'), 200);
    assert.equal(await statusOf('/v2/conversations/7002/threads'), 503);
    assert.equal(await statusOf('/v2/conversations/70021'), 404);
    assert.equal(await statusOf('/v2/conversations/7002?embed=threads'), 503);
    assert.equal(await statusOf('/v2/conversations/7002'), 200);
  });

  it('strikes writes only, and one API only', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await add(sandbox, { api: 'inbox', writesOnly: true, effect: { status: 500 }, when: { count: 1 } });
    assert.equal((await postToken(sandbox, { grant_type: 'client_credentials' })).status, 200);
    await client.get('/v2/webhooks');
    assert.equal((await client.call('POST', '/v2/webhooks', HOOK)).status, 500);
    assert.equal((await client.call('POST', '/v2/webhooks', HOOK)).status, 201);

    await add(sandbox, { api: 'docs', effect: { status: 429, retryAfterSeconds: 30 }, when: { count: 1 } });
    await client.get('/v2/webhooks');
    const authorization = `Basic ${Buffer.from(`${APP.docsApiKey}:X`).toString('base64')}`;
    const docs = () => fetch(`${sandbox.url}/v1/collections`, { headers: { authorization } });
    const limited = await docs();
    assert.equal(limited.status, 429);
    assert.equal(limited.headers.get('x-ratelimit-remaining'), '0');
    assert.deepEqual(await limited.json(), { code: 429, error: 'Rate limit exceeded' });
    assert.equal((await docs()).status, 200);
  });

  it('strikes by chance, at the same turns for the same seed', async () => {
    const run = async (seed: number) => {
      const sandbox = await start({ rateLimitPerMinute: 10_000 });
      const client = await inboxClient(sandbox);
      await add(sandbox, { template: '/v2/users/me', effect: { status: 500 }, when: { probability: 0.2, seed } });
      const statuses = [];
      for (let call = 0; call < 100; call += 1) statuses.push((await client.call('GET', '/v2/users/me')).status);
      return statuses;
    };
    const [first, second, other] = [await run(7), await run(7), await run(8)];
    assert.deepEqual(first, second);
    assert.notDeepEqual(first, other);
    const struck = first.filter((status) => status === 500).length;
    assert.ok(struck > 8 && struck < 35, `${struck} of 100`);
  });

  it('goes on with its chance and its counts after a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    try {
      const statuses: number[] = [];
      const expected: number[] = [];
      const fault = { template: '/v2/users/me', effect: { status: 500 }, when: { probability: 0.5, seed: 3 } };
      const whole = await start();
      await add(whole, fault);
      const straight = await inboxClient(whole);
      for (let call = 0; call < 40; call += 1) expected.push((await straight.call('GET', '/v2/users/me')).status);

      let sandbox = await start({ dataDir });
      await add(sandbox, fault);
      let client = await inboxClient(sandbox);
      while (statuses.length < 40) {
        const { status } = await client.call('GET', '/v2/users/me');
        statuses.push(status);
        if (statuses.length < 20 || status !== 500) continue;
        // Turns without a strike leave no trace on disk, so the restart comes right after one.
        await sandbox.close();
        sandbox = await start({ dataDir });
        client = await inboxClient(sandbox);
      }
      assert.deepEqual(statuses, expected);
      const [rule] = (await control(sandbox, 'GET', '/faults')).rules;
      assert.equal(rule.struck, expected.filter((status) => status === 500).length);
    } finally {
      await stopAll();
      rmSync(dataDir, { recursive: true });
    }
  });

  it('answers late, by real time or by the clock', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await add(sandbox, { template: '/v2/users/me', effect: { delayMs: 30 }, when: { count: 1 } });
    const startedMs = performance.now();
    await client.get('/v2/users/me');
    assert.ok(performance.now() - startedMs >= 29);

    await add(sandbox, { template: '/v2/users/me', effect: { delayMs: 3_600_000 }, when: { count: 1 } });
    let isAnswered = false;
    const answer = client.get('/v2/users/me').then(() => {
      isAnswered = true;
    });
    await until(async () => (await control(sandbox, 'GET', '/faults')).rules[1].struck === 1, 'the call came in');
    assert.equal(isAnswered, false);
    await control(sandbox, 'PUT', '/clock', { advanceSeconds: 3600 });
    await answer;
  });

  it('does not handle a late call whose caller has hung up', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await add(sandbox, {
      template: '/v2/webhooks',
      method: 'POST',
      effect: { delayMs: 3_600_000 },
      when: { count: 1 },
    });
    await assert.rejects(
      fetch(`${sandbox.url}/v2/webhooks`, {
        method: 'POST',
        headers: { ...client.headers, 'content-type': 'application/json' },
        body: JSON.stringify(HOOK),
        signal: AbortSignal.timeout(50),
      }),
    );
    const last = async () => (await control(sandbox, 'GET', '/journal?kind=request')).at(-1);
    await until(async () => (await last()).dropped === 'client', 'the journal says who hung up');
    await control(sandbox, 'PUT', '/clock', { advanceSeconds: 3600 });
    assert.equal((await client.get('/v2/webhooks')).page.totalElements, 0);
  });

  it('cuts the connection before a call does anything', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const { id } = await add(sandbox, { method: 'POST', effect: { drop: 'before' }, when: { count: 1 } });
    await assert.rejects(client.call('POST', '/v2/webhooks', HOOK), TypeError);
    const list = await client.call('GET', '/v2/webhooks');
    assert.equal(list.headers.get('x-ratelimit-remaining-minute'), '399', 'the cut call was not counted');
    assert.equal((await list.json()).page.totalElements, 0);
    const [entry] = (await control(sandbox, 'GET', '/journal?kind=request')).slice(-2);
    assert.deepEqual(
      { status: entry.status, dropped: entry.dropped, faultId: entry.faultId, cost: entry.cost },
      { status: null, dropped: 'before', faultId: id, cost: 0 },
    );
  });

  it('cuts the connection after a call was handled, in place of the answer', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const { id } = await add(sandbox, { template: '/v2/webhooks', effect: { drop: 'after' }, when: { count: 2 } });
    await assert.rejects(client.call('POST', '/v2/webhooks', HOOK), TypeError);
    await assert.rejects(client.call('POST', '/v2/webhooks', {}), TypeError);
    const list = await client.call('GET', '/v2/webhooks');
    assert.equal((await list.json()).page.totalElements, 1, 'what was refused is lost in the same way');
    assert.equal(list.headers.get('x-ratelimit-remaining-minute'), '395');
    const entries = (await control(sandbox, 'GET', '/journal?kind=all')).slice(-5);
    assert.deepEqual(
      entries.map((entry: Record<string, unknown>) => [entry.event ?? entry.method, entry.dropped, entry.unsentStatus]),
      [
        ['faultStruck', undefined, undefined],
        ['webhookSaved', undefined, undefined],
        ['POST', 'after', 201],
        ['faultStruck', undefined, undefined],
        ['POST', 'after', 400],
        ['GET', undefined, undefined],
      ].slice(-5),
    );
    assert.equal(entries[1].faultId, id);
  });

  it('loses the answer to a create, of which the journal knows the id', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const receiver = await startReceiver(200);
    await client.call('POST', '/v2/webhooks', { url: receiver.url, events: ['convo.created'], secret: 's' });
    await add(sandbox, { api: 'inbox', writesOnly: true, effect: { drop: 'after' }, when: { count: 1 } });
    const customer = { email: 'kim@client.example' };
    const create = client.call('POST', '/v2/conversations', {
      subject: 'Only once',
      type: 'email',
      mailboxId: 310,
      status: 'active',
      customer,
      threads: [{ type: 'customer', customer, text: 'Hello' }],
    });
    await assert.rejects(create, TypeError);
    const changes = await control(sandbox, 'GET', '/journal?kind=change');
    const { conversationId } = changes.find(({ event }: { event: string }) => event === 'conversationCreated');
    assert.equal((await client.get(`/v2/conversations/${conversationId}`)).subject, 'Only once');
    await until(() => receiver.received.length === 1, 'the webhook was told');
  });

  it('reaches the token endpoint too', async () => {
    const sandbox = await start();
    const { refresh_token: refreshToken } = await signIn(sandbox);
    await add(sandbox, { template: '/v2/oauth2/token', status: 503, count: 1 });
    const refresh = () => postToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
    assert.equal((await refresh()).status, 503);
    assert.equal((await refresh()).status, 200, 'the refused call did not use the token up');
  });

  it('loses the answer to a refresh, which has used the token up', async () => {
    const sandbox = await start();
    const { refresh_token: refreshToken } = await signIn(sandbox);
    await add(sandbox, { api: 'token', effect: { drop: 'after' }, when: { count: 1 } });
    const refresh = () => postToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
    await assert.rejects(refresh(), TypeError);
    assert.equal((await refresh()).status, 400);
  });

  it('says what is wrong with a rule', async () => {
    const sandbox = await start();
    const send = async (rule: object) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(rule);
      return (await fetch(`${sandbox.url}/_control/faults`, { method: 'POST', headers, body })).status;
    };
    const good = { effect: { status: 500 }, when: { count: 1 } };
    assert.equal(await send(good), 201);
    assert.equal(await send({ ...good, template: '/v2/none' }), 400);
    assert.equal(await send({ ...good, conversationId: 1 }), 404);
    assert.equal(await send({ ...good, effect: { status: 200 } }), 400);
    assert.equal(await send({ ...good, when: { probability: 2 } }), 400);
    assert.equal(await send({ ...good, unknown: true }), 400);
    const missing = await fetch(`${sandbox.url}/_control/faults/99`, { method: 'DELETE' });
    assert.equal(missing.status, 404);
  });
});

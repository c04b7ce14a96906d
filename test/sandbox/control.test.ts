import assert from 'node:assert/strict';
import { control, corpusOf, inboxClient, start, stopAll } from './support.ts';

describe('sandbox: control API', () => {
  afterEach(stopAll);

  it('counts calls by method and template, refused ones included', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await client.get('/v2/conversations?page=1');
    await client.get('/v2/conversations?status=all');
    await client.get('/v2/conversations/7001');
    await client.get('/v2/conversations/7001/threads/');
    await fetch(`${sandbox.url}/v2/users/me`);
    await fetch(`${sandbox.url}/v1/collections`);
    await client.call('GET', '/v2/elsewhere/5');
    await fetch(sandbox.url);
    assert.deepEqual(await control(sandbox, 'GET', '/calls'), {
      'POST /v2/oauth2/token': 1,
      'GET /v2/conversations': 2,
      'GET /v2/conversations/{id}': 1,
      'GET /v2/conversations/{id}/threads': 1,
      'GET /v2/users/me': 1,
      'GET /v1/collections': 1,
      'GET /v2/(unknown)': 1,
    });
  });

  it('lists the corpus ids, and adds conversations and messages', async () => {
    const sandbox = await start();
    assert.deepEqual((await control(sandbox, 'GET', '/conversations'))[1], {
      conversationId: 7002,
      corpusId: 'c-2',
      number: 2,
      mailboxId: 310,
      threads: 1,
    });
    const created = await control(sandbox, 'POST', '/conversations', {
      mailboxId: 310,
      subject: 'Hello',
      text: 'A <new> one',
      customerEmail: 'kim@client.example',
    });
    assert.deepEqual(created, { conversationId: 7004, corpusId: null, number: 4, mailboxId: 310, threads: 1 });
    const added = await control(sandbox, 'POST', '/conversations/7004/messages', { type: 'message', text: 'Hi Kim' });
    assert.equal(added.threads, 2);
    const client = await inboxClient(sandbox);
    const { _embedded } = await client.get('/v2/conversations/7004/threads');
    assert.deepEqual(
      _embedded.threads.map(({ id, type, body }: Record<string, unknown>) => [id, type, body]),
      [
        [added.threadId, 'message', 'Hi Kim'],
        [990004, 'customer', 'A &lt;new&gt; one'],
      ],
    );
  });

  it('says what is wrong with a request', async () => {
    const sandbox = await start();
    const send = (method: string, path: string, body: string) =>
      fetch(`${sandbox.url}/_control${path}`, { method, headers: { 'content-type': 'application/json' }, body });
    const invalid = await send('POST', '/conversations', '{"subject":"s","text":"t","customerEmail":"no"}');
    assert.equal(invalid.status, 400);
    assert.deepEqual((await invalid.json()).issues[0].path, 'customerEmail');
    assert.equal((await send('POST', '/conversations', '{')).status, 400);
    assert.equal((await send('POST', '/conversations/1/messages', '{"type":"note","text":"x"}')).status, 404);
    const template = await send('POST', '/faults', '{"template":"/v2/none","status":500,"count":1}');
    assert.equal(template.status, 400);
    assert.equal((await send('PUT', '/faults/conversations/7001', '{"threads":"404"}')).status, 400);
  });

  it('shows and turns the switches', async () => {
    const sandbox = await start();
    const before = await control(sandbox, 'GET', '/switches');
    assert.equal(before.rateLimit.perMinute, 400);
    const turned = await control(sandbox, 'PATCH', '/switches', {
      rateLimit: { perMinute: 60 },
      webhooks: { delay: { ms: 50, probability: 0.5 } },
    });
    assert.deepEqual(turned, {
      ...before,
      rateLimit: { ...before.rateLimit, perMinute: 60 },
      webhooks: { ...before.webhooks, delay: { ms: 50, probability: 0.5, seed: 1 } },
    });
    await control(sandbox, 'PUT', '/webhooks', { enabled: false });
    await control(sandbox, 'PUT', '/token-lifetime', { seconds: 9 });
    const after = await control(sandbox, 'GET', '/switches');
    assert.equal(after.webhooks.enabled, false);
    assert.equal(after.webhooks.delay.ms, 50);
    assert.equal(after.oauth.tokenLifetimeSeconds, 9);
    for (const wrong of [{ rateLimit: { perMinute: 0 } }, { nothing: 1 }, { webhooks: { lose: { probability: 2 } } }]) {
      const answer = await fetch(`${sandbox.url}/_control/switches`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(wrong),
      });
      assert.equal(answer.status, 400);
    }
  });

  it('lists what every conversation has become, in pages', async () => {
    const sandbox = await start({ corpus: corpusOf(5) });
    await control(sandbox, 'POST', '/conversations/7002/messages', { type: 'message', text: 'Hi', status: 'closed' });
    const first = await control(sandbox, 'GET', '/conversations?limit=2');
    assert.deepEqual(first[1], {
      conversationId: 7002,
      corpusId: 'c-2',
      number: 2,
      mailboxId: 310,
      threads: 2,
      status: 'closed',
      lastThreadId: 990_006,
      mergedInto: null,
      deleted: false,
    });
    const ids = (rows: { conversationId: number }[]) => rows.map(({ conversationId }) => conversationId);
    assert.deepEqual(ids(first), [7001, 7002]);
    assert.deepEqual(ids(await control(sandbox, 'GET', '/conversations?after=7002&limit=2')), [7003, 7004]);
    assert.deepEqual(ids(await control(sandbox, 'GET', '/conversations?after=7004')), [7005]);
    assert.deepEqual(await control(sandbox, 'GET', '/conversations?after=7005'), []);
  });

  it('deletes and merges conversations, and says what became of them', async () => {
    const sandbox = await start({ corpus: corpusOf(3) });
    const client = await inboxClient(sandbox);
    await control(sandbox, 'DELETE', '/conversations/7001');
    const survivor = await control(sandbox, 'POST', '/conversations/7002/merge', { into: 7003 });
    assert.equal(survivor.conversationId, 7003);
    assert.equal((await client.call('GET', '/v2/conversations/7001')).status, 404);
    const rows = await control(sandbox, 'GET', '/conversations?after=0');
    assert.deepEqual(
      rows.map(({ conversationId, deleted, mergedInto }: Record<string, unknown>) => [
        conversationId,
        deleted,
        mergedInto,
      ]),
      [
        [7001, true, null],
        [7002, false, 7003],
        [7003, false, null],
      ],
    );
    assert.deepEqual(await control(sandbox, 'GET', '/conversations/7003'), rows[2]);
    const { _embedded } = await client.get('/v2/conversations/7003/threads');
    const ids = _embedded.threads.map(({ id }: { id: number }) => id);
    assert.ok(ids.includes(rows[2].lastThreadId));
    assert.equal((await control(sandbox, 'GET', '/conversations')).length, 1, 'a plain list has what is there');
    const refused = async (path: string, into: number) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ into });
      return (await fetch(`${sandbox.url}/_control${path}`, { method: 'POST', headers, body })).status;
    };
    assert.equal(await refused('/conversations/7003/merge', 7003), 400);
    assert.equal(await refused('/conversations/7003/merge', 7001), 404);
    assert.equal(await refused('/conversations/7001/merge', 7003), 404);
  });

  it('hides a mailbox as if it were deleted or forbidden, and shows it again', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const statusOf = async (path: string) => (await client.call('GET', path)).status;
    await control(sandbox, 'PUT', '/mailboxes/310/hidden', {});
    assert.equal(await statusOf('/v2/mailboxes/310'), 404);
    assert.equal((await client.get('/v2/conversations?status=all')).page.totalElements, 0);
    assert.equal((await control(sandbox, 'GET', '/mailboxes'))[0].hidden, 'deleted');
    await control(sandbox, 'PUT', '/mailboxes/310/hidden', { mode: 'forbidden' });
    assert.equal(await statusOf('/v2/mailboxes/310'), 403);
    await control(sandbox, 'DELETE', '/mailboxes/310/hidden');
    assert.equal(await statusOf('/v2/mailboxes/310'), 200);
    assert.deepEqual(await control(sandbox, 'GET', '/mailboxes'), [{ mailboxId: 310, name: 'Support', hidden: null }]);
    const unknown = await fetch(`${sandbox.url}/_control/mailboxes/1/hidden`, { method: 'DELETE' });
    assert.equal(unknown.status, 404);
  });

  it('lists a large account in pages', async () => {
    const sandbox = await start({ generatedConversations: 25_000 });
    let seen = 0;
    let after = 0;
    for (;;) {
      const rows: { conversationId: number }[] = await control(
        sandbox,
        'GET',
        `/conversations?after=${after}&limit=10000`,
      );
      if (rows.length === 0) break;
      seen += rows.length;
      after = rows.at(-1)?.conversationId ?? 0;
    }
    assert.equal(seen, 25_003);
    assert.equal((await control(sandbox, 'GET', '/conversations')).length, 10_000, 'a plain list has an end');
  });
});

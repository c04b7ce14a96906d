import assert from 'node:assert/strict';
import { control, inboxClient, start, stopAll } from './support.ts';

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

  it('keeps every request in order, and answers what came since', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await client.call('GET', '/v2/conversations/5?embed=threads');
    await fetch(`${sandbox.url}/?search=x`);
    const journal = await control(sandbox, 'GET', '/journal');
    assert.deepEqual(
      journal.map(({ method, path, template, status }: Record<string, unknown>) => [method, path, template, status]),
      [
        ['POST', '/authentication/authorizeClientApplication', '/authentication/authorizeClientApplication', 302],
        ['POST', '/v2/oauth2/token', '/v2/oauth2/token', 200],
        ['GET', '/v2/conversations/5?embed=threads', '/v2/conversations/{id}', 404],
        ['GET', '/', '/', 200],
      ],
    );
    const since = await control(sandbox, 'GET', '/journal?since=3');
    assert.deepEqual(since, journal.slice(3));
    assert.deepEqual(Object.keys(since[0]), ['seq', 'at', 'kind', 'method', 'path', 'template', 'status']);
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
});

import assert from 'node:assert/strict';
import { control, corpusOf, inboxClient, start, startReceiver, stopAll, until } from './support.ts';

type Client = Awaited<ReturnType<typeof inboxClient>>;

async function listedIds(client: Client): Promise<number[]> {
  const list = await client.get('/v2/conversations?status=all&sortField=number&sortOrder=asc');
  return (list._embedded?.conversations ?? []).map(({ id }: { id: number }) => id);
}

/** A read that does not follow redirects. */
function read(sandbox: { url: string }, client: Client, path: string): Promise<Response> {
  return fetch(`${sandbox.url}${path}`, { headers: client.headers, redirect: 'manual' });
}

describe('sandbox: conversations that are gone', () => {
  afterEach(stopAll);

  const merge = (sandbox: Parameters<typeof control>[0], from: number, into: number) =>
    control(sandbox, 'POST', `/conversations/${from}/merge`, { into });

  describe('merged', () => {
    it('answers 301 with the place of the survivor for 60 days, then 404', async () => {
      const sandbox = await start();
      const client = await inboxClient(sandbox);
      await merge(sandbox, 7001, 7002);
      for (const version of ['v2', 'v3']) {
        const answer = await read(sandbox, client, `/${version}/conversations/7001?embed=threads`);
        assert.equal(answer.status, 301);
        assert.equal(answer.headers.get('location'), `${sandbox.url}/${version}/conversations/7002`);
      }
      const move = (days: number) => control(sandbox, 'PUT', '/clock', { advanceSeconds: days * 86_400 });
      await move(59.9);
      const later = await inboxClient(sandbox);
      assert.equal((await read(sandbox, later, '/v2/conversations/7001')).status, 301);
      await move(0.2);
      assert.equal((await read(sandbox, later, '/v2/conversations/7001')).status, 404);
    });

    it('answers 404 to every other call, and is not listed', async () => {
      const sandbox = await start();
      const client = await inboxClient(sandbox);
      await merge(sandbox, 7001, 7002);
      const calls: [string, string, object?][] = [
        ['GET', '/v2/conversations/7001/threads'],
        ['GET', '/v3/conversations/7001/threads'],
        ['PATCH', '/v2/conversations/7001', { op: 'replace', path: '/status', value: 'closed' }],
        ['PUT', '/v2/conversations/7001/tags', { tags: [] }],
        ['POST', '/v2/conversations/7001/notes', { text: 'x' }],
        ['DELETE', '/v2/conversations/7001'],
      ];
      for (const [method, path, body] of calls) {
        assert.equal((await client.call(method, path, body)).status, 404, `${method} ${path}`);
      }
      assert.deepEqual(await listedIds(client), [7002, 7003]);
    });

    it('leaves its threads, and a line item for each, on the survivor', async () => {
      const sandbox = await start();
      const client = await inboxClient(sandbox);
      await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'a note' });
      const receiver = await startReceiver(200);
      const webhook = { url: receiver.url, events: ['convo.merged'], secret: 's' };
      assert.equal((await client.call('POST', '/v2/webhooks', webhook)).status, 201);
      await merge(sandbox, 7001, 7002);

      const { _embedded } = await client.get('/v2/conversations/7002/threads');
      const threads: Record<string, unknown>[] = _embedded.threads;
      assert.deepEqual(
        threads.map(({ type, action }) => [type, action]),
        [
          ['lineitem', threads[0]?.action],
          ['lineitem', threads[0]?.action],
          ['note', { type: 'default', associatedEntities: {} }],
          ['customer', { type: 'default', associatedEntities: {} }],
          ['customer', { type: 'default', associatedEntities: {} }],
        ],
      );
      const [lineItem] = _embedded.threads;
      assert.equal(lineItem.action.type, 'merged');
      assert.deepEqual(lineItem.action.associatedEntities, { originalConversation: 7001 });
      assert.equal(typeof lineItem.action.text, 'string');
      for (const field of ['body', 'to', 'cc', 'bcc']) assert.equal(field in lineItem, false, field);
      assert.equal((await client.get('/v2/conversations/7002')).threads, 2, 'line items and notes are not counted');

      await until(() => receiver.received.length === 1, 'convo.merged');
      const told = JSON.parse(receiver.received[0]?.body ?? '');
      assert.equal(told.id, 7002);
      assert.deepEqual(told._embedded, { threads: [] });
    });

    it('leads from one to the next when the survivor is merged, too', async () => {
      const sandbox = await start();
      const client = await inboxClient(sandbox);
      await merge(sandbox, 7001, 7002);
      await merge(sandbox, 7002, 7003);
      const answer = await read(sandbox, client, '/v2/conversations/7001');
      assert.equal(answer.headers.get('location'), `${sandbox.url}/v2/conversations/7002`);
      const next = await read(sandbox, client, '/v2/conversations/7002');
      assert.equal(next.headers.get('location'), `${sandbox.url}/v2/conversations/7003`);
      assert.equal((await client.get('/v2/conversations/7003')).threads, 3);
    });
  });

  describe('deleted', () => {
    it('answers 404, is not listed, and is told by its id alone', async () => {
      const sandbox = await start();
      const client = await inboxClient(sandbox);
      const receiver = await startReceiver(200);
      await client.call('POST', '/v2/webhooks', { url: receiver.url, events: ['convo.deleted'], secret: 's' });
      assert.equal((await client.call('DELETE', '/v2/conversations/7002')).status, 204);
      assert.equal((await client.call('GET', '/v2/conversations/7002')).status, 404);
      assert.equal((await client.call('GET', '/v2/conversations/7002/threads')).status, 404);
      assert.equal((await client.call('DELETE', '/v2/conversations/7002')).status, 404);
      assert.deepEqual(await listedIds(client), [7001, 7003]);
      await until(() => receiver.received.length === 1, 'convo.deleted');
      assert.deepEqual(JSON.parse(receiver.received[0]?.body ?? ''), { id: 7002 });
      const created = await control(sandbox, 'POST', '/conversations', {
        subject: 's',
        text: 't',
        customerEmail: 'a@b.example',
      });
      assert.equal(created.conversationId, 7004, 'an id is not given twice');
    });
  });

  describe('in a hidden mailbox', () => {
    const corpus = corpusOf(3, [
      { id: 1, text: 'a' },
      { id: 2, text: 'b', mailbox: 'Billing' },
    ]);

    for (const [mode, status] of [
      ['deleted', 404],
      ['forbidden', 403],
    ] as const) {
      it(`is ${mode}: ${status}, with the mailbox, until that is shown again`, async () => {
        const sandbox = await start({ corpus });
        const client = await inboxClient(sandbox);
        await control(sandbox, 'PUT', '/mailboxes/311/hidden', { mode });
        const paths = ['/v2/mailboxes/311', '/v2/conversations/7002', '/v2/conversations/7002/threads'];
        for (const path of paths) assert.equal((await client.call('GET', path)).status, status, path);
        const reply = await client.call('POST', '/v2/conversations/7002/notes', { text: 'x' });
        assert.equal(reply.status, status);
        assert.deepEqual(await listedIds(client), [7001, 7003]);
        assert.equal((await client.get('/v2/mailboxes')).page.totalElements, 1);

        await control(sandbox, 'DELETE', '/mailboxes/311/hidden');
        for (const path of paths) assert.equal((await client.call('GET', path)).status, 200, path);
        assert.deepEqual(await listedIds(client), [7001, 7002, 7003]);
      });
    }
  });
});

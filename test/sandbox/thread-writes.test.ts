import assert from 'node:assert/strict';
import { corpusOf, stopAll } from './support.ts';
import { listener, turn, type WriteClient, writeClient } from './write-support.ts';

const PATH = '/v2/conversations/7001';
const CUSTOMER = { id: 88001 };
const TEXT = 'Try <b>again</b>';
const CALLS = ['reply', 'notes', 'customer', 'phones', 'chats'];

const close = (client: WriteClient) =>
  client.change('PATCH', PATH, { op: 'replace', path: '/status', value: 'closed' });
const statusOf = async (client: WriteClient) => (await client.get(PATH)).status;
async function lastThread(client: WriteClient) {
  return (await client.threads(7001)).at(-1);
}

describe('sandbox: create thread', () => {
  afterEach(stopAll);

  it('answers 201 without a body, with the id of the thread', async () => {
    const client = await writeClient();
    for (const [call, type, author] of [
      ['reply', 'message', 'user'],
      ['notes', 'note', 'user'],
      ['customer', 'customer', 'customer'],
      ['phones', 'phone', 'customer'],
      ['chats', 'chat', 'customer'],
    ]) {
      // The official client sends the type along.
      const answer = await client.call('POST', `${PATH}/${call}`, { type: call, text: TEXT, customer: CUSTOMER });
      assert.equal(answer.status, 201);
      assert.equal(await answer.text(), '');
      const id = answer.headers.get('resource-id');
      assert.equal(answer.headers.get('location'), `${client.sandbox.url}${PATH}/threads/${id}`);
      const thread = await lastThread(client);
      assert.equal(String(thread.id), id);
      assert.equal(thread.type, type);
      assert.equal(thread.createdBy.type, author);
      assert.equal(thread.createdBy.id, author === 'user' ? 501 : 88001);
      assert.equal(thread.body, TEXT);
      assert.equal(thread.state, 'published');
    }
    assert.equal((await client.get(PATH)).threads, 5, 'the note is not counted');
  });

  it('names what is missing', async () => {
    const client = await writeClient();
    for (const call of CALLS) {
      const missing = await client.refusal('POST', `${PATH}/${call}`, {});
      assert.deepEqual(
        missing.map(({ path, code }) => [path, code]),
        (call === 'notes' ? ['text'] : ['text', 'customer']).map((path) => [path, 'NotEmpty']),
        call,
      );
    }
    const byAddress = { text: TEXT, customer: { email: 'lin@client.example' } };
    assert.equal((await client.refusal('POST', `${PATH}/reply`, byAddress))[0]?.path, 'customer.id');
    for (const call of ['customer', 'phones', 'chats']) {
      assert.equal(
        (await client.refusal('POST', `${PATH}/${call}`, { text: TEXT, customer: {} }))[0]?.path,
        'customer.email',
      );
    }
  });

  it('refuses ids that nothing has, and unknown statuses', async () => {
    const client = await writeClient();
    const refused = await client.refusal('POST', `${PATH}/reply`, {
      text: TEXT,
      customer: { id: 1 },
      user: 2,
      assignTo: 3,
    });
    assert.deepEqual(
      refused.map(({ path }) => path),
      ['customer.id', 'user', 'assignTo'],
    );
    const [error] = await client.refusal('POST', `${PATH}/notes`, { text: TEXT, status: 'done' });
    assert.equal(error?.path, 'status');
    assert.equal(error?.code, 'EnumValue');
    assert.equal((await client.threads(7001)).length, 1);
  });

  it('makes the conversation active by a reply, unless that says otherwise', async () => {
    const client = await writeClient();
    await close(client);
    await client.create(`${PATH}/reply`, { text: TEXT, customer: CUSTOMER });
    assert.equal(await statusOf(client), 'active');
    assert.equal((await lastThread(client)).status, 'active');
    await client.create(`${PATH}/reply`, { text: TEXT, customer: CUSTOMER, status: 'closed' });
    assert.equal(await statusOf(client), 'closed');
    assert.equal((await client.get(PATH)).closedBy, 501);
    await client.create(`${PATH}/notes`, { text: TEXT });
    assert.equal(await statusOf(client), 'closed', 'a note leaves it');
    assert.equal((await lastThread(client)).status, 'nochange');
    await client.create(`${PATH}/notes`, { text: TEXT, status: 'pending' });
    assert.equal(await statusOf(client), 'pending');
  });

  it('reopens by what a customer writes, unless it is imported', async () => {
    const client = await writeClient();
    await close(client);
    await client.create(`${PATH}/customer`, { text: TEXT, customer: CUSTOMER, imported: true });
    assert.equal(await statusOf(client), 'closed');
    await client.create(`${PATH}/customer`, { text: TEXT, customer: CUSTOMER });
    assert.equal(await statusOf(client), 'active');
  });

  it('assigns the conversation as a reply says, or to its author if it was nobody’s', async () => {
    const client = await writeClient();
    const reply = (more: object) => client.create(`${PATH}/reply`, { text: TEXT, customer: CUSTOMER, ...more });
    const assigneeId = async () => (await client.get(PATH)).assignee?.id;
    await reply({ user: 502 });
    assert.equal(await assigneeId(), 502);
    await reply({ user: 503 });
    assert.equal(await assigneeId(), 502);
    await reply({ assignTo: 503 });
    assert.equal(await assigneeId(), 503);
    await reply({ assignTo: null });
    assert.equal(await assigneeId(), undefined);
  });

  it('changes nothing but the threads by a draft until that is published', async () => {
    const client = await writeClient();
    await close(client);
    const events = await listener(client);
    await client.create(`${PATH}/reply`, { text: TEXT, customer: CUSTOMER, draft: true, user: 502 });
    const before = await client.get(PATH);
    assert.equal(before.status, 'closed');
    assert.equal(before.assignee, undefined);
    assert.equal(before.threads, 1);
    assert.equal((await lastThread(client)).state, 'draft');
    await client.change('PATCH', PATH, { op: 'replace', path: '/draft', value: false });
    const after = await client.get(PATH);
    assert.equal(after.status, 'active');
    assert.equal(after.assignee.id, 502);
    assert.equal(after.threads, 2);
    await events.events('convo.agent.reply.created', 'convo.assigned', 'convo.status');
  });

  it('publishes a draft by either value that clients send, or by the one that is switched on', async () => {
    const client = await writeClient();
    const publish = (value: boolean) => client.call('PATCH', PATH, { op: 'replace', path: '/draft', value });
    for (const value of [true, false]) {
      const other = !value;
      await client.create(`${PATH}/reply`, { text: TEXT, customer: CUSTOMER, draft: true });
      await turn(client.sandbox, { conversations: { draftPublishedBy: String(other) } });
      assert.equal((await publish(value)).status, 400);
      await turn(client.sandbox, { conversations: { draftPublishedBy: 'either' } });
      assert.equal((await publish(value)).status, 204);
      assert.equal((await lastThread(client)).state, 'published');
    }
  });

  it('fires the event of what was written, and of what that changed', async () => {
    const client = await writeClient();
    const events = await listener(client);
    const body = { text: TEXT, customer: CUSTOMER };
    await client.create(`${PATH}/notes`, body);
    await events.events('convo.note.created');
    await client.create(`${PATH}/reply`, { ...body, status: 'closed' });
    await events.events('convo.agent.reply.created', 'convo.assigned', 'convo.status');
    await client.create(`${PATH}/customer`, body);
    await events.events('convo.customer.reply.created', 'convo.status');
    await client.create(`${PATH}/customer`, { text: TEXT, customer: { email: 'lin.osei@client.example' } });
    const told = await events.told(2);
    assert.deepEqual(
      told.map(({ event }) => event),
      ['convo.customer.reply.created', 'customer.created'],
    );
    assert.deepEqual(told[0]?.body._embedded, { threads: [] });
    await client.create(`${PATH}/chats`, body);
    await events.events('convo.customer.reply.created');
    await turn(client.sandbox, { conversations: { importedWebhooks: false } });
    await client.create(`${PATH}/notes`, { ...body, imported: true });
    await client.create(`${PATH}/notes`, body);
    await events.events('convo.note.created');
  });

  it('knows an author by id or address, who need not be the conversation’s customer', async () => {
    const client = await writeClient();
    await client.create(`${PATH}/customer`, { text: TEXT, customer: { email: 'CUSTOMER-2@example.com' } });
    const thread = await lastThread(client);
    assert.equal(thread.createdBy.id, 88002);
    assert.equal(thread.customer.id, 88002);
    assert.equal((await client.get(PATH)).primaryCustomer.id, 88001);
  });

  it('keeps copies, and the time of an import', async () => {
    const client = await writeClient();
    const copies = { cc: ['cc@client.example'], bcc: ['bcc@client.example'] };
    const createdAt = '2020-01-02T03:04:05Z';
    await client.create(`${PATH}/reply`, { text: TEXT, customer: CUSTOMER, ...copies, imported: true, createdAt });
    const [oldest] = await client.threads(7001);
    assert.equal(oldest.createdAt, createdAt);
    assert.deepEqual(oldest.cc, copies.cc);
    assert.deepEqual(oldest.bcc, copies.bcc);
  });

  it('refuses the thread after the hundredth with 412; line items do not count', async () => {
    const threads = Array.from({ length: 98 }, (_, index) => ({ type: 'customer' as const, text: `m${index}` }));
    const client = await writeClient({ corpus: corpusOf(1, [{ id: 1, text: 'm0', threads }]) });
    await close(client);
    await client.create(`${PATH}/notes`, { text: TEXT });
    await client.create(`${PATH}/customer`, { text: TEXT, customer: CUSTOMER });
    for (const call of CALLS) {
      assert.equal(await client.statusOf('POST', `${PATH}/${call}`, { text: TEXT, customer: CUSTOMER }), 412, call);
    }
  });

  it('answers 404 for an unknown conversation', async () => {
    const client = await writeClient();
    for (const call of CALLS) {
      assert.equal(
        await client.statusOf('POST', `/v2/conversations/1/${call}`, { text: TEXT, customer: CUSTOMER }),
        404,
      );
    }
  });
});

describe('sandbox: change thread', () => {
  afterEach(stopAll);
  const THREAD = `${PATH}/threads/990001`;

  it('changes the text, which then counts as HTML', async () => {
    const client = await writeClient();
    await client.change('PATCH', THREAD, { op: 'replace', path: '/text', value: TEXT });
    assert.equal((await lastThread(client)).body, TEXT);
  });

  it('hides and shows', async () => {
    const client = await writeClient();
    await client.change('PATCH', THREAD, { op: 'replace', path: '/hidden', value: true });
    assert.equal((await lastThread(client)).state, 'hidden');
    assert.equal((await client.get(PATH)).threads, 0);
    await client.change('PATCH', THREAD, { op: 'replace', path: '/hidden', value: false });
    assert.equal((await lastThread(client)).state, 'published');
  });

  it('does not publish a draft that it is told to show', async () => {
    const client = await writeClient();
    const id = await client.create(`${PATH}/reply`, { text: TEXT, customer: CUSTOMER, draft: true });
    await client.change('PATCH', `${PATH}/threads/${id}`, { op: 'replace', path: '/hidden', value: false });
    assert.equal((await lastThread(client)).state, 'draft');
  });

  it('refuses arrays, other paths, operations and values', async () => {
    const client = await writeClient();
    const good = { op: 'replace', path: '/text', value: TEXT };
    const refusedPath = async (body: unknown) => (await client.refusal('PATCH', THREAD, body))[0]?.path;
    await client.refusal('PATCH', THREAD, [good]);
    assert.equal(await refusedPath({ ...good, path: '/status' }), 'path');
    assert.equal(await refusedPath({ ...good, op: 'add' }), 'op');
    assert.equal(await refusedPath({ ...good, value: '' }), 'value');
    assert.equal(await refusedPath({ ...good, path: '/hidden', value: 'yes' }), 'value');
    assert.equal(await client.statusOf('PATCH', `${PATH}/threads/990002`, good), 404, 'of another conversation');
  });
});

describe('sandbox: original source', () => {
  afterEach(stopAll);
  const THREAD = `${PATH}/threads/990001/original-source`;
  const corpus = corpusOf(1, [
    { id: 1, text: 'Der Export\nist größer', subject: 'Größe: Export?', customerEmail: 'lin.osei@client.example' },
  ]);

  it('is the mail, as JSON or as it is', async () => {
    const client = await writeClient({ corpus });
    const { original } = await client.get(THREAD);
    const [head, body] = original.split('\r\n\r\n');
    assert.match(head, /^From: Lin Osei <lin\.osei@client\.example>\r$/m);
    assert.match(head, /^To: <support@sandbox\.example>\r$/m);
    assert.match(head, /^MIME-Version: 1\.0\r$/m);
    assert.equal(Buffer.from(body, 'base64').toString(), 'Der Export\nist größer');
    const subject = /^Subject: (.*(?:\r\n .*)*)/m.exec(head)?.[1] ?? '';
    const words = [...subject.matchAll(/=\?utf-8\?B\?([^?]*)\?=/g)].map(([, word = '']) =>
      Buffer.from(word, 'base64').toString(),
    );
    assert.equal(words.join(''), 'Größe: Export?');
    const raw = await fetch(`${client.sandbox.url}${THREAD}`, {
      headers: { ...client.headers, accept: 'message/rfc822' },
    });
    assert.equal(raw.headers.get('content-type'), 'message/rfc822');
    assert.equal(await raw.text(), original);
  });

  it('is not there for what did not come by mail', async () => {
    const client = await writeClient({ corpus });
    const id = await client.create(`${PATH}/customer`, { text: TEXT, customer: CUSTOMER });
    assert.equal(await client.statusOf('GET', `${PATH}/threads/${id}/original-source`), 404);
    assert.equal(await client.statusOf('GET', `${PATH}/threads/1/original-source`), 404);
  });
});

describe('sandbox: attachments', () => {
  afterEach(stopAll);
  const FILE = { fileName: 'a "quoted".txt', mimeType: 'text/plain', data: Buffer.from('hello').toString('base64') };

  it('adds, reads and deletes', async () => {
    const client = await writeClient();
    const answer = await client.call('POST', `${PATH}/threads/990001/attachments`, FILE);
    assert.equal(answer.status, 201);
    assert.equal(await answer.text(), '');
    const id = answer.headers.get('resource-id');
    const path = `${PATH}/attachments/${id}`;
    const [attachment] = (await lastThread(client))._embedded.attachments;
    assert.equal(String(attachment.id), id);
    assert.equal(attachment.filename, FILE.fileName);
    assert.equal(attachment.size, 5);
    assert.deepEqual(await client.get(`${path}/data`), { data: FILE.data });
    const file = await client.call('GET', `${path}/file`);
    assert.equal(await file.text(), 'hello');
    await client.change('DELETE', path);
    assert.deepEqual((await lastThread(client))._embedded.attachments, []);
    for (const [method, gone] of [
      ['DELETE', path],
      ['GET', `${path}/data`],
      ['GET', `${path}/file`],
    ] as const) {
      assert.equal(await client.statusOf(method, gone), 404);
    }
  });

  it('refuses what is no file, and threads that are not there', async () => {
    const client = await writeClient();
    const path = `${PATH}/threads/990001/attachments`;
    assert.deepEqual(
      (await client.refusal('POST', path, {})).map(({ path }) => path),
      ['fileName', 'mimeType', 'data'],
    );
    const [error] = await client.refusal('POST', path, { ...FILE, data: 'not base64!' });
    assert.equal(error?.path, 'data');
    assert.equal((await client.refusal('POST', path, { ...FILE, mimeType: 'text' }))[0]?.path, 'mimeType');
    assert.equal(await client.statusOf('POST', `${PATH}/threads/990002/attachments`, FILE), 404);
  });
});

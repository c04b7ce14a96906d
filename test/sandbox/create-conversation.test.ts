import assert from 'node:assert/strict';
import { stopAll } from './support.ts';
import { hide, listener, turn, writeClient } from './write-support.ts';

const PATH = '/v2/conversations';
const CUSTOMER = { email: 'kim@client.example', firstName: 'Kim', lastName: 'Ito' };
const THREAD = {
  type: 'customer',
  customer: { email: 'kim@client.example' },
  text: 'Could you add a <b>dark</b> theme?',
};
const BODY = {
  subject: 'Feature request: dark mode',
  mailboxId: 310,
  type: 'email',
  status: 'active',
  customer: CUSTOMER,
  threads: [THREAD],
};

describe('sandbox: create conversation', () => {
  afterEach(stopAll);

  it('answers 201 without a body, with the id and where to read it', async () => {
    const client = await writeClient();
    const answer = await client.call('POST', PATH, BODY);
    assert.equal(answer.status, 201);
    assert.equal(await answer.text(), '');
    assert.equal(answer.headers.get('resource-id'), '7004');
    assert.equal(answer.headers.get('location'), `${client.sandbox.url}/v2/conversations/7004`);
    assert.equal(answer.headers.get('web-location'), `${client.sandbox.url}/conversation/7004/4`);
    await turn(client.sandbox, { conversations: { webLocation: false } });
    assert.equal((await client.call('POST', PATH, BODY)).headers.get('web-location'), null);
  });

  it('stores what the body says, and can be read at once', async () => {
    const client = await writeClient();
    const id = await client.create(PATH, { ...BODY, tags: ['Export', 'export', ' bug '], assignTo: 502, user: 503 });
    const conversation = await client.get(`${PATH}/${id}`);
    assert.equal(conversation.subject, BODY.subject);
    assert.equal(conversation.type, 'email');
    assert.equal(conversation.status, 'active');
    assert.equal(conversation.state, 'published');
    assert.equal(conversation.mailboxId, 310);
    assert.equal(conversation.threads, 1);
    assert.equal(conversation.assignee.id, 502);
    assert.deepEqual(
      conversation.tags.map(({ tag }: { tag: string }) => tag),
      ['Export', 'bug'],
    );
    const { first, last, email } = conversation.primaryCustomer;
    assert.deepEqual({ first, last, email }, { first: 'Kim', last: 'Ito', email: 'kim@client.example' });
    assert.deepEqual(conversation.source, { type: 'api', via: 'customer' });
    const [thread] = await client.threads(id);
    assert.equal(thread.type, 'customer');
    assert.equal(thread.body, THREAD.text, 'the text counts as HTML');
    assert.equal(thread.createdBy.email, 'kim@client.example');
  });

  it('makes a customer of an unknown address, and ignores the fields for a known one', async () => {
    const client = await writeClient();
    const first = await client.get(`${PATH}/${await client.create(PATH, BODY)}`);
    const renamed = { ...BODY, customer: { email: 'KIM@client.example', firstName: 'Other', lastName: null } };
    const second = await client.get(`${PATH}/${await client.create(PATH, renamed)}`);
    assert.deepEqual(second.primaryCustomer, first.primaryCustomer);
    const byId = { ...BODY, customer: { id: first.primaryCustomer.id, email: 'nobody@client.example' } };
    const third = await client.get(`${PATH}/${await client.create(PATH, byId)}`);
    assert.equal(third.primaryCustomer.id, first.primaryCustomer.id, 'the id wins');
  });

  it('names every field that is missing or wrong', async () => {
    const client = await writeClient();
    assert.deepEqual(
      (await client.refusal('POST', PATH, {})).map(({ path, message, code }) => [path, message, code]),
      ['subject', 'customer', 'mailboxId', 'type', 'status', 'threads'].map((path) => [
        path,
        'may not be empty',
        'NotEmpty',
      ]),
    );
    assert.deepEqual(await client.refusal('POST', PATH, { ...BODY, status: 'done' }), [
      {
        path: 'status',
        message: "Expected one of these: 'active', 'closed', 'pending'",
        rejectedValue: 'done',
        code: 'EnumValue',
      },
    ]);
    const refusedPaths = async (change: object) =>
      (await client.refusal('POST', PATH, { ...BODY, ...change })).map(({ path }) => path);
    const thread = (change: object) => ({ threads: [THREAD, { ...THREAD, ...change }] });
    assert.deepEqual(await refusedPaths({ subject: '' }), ['subject']);
    assert.deepEqual(await refusedPaths({ threads: [] }), ['threads']);
    assert.deepEqual(await refusedPaths({ customer: {} }), ['customer.email']);
    assert.deepEqual(await refusedPaths({ customer: { email: 'no address' } }), ['customer.email']);
    assert.deepEqual(await refusedPaths({ type: 'mail', createdAt: 'today' }), ['type', 'createdAt']);
    assert.deepEqual(await refusedPaths(thread({ text: '' })), ['threads[1].text']);
    assert.deepEqual(await refusedPaths(thread({ type: 'message' })), ['threads[1].type']);
    assert.deepEqual(await refusedPaths(thread({ cc: ['x'] })), ['threads[1].cc[0]']);
    assert.deepEqual(
      await refusedPaths(thread({ attachments: [{ fileName: 'a.txt', mimeType: 'text/plain', data: '%' }] })),
      ['threads[1].attachments[0].data'],
    );
    for (const type of ['customer', 'chat', 'phone']) {
      assert.deepEqual(await refusedPaths(thread({ type, customer: undefined })), ['threads[1].customer'], type);
    }
  });

  it('refuses ids that nothing has, and then makes nothing', async () => {
    const client = await writeClient();
    const refused = await client.refusal('POST', PATH, {
      ...BODY,
      mailboxId: 999,
      assignTo: 998,
      user: 997,
      fields: [{ id: 996, value: 'x' }],
      threads: [{ ...THREAD, customer: { id: 995 } }],
    });
    assert.deepEqual(
      refused.map(({ path, rejectedValue }) => [path, rejectedValue]),
      [
        ['mailboxId', 999],
        ['assignTo', 998],
        ['user', 997],
        ['fields[0].id', 996],
        ['threads[0].customer.id', 995],
      ],
    );
    assert.deepEqual(
      (await client.refusal('POST', PATH, { ...BODY, customer: { id: 1 } })).map(({ path }) => path),
      ['customer.id'],
    );
    assert.equal((await client.get(`${PATH}?status=all`)).page.totalElements, 3);
    const customers = await client.get('/v2/customers');
    assert.equal(JSON.stringify(customers).includes('kim@client.example'), false, 'no customer was made either');
  });

  it('takes 1 to 100 threads and refuses more with 412', async () => {
    const client = await writeClient();
    const many = (count: number) => ({ ...BODY, threads: Array.from({ length: count }, () => THREAD) });
    assert.equal((await client.get(`${PATH}/${await client.create(PATH, many(100))}`)).threads, 100);
    assert.equal(await client.statusOf('POST', PATH, many(101)), 412);
  });

  it('refuses other types with 415, broken JSON with 400 and too much of it with 413', async () => {
    const { sandbox, headers } = await writeClient();
    const post = (contentType: string, body: string) =>
      fetch(`${sandbox.url}${PATH}`, { method: 'POST', headers: { ...headers, 'content-type': contentType }, body });
    assert.equal((await post('text/plain', JSON.stringify(BODY))).status, 415);
    const broken = await post('application/json', '{"subject":');
    assert.equal(broken.status, 400);
    const envelope = await broken.json();
    assert.equal(envelope.message, 'Error parsing request body into JSON');
    assert.match(envelope._links.self.href, /#invalid-json$/);
    assert.equal((await post('application/json; charset=utf-8', JSON.stringify([BODY]))).status, 400, 'not an array');
    const large = { ...BODY, subject: 'x'.repeat(15 * 1024 * 1024) };
    assert.equal((await post('application/json', JSON.stringify(large))).status, 413);
  });

  it('stores threads of every type, a reply as a message', async () => {
    const client = await writeClient();
    const customer = { id: 88001 };
    const threads = [
      { type: 'customer', text: 'a', customer },
      { type: 'reply', text: 'b', customer, cc: ['cc@client.example'], bcc: ['bcc@client.example'], user: 502 },
      { type: 'note', text: 'c' },
      { type: 'phone', text: 'd', customer },
      { type: 'chat', text: 'e', customer: { email: 'lin@client.example' } },
    ];
    const id = await client.create(PATH, { ...BODY, customer, threads, user: 503 });
    const stored = await client.threads(id);
    assert.deepEqual(
      stored.map(({ type, createdBy }: { type: string; createdBy: { type: string; id: number } }) => [
        type,
        createdBy.type,
        createdBy.id,
      ]),
      [
        ['customer', 'customer', 88001],
        ['message', 'user', 502],
        ['note', 'user', 503],
        ['phone', 'customer', 88001],
        ['chat', 'customer', 88004],
      ],
    );
    assert.deepEqual(stored[1].cc, ['cc@client.example']);
    assert.deepEqual(stored[1].bcc, ['bcc@client.example']);
    assert.equal((await client.get(`${PATH}/${id}`)).threads, 4, 'a note is not counted');
  });

  it('leaves the assignee to the inbox when absent, and assigns nobody for null', async () => {
    const client = await writeClient();
    const assigneeId = async (more: object) =>
      (await client.get(`${PATH}/${await client.create(PATH, { ...BODY, ...more })}`)).assignee?.id;
    assert.equal(await assigneeId({}), undefined);
    await turn(client.sandbox, { conversations: { defaultAssigneeId: 502 } });
    assert.equal(await assigneeId({}), 502);
    assert.equal(await assigneeId({ assignTo: null }), undefined);
    assert.equal(await assigneeId({ assignTo: 503 }), 503);
    assert.equal(await assigneeId({ assignTo: 451 }), 451, 'a team has an id of the same space');
  });

  it('keeps the times of an import', async () => {
    const client = await writeClient();
    const id = await client.create(PATH, {
      ...BODY,
      imported: true,
      status: 'closed',
      createdAt: '2025-03-01T10:30:00+01:00',
      closedAt: '2025-03-02T09:30:00.500Z',
      threads: [
        { ...THREAD, createdAt: '2025-03-01T12:00:00Z', text: 'second' },
        { ...THREAD, createdAt: '2025-03-01T09:30:00Z', text: 'first' },
      ],
    });
    const conversation = await client.get(`${PATH}/${id}`);
    assert.equal(conversation.createdAt, '2025-03-01T09:30:00Z');
    assert.equal(conversation.closedAt, '2025-03-02T09:30:00Z');
    assert.equal(conversation.closedBy, 501);
    assert.deepEqual(
      (await client.threads(id)).map(({ body, createdAt }: { body: string; createdAt: string }) => [body, createdAt]),
      [
        ['first', '2025-03-01T09:30:00Z'],
        ['second', '2025-03-01T12:00:00Z'],
      ],
    );
  });

  it('lists an import as modified when it came, however old it is', async () => {
    const client = await writeClient();
    const since = `${new Date(Date.now() - 60_000).toISOString().slice(0, 19)}Z`;
    const id = await client.create(PATH, { ...BODY, imported: true, createdAt: '2020-03-01T10:30:00Z' });
    const { _embedded } = await client.get(`${PATH}?status=all&modifiedSince=${since}`);
    assert.deepEqual(
      _embedded.conversations.map((conversation: { id: number }) => conversation.id),
      [id],
    );
  });

  it('keeps custom fields, and refuses what a dropdown does not have', async () => {
    const client = await writeClient();
    const fields = [
      { id: 31001, value: '31052' },
      { id: 31003, value: 12 },
    ];
    const id = await client.create(PATH, { ...BODY, fields });
    const { customFields } = await client.get(`${PATH}/${id}`);
    assert.deepEqual(customFields, [
      { id: 31001, name: 'Plan', value: '31052', text: 'Standard' },
      { id: 31003, name: 'Seats', value: '12', text: '12' },
    ]);
    const [error] = await client.refusal('POST', PATH, { ...BODY, fields: [{ id: 31001, value: 'Pro' }] });
    assert.equal(error?.path, 'fields[0].value');
  });

  it('is a draft when all it has is a drafted reply, and is told of once it is published', async () => {
    const client = await writeClient();
    const events = await listener(client);
    const threads = [{ type: 'reply', text: 'Hello', draft: true, customer: { id: 88001 } }];
    const id = await client.create(PATH, { ...BODY, customer: { id: 88001 }, threads });
    const draft = await client.get(`${PATH}/${id}`);
    assert.equal(draft.state, 'draft');
    assert.equal(draft.threads, 0);
    assert.equal((await client.threads(id))[0].state, 'draft');
    await client.change('PATCH', `${PATH}/${id}`, { op: 'replace', path: '/draft', value: false });
    assert.equal((await client.get(`${PATH}/${id}`)).state, 'published');
    assert.equal((await client.threads(id))[0].state, 'published');
    await events.events('convo.created');
  });

  it('fires its event, and those of the customer and the tags that are new', async () => {
    const client = await writeClient();
    const events = await listener(client);
    const id = await client.create(PATH, { ...BODY, tags: ['Export'], threads: [THREAD, { type: 'note', text: 'n' }] });
    const told = await events.told(3);
    assert.deepEqual(
      told.map(({ event }) => event),
      ['convo.created', 'customer.created', 'tag.created'],
    );
    assert.equal(told[0]?.body.id, id);
    assert.equal(told[1]?.body.firstName, 'Kim');
    assert.equal(told[2]?.body.name, 'Export');
    await client.create(PATH, { ...BODY, tags: ['export'], autoReply: true });
    await events.events('convo.created');
  });

  it('tells of imports, unless that is switched off', async () => {
    const client = await writeClient();
    const events = await listener(client);
    const imported = { ...BODY, customer: { id: 88001 }, threads: [{ type: 'note', text: 'n' }], imported: true };
    await client.create(PATH, imported);
    await events.events('convo.created');
    await turn(client.sandbox, { conversations: { importedWebhooks: false } });
    await client.create(PATH, imported);
    await client.change('DELETE', `${PATH}/7001`);
    await events.events('convo.deleted');
  });

  it('keeps attachments, and gives them back as JSON and as a file', async () => {
    const client = await writeClient();
    const data = Buffer.from('a,b\n1,2\n').toString('base64');
    const attachments = [{ fileName: 'größe.csv', mimeType: 'text/csv', data }];
    const id = await client.create(PATH, { ...BODY, threads: [{ ...THREAD, attachments }] });
    const [thread] = await client.threads(id);
    const [attachment] = thread._embedded.attachments;
    assert.equal(attachment.filename, 'größe.csv');
    assert.equal(attachment.mimeType, 'text/csv');
    assert.equal(attachment.size, 8);
    assert.deepEqual(await client.get(`${PATH}/${id}/attachments/${attachment.id}/data`), { data });
    const file = await client.call('GET', `${PATH}/${id}/attachments/${attachment.id}/file`);
    assert.equal(file.headers.get('content-type'), 'text/csv');
    assert.match(file.headers.get('content-disposition') ?? '', /^attachment; filename=.*gr%C3%B6%C3%9Fe\.csv/);
    assert.equal(await file.text(), 'a,b\n1,2\n');
  });

  it('answers 403 for an inbox that the user may not see, and 400 for a deleted one', async () => {
    const client = await writeClient();
    await hide(client.sandbox, 'forbidden');
    assert.equal(await client.statusOf('POST', PATH, BODY), 403);
    await hide(client.sandbox, 'deleted');
    const [error] = await client.refusal('POST', PATH, BODY);
    assert.equal(error?.path, 'mailboxId');
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { control, corpusOf, stopAll } from './support.ts';
import { hide, listener, turn, type WriteClient, writeClient } from './write-support.ts';

const PATH = '/v2/conversations/7001';
const TWO_MAILBOXES = corpusOf(3, [
  { id: 1, text: 'a' },
  { id: 2, text: 'b', mailbox: 'Billing' },
]);

const patch = (client: WriteClient, path: string, value?: unknown, op = 'replace') =>
  client.change('PATCH', PATH, { op, path, value });
const tagsOf = async (client: WriteClient) => (await client.get(PATH)).tags.map(({ tag }: { tag: string }) => tag);

describe('sandbox: change conversation', () => {
  afterEach(stopAll);

  it('changes one field a call', async () => {
    const client = await writeClient({ corpus: TWO_MAILBOXES });
    await patch(client, '/subject', 'New subject');
    await patch(client, '/status', 'pending');
    await patch(client, '/assignTo', 502);
    await patch(client, '/primaryCustomer.id', 88003);
    await patch(client, '/mailboxId', 311, 'move');
    const changed = await client.get(PATH);
    assert.equal(changed.subject, 'New subject');
    assert.equal(changed.status, 'pending');
    assert.equal(changed.assignee.id, 502);
    assert.equal(changed.primaryCustomer.id, 88003);
    assert.equal(changed.mailboxId, 311);
    await patch(client, '/assignTo', undefined, 'remove');
    assert.equal((await client.get(PATH)).assignee, undefined);
    for (const [sent, stored] of [
      ['closed', 'closed'],
      ['spam', 'spam'],
      ['open', 'active'],
    ]) {
      await patch(client, '/status', sent);
      assert.equal((await client.get(PATH)).status, stored);
    }
  });

  it('refuses an array, unknown paths, and operations and values that the path does not take', async () => {
    const client = await writeClient();
    const good = { op: 'replace', path: '/status', value: 'closed' };
    await client.refusal('PATCH', PATH, [good]);
    assert.deepEqual(await client.refusal('PATCH', PATH, { ...good, path: '/tags' }), [
      {
        path: 'path',
        message:
          "Expected one of these: '/subject', '/status', '/assignTo', '/primaryCustomer.id', '/mailboxId', '/draft'",
        rejectedValue: '/tags',
        code: 'EnumValue',
      },
    ]);
    assert.deepEqual(await client.refusal('PATCH', PATH, { ...good, value: 'done' }), [
      {
        path: 'value',
        message: "Expected one of these: 'active', 'closed', 'open', 'pending', 'spam'",
        rejectedValue: 'done',
        code: 'EnumValue',
      },
    ]);
    const refusedPath = async (change: object) => {
      const [error, ...more] = await client.refusal('PATCH', PATH, { ...good, ...change });
      assert.deepEqual(more, []);
      return error?.path;
    };
    assert.equal(await refusedPath({ path: undefined }), 'path');
    assert.equal(await refusedPath({ op: 'remove' }), 'op');
    assert.equal(await refusedPath({ path: '/subject', value: '' }), 'value');
    assert.equal(await refusedPath({ path: '/assignTo', value: undefined }), 'value');
    assert.equal(await refusedPath({ path: '/assignTo', value: 'Ada' }), 'value');
    assert.equal(await refusedPath({ path: '/assignTo', value: 999 }), 'value');
    assert.equal(await refusedPath({ path: '/mailboxId', value: 310 }), 'op', 'an inbox is moved to');
    assert.equal(await refusedPath({ path: '/mailboxId', op: 'move', value: 999 }), 'value');
    assert.equal(await refusedPath({ path: '/primaryCustomer.id', value: 1 }), 'value');
    assert.equal(await refusedPath({ path: '/draft', value: 'no' }), 'value');
  });

  it('fires the event of what changed, and none when nothing did', async () => {
    const client = await writeClient({ corpus: TWO_MAILBOXES });
    const events = await listener(client);
    await patch(client, '/status', 'closed');
    await events.events('convo.status');
    await patch(client, '/assignTo', 502);
    await events.events('convo.assigned');
    await patch(client, '/mailboxId', 311, 'move');
    const [moved] = await events.told(1);
    assert.equal(moved?.event, 'convo.moved');
    assert.equal(moved?.body.mailboxId, 311);
    for (const [path, value] of [
      ['/status', 'closed'],
      ['/assignTo', 502],
      ['/subject', 'No event tells of this'],
      ['/draft', false],
    ] as const) {
      await patch(client, path, value);
    }
    await client.change('PUT', `${PATH}/tags`, { tags: [] });
    await client.change('DELETE', PATH);
    await events.events('convo.deleted');
  });

  it('leaves line items for changes of status and assignment, which are not counted', async () => {
    const client = await writeClient();
    await patch(client, '/status', 'closed');
    await patch(client, '/status', 'closed');
    await patch(client, '/assignTo', 502);
    await patch(client, '/assignTo', undefined, 'remove');
    await patch(client, '/assignTo', 451);
    const [message, ...items] = await client.threads(7001);
    assert.equal(message.type, 'customer');
    assert.deepEqual(
      items.map(({ type, status, action }: { type: string; status: string; action: { text: string } }) => [
        type,
        status,
        action.text,
      ]),
      [
        ['lineitem', 'closed', 'Ada Moor marked as Closed'],
        ['lineitem', 'nochange', 'Ada Moor assigned to Ben Sato'],
        ['lineitem', 'nochange', 'Ada Moor unassigned'],
        ['lineitem', 'nochange', 'Ada Moor assigned to Support'],
      ],
    );
    for (const key of ['body', 'to', 'cc', 'bcc']) assert.equal(key in items[0], false, key);
    assert.equal((await client.get(PATH)).threads, 1);
  });

  it('says in a line item where it was moved from, and that the customer was changed', async () => {
    const client = await writeClient({ corpus: TWO_MAILBOXES });
    await patch(client, '/mailboxId', 311, 'move');
    await patch(client, '/primaryCustomer.id', 88003);
    const [, moved, customer] = await client.threads(7001);
    assert.equal(moved.action.type, 'movedFromMailbox');
    assert.deepEqual(moved.action.associatedEntities, { user: 501, mailbox: 310 });
    assert.equal(customer.action.type, 'changedTicketCustomer');
  });

  it('says who closed it and when', async () => {
    const client = await writeClient({ now: () => Date.parse('2026-03-01T09:30:00Z') });
    await patch(client, '/status', 'closed');
    const closed = await client.get(PATH);
    assert.equal(closed.closedBy, 501);
    assert.equal(closed.closedByUser.email, 'ada@sandbox.example');
    assert.equal(closed.closedAt, '2026-03-01T09:30:00Z');
  });

  it('deletes, tells only the id, and is not found afterwards', async () => {
    const client = await writeClient();
    const events = await listener(client);
    await client.change('DELETE', PATH);
    assert.deepEqual(await events.told(1), [{ event: 'convo.deleted', body: { id: 7001 } }]);
    assert.equal(await client.statusOf('GET', PATH), 404);
    for (const [method, path, body] of everyWrite(7001)) {
      assert.equal(await client.statusOf(method, path, body), 404, `${method} ${path}`);
    }
    assert.equal((await client.get('/v2/conversations?status=all')).page.totalElements, 2);
  });

  it('takes no writes while it is locked', async () => {
    const client = await writeClient();
    await turn(client.sandbox, { conversations: { locked: [7001] } });
    for (const [method, path, body] of everyWrite(7001)) {
      assert.equal(await client.statusOf(method, path, body), 423, `${method} ${path}`);
    }
    await client.get(PATH);
    await turn(client.sandbox, { conversations: { locked: [] } });
    await patch(client, '/status', 'closed');
  });

  it('answers 404 to every write once it is merged', async () => {
    const client = await writeClient();
    await control(client.sandbox, 'POST', '/conversations/7001/merge', { into: 7002 });
    for (const [method, path, body] of everyWrite(7001)) {
      assert.equal(await client.statusOf(method, path, body), 404, `${method} ${path}`);
    }
  });

  it('answers 403 when it is moved to an inbox that the user may not see', async () => {
    const client = await writeClient({ corpus: TWO_MAILBOXES });
    await hide(client.sandbox, 'forbidden');
    const move = { op: 'move', path: '/mailboxId', value: 310 };
    assert.equal(await client.statusOf('PATCH', '/v2/conversations/7002', move), 403);
  });

  it('does not repeat long values when it refuses them', async () => {
    const client = await writeClient();
    const value = 'x'.repeat(10_000);
    const [error] = await client.refusal('PATCH', PATH, { op: 'replace', path: '/status', value });
    assert.equal(error?.path, 'value');
    assert.equal(error?.rejectedValue, undefined);
  });

  it('writes to conversations that are only made when they are read', async () => {
    const client = await writeClient({ corpus: corpusOf(0), generatedConversations: 50 });
    const path = '/v2/conversations/7020';
    const before = await client.get(path);
    await client.change('PUT', `${path}/tags`, { tags: ['escalated'] });
    const threadId = await client.create(`${path}/notes`, { text: 'Look at this', status: 'pending' });
    const after = await client.get(path);
    assert.equal(after.subject, before.subject);
    assert.equal(after.status, 'pending');
    assert.equal(after.threads, before.threads);
    assert.deepEqual(
      after.tags.map(({ tag }: { tag: string }) => tag),
      ['escalated'],
    );
    const threads = await client.threads(7020);
    assert.equal(threads.at(-1).id, threadId);
    await client.change('DELETE', path);
    assert.equal(await client.statusOf('GET', path), 404);
  });

  it('keeps everything over a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    try {
      const first = await writeClient({ dataDir });
      for (const [method, path, body] of everyWrite(7001)) {
        if (method !== 'DELETE') assert.ok((await first.call(method, path, body)).ok, `${method} ${path}`);
      }
      await first.change('DELETE', '/v2/conversations/7002');
      const read = async (client: WriteClient) => {
        const text = await (await client.call('GET', '/v2/conversations?status=all&embed=threads')).text();
        return text.replaceAll(client.sandbox.url, '').replace(/"friendly":"[^"]*"/g, '');
      };
      const before = await read(first);
      assert.match(before, /"filename":"a\.txt"/);
      await stopAll();
      assert.equal(await read(await writeClient({ dataDir })), before);
    } finally {
      await stopAll();
      rmSync(dataDir, { recursive: true });
    }
  });

  it('answers 403 to every write in an inbox that the user may not see, and 404 in a deleted one', async () => {
    const client = await writeClient();
    await hide(client.sandbox, 'forbidden');
    for (const [method, path, body] of everyWrite(7001)) {
      assert.equal(await client.statusOf(method, path, body), 403, `${method} ${path}`);
    }
    await hide(client.sandbox, 'deleted');
    assert.equal(await client.statusOf('DELETE', PATH), 404);
  });
});

describe('sandbox: tags and fields', () => {
  afterEach(stopAll);

  it('replaces all tags, compared without case', async () => {
    const client = await writeClient();
    const events = await listener(client);
    await client.change('PUT', `${PATH}/tags`, { tags: ['Export', 'bug', 'BUG'] });
    assert.deepEqual(await tagsOf(client), ['Export', 'bug']);
    await events.events('convo.tags', 'tag.created', 'tag.created');
    await client.change('PUT', `${PATH}/tags`, { tags: ['BUG', 'export'] });
    assert.deepEqual((await tagsOf(client)).toSorted(), ['Export', 'bug'], 'a tag is called as it was first');
    await client.change('PUT', `${PATH}/tags`, { tags: ['new'] });
    assert.deepEqual(await tagsOf(client), ['new']);
    await events.events('convo.tags', 'tag.created');
    await client.change('PUT', `${PATH}/tags`, { tags: [] });
    assert.deepEqual(await tagsOf(client), []);
    await events.events('convo.tags');
  });

  it('refuses tags that are no list of names', async () => {
    const client = await writeClient();
    const refusedPath = async (body: unknown) => (await client.refusal('PUT', `${PATH}/tags`, body))[0]?.path;
    assert.equal(await refusedPath({}), 'tags');
    assert.equal(await refusedPath({ tags: null }), 'tags');
    assert.equal(await refusedPath({ tags: 'export' }), 'tags');
    assert.equal(await refusedPath({ tags: ['export', ' '] }), 'tags[1]');
    assert.equal(await refusedPath({ tags: [{ tag: 'export' }] }), 'tags[0]');
  });

  it('replaces all fields, or merges them where that is switched on', async () => {
    const client = await writeClient();
    const events = await listener(client);
    const set = (...fields: object[]) => client.change('PUT', `${PATH}/fields`, { fields });
    const values = async () =>
      (await client.get(PATH)).customFields.map(({ id, value }: { id: number; value: string }) => [id, value]);
    await set({ id: 31001, value: '31053' }, { id: 31002, value: 'A-1' });
    assert.deepEqual(await values(), [
      [31001, '31053'],
      [31002, 'A-1'],
    ]);
    await set({ id: 31003, value: 5 }, { id: 31001, value: null });
    assert.deepEqual(await values(), [[31003, '5']]);
    await events.events('convo.custom-fields', 'convo.custom-fields');
    await turn(client.sandbox, { conversations: { fieldWrites: 'merge' } });
    await set({ id: 31002, value: 'A-2' }, { id: 31003, value: '6' });
    assert.deepEqual(await values(), [
      [31003, '6'],
      [31002, 'A-2'],
    ]);
    await set({ id: 31003, value: null });
    assert.deepEqual(await values(), [[31002, 'A-2']]);
    const refused = await client.refusal('PUT', `${PATH}/fields`, { fields: [{ id: 1, value: 'x' }] });
    assert.equal(refused[0]?.path, 'fields[0].id');
    assert.equal(
      (await client.refusal('PUT', `${PATH}/fields`, { fields: [{ id: 31002 }] }))[0]?.path,
      'fields[0].value',
    );
  });
});

describe('sandbox: snooze', () => {
  afterEach(stopAll);
  const now = () => Date.parse('2026-03-01T09:30:00Z');
  const until = '2026-03-05T09:00:00Z';

  it('snoozes and wakes', async () => {
    const client = await writeClient({ now });
    await client.change('PUT', `${PATH}/snooze`, { snoozedUntil: until, unsnoozeOnCustomerReply: false });
    assert.deepEqual((await client.get(PATH)).snooze, {
      snoozedBy: 501,
      snoozedUntil: until,
      unsnoozeOnCustomerReply: false,
    });
    await patch(client, '/status', 'pending');
    await client.change('DELETE', `${PATH}/snooze`);
    const woken = await client.get(PATH);
    assert.equal(woken.snooze, undefined);
    assert.equal(woken.status, 'active');
    await patch(client, '/status', 'pending');
    await client.change('DELETE', `${PATH}/snooze`);
    assert.equal((await client.get(PATH)).status, 'pending', 'what does not sleep is not woken');
  });

  it('wakes for a customer only where it should', async () => {
    const client = await writeClient({ now });
    const reply = { text: 'Any news?', customer: { id: 88001 } };
    for (const wakes of [false, true]) {
      await client.change('PUT', `${PATH}/snooze`, { snoozedUntil: until, unsnoozeOnCustomerReply: wakes });
      await client.create(`${PATH}/customer`, reply);
      assert.equal((await client.get(PATH)).snooze === undefined, wakes);
    }
  });

  it('refuses a time that is missing, none, past, or too late, and no word about the customer', async () => {
    const client = await writeClient({ now });
    for (const snoozedUntil of [undefined, 'tomorrow', '2026-03-01T09:29:59Z', '2101-01-01T00:00:00Z']) {
      const [error] = await client.refusal('PUT', `${PATH}/snooze`, { snoozedUntil, unsnoozeOnCustomerReply: true });
      assert.equal(error?.path, 'snoozedUntil');
    }
    const [error] = await client.refusal('PUT', `${PATH}/snooze`, { snoozedUntil: until });
    assert.equal(error?.path, 'unsnoozeOnCustomerReply');
  });
});

/** Every call that writes to a conversation, with a body that it would take. */
function everyWrite(id: number): [method: string, path: string, body?: unknown][] {
  const path = `/v2/conversations/${id}`;
  const customer = { id: 88001 };
  const text = 'Hello';
  return [
    ['PATCH', path, { op: 'replace', path: '/status', value: 'closed' }],
    ['PUT', `${path}/tags`, { tags: ['bug'] }],
    ['PUT', `${path}/fields`, { fields: [] }],
    ['PUT', `${path}/snooze`, { snoozedUntil: '2099-01-01T00:00:00Z', unsnoozeOnCustomerReply: true }],
    ['DELETE', `${path}/snooze`],
    ['POST', `${path}/reply`, { text, customer }],
    ['POST', `${path}/notes`, { text }],
    ['POST', `${path}/customer`, { text, customer }],
    ['POST', `${path}/phones`, { text, customer }],
    ['POST', `${path}/chats`, { text, customer }],
    ['PATCH', `${path}/threads/990001`, { op: 'replace', path: '/hidden', value: true }],
    ['POST', `${path}/threads/990001/attachments`, { fileName: 'a.txt', mimeType: 'text/plain', data: 'YQ==' }],
    ['DELETE', `${path}/attachments/71`],
    ['DELETE', path],
  ];
}

import assert from 'node:assert/strict';
import { FIRST_PAGE } from '../../src/domain/scan-cursor.ts';
import { HelpScoutNotFound, HelpScoutPreconditionFailed, HelpScoutRejected } from '../../src/helpscout/errors.ts';
import { scanConversations } from '../../src/helpscout/scan-conversations.ts';
import type { ApiThread } from '../../src/helpscout/schemas.ts';
import { control } from '../sandbox/support.ts';
import { at, contractWorld, hasKeys, type World } from './contract.ts';

const CONVERSATION =
  'id number threads type folderId status state subject preview mailboxId createdBy createdAt source tags cc bcc primaryCustomer _embedded _links';
const THREAD = 'id type status state action body source customer createdBy to cc bcc createdAt _embedded _links';
const since = '2020-01-01T00:00:00Z';
const KIM = { email: 'kim@client.example', firstName: 'Kim', lastName: 'Ito' };
const EMBED = { embed: 'threads' };

const mailboxOf = async ({ client }: World) => {
  const [mailbox] = await client.mailboxes.list();
  assert(mailbox);
  return mailbox.mailboxId;
};

describe('contract: conversations', () => {
  const { holds, world } = contractWorld();
  let mailboxId = 0;
  before(async () => {
    mailboxId = await mailboxOf(world());
  });

  const listQuery = () => ({
    mailbox: String(mailboxId),
    modifiedSince: since,
    status: 'all',
    embed: 'threads',
    sortField: 'createdAt',
    sortOrder: 'asc',
    page: '1',
  });

  it('lists them with their threads, oldest first, whatever their status', async () => {
    const { client, calls } = world();
    await client.conversations.changeStatus(7001, 'closed');
    const page = await client.conversations.page({ mailboxIds: [mailboxId], modifiedSince: since, ...FIRST_PAGE });
    const call = calls.at(-1);
    assert(call);
    assert.deepEqual(call.query, listQuery());
    hasKeys(at(call.answer, '_embedded.conversations.0'), CONVERSATION);
    hasKeys(at(call.answer, '_embedded.conversations.1._embedded.threads.0'), THREAD);
    hasKeys(at(call.answer, '_links'), 'self first next last page');
    assert.deepEqual(at(call.answer, 'page'), { size: 25, totalElements: 60, totalPages: 3, number: 1 });
    const times = page.items.map((item) => ('createdAt' in item ? item.createdAt : ''));
    assert.deepEqual(times, times.toSorted());
    assert(page.items.some((item) => 'status' in item && item.status === 'closed'));
  });

  it('asks for what was created since a time, and for what an address has to do with', async () => {
    const { client, calls } = world();
    const time = '2026-03-01T09:30:00.123Z';
    const query = { mailboxIds: [], modifiedSince: time, createdFrom: time, email: 'a"\\b@c.example', page: 2 };
    await client.conversations.page(query);
    assert.deepEqual(calls.at(-1)?.query, {
      modifiedSince: '2026-03-01T09:30:00Z',
      status: 'all',
      embed: 'threads',
      query: String.raw`(email:"a\"\\b@c.example" AND createdAt:[2026-03-01T09:30:00Z TO *])`,
      sortField: 'createdAt',
      sortOrder: 'asc',
      page: '2',
    });
  });

  it('gets an empty list without anything embedded', async () => {
    const { client, calls } = world();
    const modifiedSince = '2099-01-01T00:00:00Z';
    const read = await client.conversations.page({ mailboxIds: [mailboxId], modifiedSince, ...FIRST_PAGE });
    assert.deepEqual(read, { items: [], total: 0, pages: 0 });
    const answer = calls.at(-1)?.answer;
    assert(typeof answer === 'object' && answer !== null && !('_embedded' in answer));
    assert.deepEqual(at(answer, 'page'), { size: 25, totalElements: 0, totalPages: 0, number: 0 });
  });

  holds('one conversation', {
    run: (client) => client.conversations.get(7002),
    exchanges: [
      {
        call: 'GET /v2/conversations/7002',
        query: EMBED,
        status: 200,
        answer: (conversation) => {
          hasKeys(conversation, CONVERSATION);
          assert(typeof at(conversation, 'threads') === 'number');
        },
      },
    ],
    afterwards: ({ id, _links }) => {
      assert.equal(id, 7002);
      assert.match(_links?.web?.href ?? '', /\/conversation\/7002\/\d+$/);
    },
  });

  holds('one that is not there', {
    run: (client) => assert.rejects(client.conversations.get(1), HelpScoutNotFound),
    exchanges: [{ call: 'GET /v2/conversations/1', query: EMBED, status: 404 }],
  });

  holds('a merged one, which is followed by id, and by id again', {
    run: async (client, { sandbox }) => {
      await control(sandbox, 'POST', '/conversations/7010/merge', { into: 7011 });
      await control(sandbox, 'POST', '/conversations/7011/merge', { into: 7012 });
      return client.conversations.get(7010);
    },
    exchanges: ({ id }) => [
      { call: 'GET /v2/conversations/7010', query: EMBED, status: 301 },
      ...(id === 7012 ? [{ call: 'GET /v2/conversations/7011', query: EMBED, status: 301 }] : []),
      { call: 'GET /v2/conversations/7012', query: EMBED, status: 200 },
    ],
    afterwards: ({ id }, { calls }) => {
      assert.equal(id, 7012);
      assert.match(calls.at(-2)?.headers.get('location') ?? '', /\/v2\/conversations\/7012$/);
    },
  });

  holds('the threads of a merged one, which are gone', {
    run: (client) => assert.rejects(client.conversations.threads(7010), HelpScoutNotFound),
    exchanges: [{ call: 'GET /v2/conversations/7010/threads', query: { page: '1' }, status: 404 }],
  });

  holds('a write to a merged one, which is gone', {
    run: (client) => assert.rejects(client.conversations.changeStatus(7010, 'closed'), HelpScoutNotFound),
    exchanges: [
      {
        call: 'PATCH /v2/conversations/7010',
        sent: { op: 'replace', path: '/status', value: 'closed' },
        status: 404,
      },
    ],
  });

  holds('a create for an address, with its marker as the last line', {
    run: (client) =>
      client.conversations.create({
        mailboxId,
        subject: 'Feature request: dark mode',
        customer: KIM,
        text: 'Could you add a <dark> theme?\nTom & "I" would like it.',
        marker: 'sub-0001',
        tags: ['feature-request'],
        assignTo: null,
      }),
    exchanges: [
      {
        call: 'POST /v2/conversations',
        query: {},
        sent: {
          subject: 'Feature request: dark mode',
          get mailboxId() {
            return mailboxId;
          },
          type: 'email',
          status: 'active',
          customer: KIM,
          threads: [
            {
              type: 'customer',
              customer: { email: KIM.email },
              text: 'Could you add a &lt;dark&gt; theme?<br>Tom &amp; &quot;I&quot; would like it.<br><br>Reference: sub-0001',
            },
          ],
          tags: ['feature-request'],
          assignTo: null,
        },
        status: 201,
      },
    ],
    afterwards: async (id, { client }) => {
      const written = await client.conversations.get(id);
      assert.equal(written.primaryCustomer?.email, KIM.email);
      assert.deepEqual(
        written.tags?.map(({ tag }) => tag),
        ['feature-request'],
      );
      const search = { mailboxId, customerEmail: KIM.email, since: new Date(Date.now() - 600_000), until: new Date() };
      assert.equal(await client.conversations.findByMarker({ ...search, marker: 'sub-0001' }), id);
      assert.equal(await client.conversations.findByMarker({ ...search, marker: 'sub-000' }).catch(String), null);
      assert.equal(await client.conversations.findByMarker({ ...search, marker: 'sub-00011' }), null);
    },
  });

  holds('a create for a known customer', {
    run: async (client) => {
      const { primaryCustomer } = await client.conversations.get(7002);
      const customer = { id: primaryCustomer?.id ?? 0 };
      return client.conversations.create({ mailboxId, subject: 's', customer, text: 't', marker: 'sub-0002' });
    },
    exchanges: (id) => {
      const create = world().calls.find(({ headers }) => headers.get('resource-id') === String(id));
      const customer = at(create?.sent, 'customer');
      assert(typeof at(customer, 'id') === 'number');
      const threads = [{ type: 'customer', customer, text: 't<br><br>Reference: sub-0002' }];
      return [
        { call: 'GET /v2/conversations/7002', query: EMBED, status: 200 },
        {
          call: 'POST /v2/conversations',
          sent: { subject: 's', mailboxId, type: 'email', status: 'active', customer, threads },
          status: 201,
        },
      ];
    },
  });

  it('hears what is wrong with a create', async () => {
    const { client, calls } = world();
    const wrong = { mailboxId: 999_999, subject: '', customer: { email: 'nobody' }, text: 't', marker: 'sub-0003' };
    const error = await client.conversations.create(wrong).catch((thrown: unknown) => thrown);
    assert(error instanceof HelpScoutRejected);
    assert(error.problems.some(({ path, message }) => path === 'subject' && message.length > 0));
    assert.match(error.logRef ?? '', /^[\w-]{36}/);
    assert.match(calls.at(-1)?.headers.get('content-type') ?? '', /^application\/vnd\.error\+json/);
    hasKeys(calls.at(-1)?.answer, 'logRef message _embedded _links');
  });

  holds('tags, as a whole set', {
    run: (client) => client.conversations.setTags(7003, ['export', 'bug']),
    exchanges: [{ call: 'PUT /v2/conversations/7003/tags', sent: { tags: ['export', 'bug'] }, status: 204 }],
    afterwards: async (_, { client }) => {
      const { tags } = await client.conversations.get(7003);
      assert.deepEqual(tags?.map(({ tag }) => tag).sort(), ['bug', 'export']);
    },
  });

  holds('a status, as one object', {
    run: (client) => client.conversations.changeStatus(7003, 'closed'),
    exchanges: [
      {
        call: 'PATCH /v2/conversations/7003',
        query: {},
        sent: { op: 'replace', path: '/status', value: 'closed' },
        status: 204,
      },
    ],
    afterwards: async (_, { client }) => assert.equal((await client.conversations.get(7003)).status, 'closed'),
  });

  it('the sandbox refuses the array that other tools send', async () => {
    const { sandbox, accessToken } = world();
    const answer = await fetch(`${sandbox.url}/v2/conversations/7003`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify([{ op: 'replace', path: '/status', value: 'closed' }]),
    });
    assert.equal(answer.status, 400);
  });
});

describe('contract: threads', () => {
  const { holds, world } = contractWorld();

  holds('a list, newest first, by page', {
    run: async (client) => {
      for (let count = 0; count < 26; count++) {
        await control(world().sandbox, 'POST', '/conversations/7001/messages', { type: 'customer', text: `m${count}` });
      }
      return client.conversations.threads(7001);
    },
    exchanges: [
      {
        call: 'GET /v2/conversations/7001/threads',
        query: { page: '1' },
        status: 200,
        answer: (list) => {
          hasKeys(at(list, '_embedded.threads.0'), THREAD);
          assert.equal(at(list, 'page.totalElements'), 27);
        },
      },
      { call: 'GET /v2/conversations/7001/threads', query: { page: '2' }, status: 200 },
    ],
    afterwards: (threads) => {
      assert.equal(new Set(threads.map(({ id }) => id)).size, 27);
      assert.match(threads[0]?.body ?? '', /m25/);
    },
  });

  holds('a reply, as a draft', {
    run: async (client) => {
      const { primaryCustomer } = await client.conversations.get(7002);
      const customerId = primaryCustomer?.id ?? 0;
      return client.conversations.createReply({ conversationId: 7002, customerId, text: 'Fixed <now>', draft: true });
    },
    exchanges: () => [
      { call: 'GET /v2/conversations/7002', query: EMBED, status: 200 },
      {
        call: 'POST /v2/conversations/7002/reply',
        sent: { text: 'Fixed &lt;now&gt;', customer: at(world().calls.at(-1)?.sent, 'customer'), draft: true },
        status: 201,
      },
    ],
    afterwards: async (threadId, { client }) => {
      const reply = (await client.conversations.threads(7002)).find(({ id }) => id === threadId);
      assert.deepEqual([reply?.type, reply?.state], ['message', 'draft']);
    },
  });

  holds('a note', {
    run: (client) => client.conversations.createNote({ conversationId: 7002, text: 'a\nb', status: 'closed' }),
    exchanges: [{ call: 'POST /v2/conversations/7002/notes', sent: { text: 'a<br>b', status: 'closed' }, status: 201 }],
    afterwards: async (threadId, { client }) => {
      const note = (await client.conversations.threads(7002)).find(({ id }) => id === threadId);
      assert.equal(note?.type, 'note');
      assert.equal((await client.conversations.get(7002)).status, 'closed');
    },
  });

  holds('one thread more than 100', {
    run: async (client) => {
      for (let count = 1; count < 100; count++) {
        await control(world().sandbox, 'POST', '/conversations/7003/messages', { type: 'customer', text: `m${count}` });
      }
      const more = client.conversations.createNote({ conversationId: 7003, text: 'x' });
      await assert.rejects(more, HelpScoutPreconditionFailed);
    },
    exchanges: [{ call: 'POST /v2/conversations/7003/notes', sent: { text: 'x' }, status: 412 }],
  });

  holds('a locked conversation', {
    run: async (client) => {
      await control(world().sandbox, 'PATCH', '/switches', { conversations: { locked: [7004] } });
      const note = client.conversations.createNote({ conversationId: 7004, text: 'x' });
      await assert.rejects(note, (error) => error instanceof HelpScoutRejected && error.status === 423);
    },
    exchanges: [{ call: 'POST /v2/conversations/7004/notes', sent: { text: 'x' }, status: 423 }],
  });

  for (const chatEmbedding of ['fewer', 'cut', 'full'] as const) {
    it(`a chat whose embedded threads are ${chatEmbedding}: the thread list has them whole`, async () => {
      const { sandbox, client, accessToken } = world();
      await control(sandbox, 'PATCH', '/switches', { conversations: { chatEmbedding } });
      const mailboxId = await mailboxOf(world());
      const texts = Array.from({ length: 8 }, (_, index) => `Line ${index} ${'of a long chat '.repeat(40)}`);
      const customer = { email: 'chat@client.example' };
      const created = await fetch(`${sandbox.url}/v2/conversations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ subject: chatEmbedding, mailboxId, type: 'chat', status: 'active', customer },
          threads: texts.map((text) => ({ type: 'chat', customer, text })),
        }),
      });
      const id = Number(created.headers.get('resource-id'));
      const whole = texts.map((text) => text.trim()).toSorted();
      const bodiesOf = (threads: readonly ApiThread[]) => threads.map(({ body }) => body?.trim() ?? '').toSorted();
      const { _embedded } = await client.conversations.get(id);
      const embedded = bodiesOf(_embedded?.threads ?? []);
      assert.equal(JSON.stringify(embedded) === JSON.stringify(whole), chatEmbedding === 'full');
      assert.deepEqual(bodiesOf(await client.conversations.threads(id)), whole);
      const modifiedSince = '2020-01-01T00:00:00Z';
      const retry = <T>(call: () => Promise<T>) => call();
      const scan = scanConversations({
        ...client,
        mailboxIds: [mailboxId],
        modifiedSince,
        now: () => new Date(),
        retry,
      });
      const scanned: ApiThread[] = [];
      for await (const { changed } of scan) {
        scanned.push(...changed.filter(({ conversation }) => conversation.id === id).flatMap(({ threads }) => threads));
      }
      assert.deepEqual(bodiesOf(scanned), whole);
    });
  }
});

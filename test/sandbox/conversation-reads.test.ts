import assert from 'node:assert/strict';
import { createJsonShapes } from '../../src/sandbox/inbox/json-shapes.ts';
import { forgetfulLog } from '../../src/sandbox/store/event-log.ts';
import type { StoredConversation, Thread } from '../../src/sandbox/store/model.ts';
import { plainThread, type ThreadParts } from '../../src/sandbox/store/plain-thread.ts';
import { createStore } from '../../src/sandbox/store/store.ts';
import { createSwitches } from '../../src/sandbox/switches.ts';
import type { SwitchesPatch } from '../../src/sandbox/switches-schema.ts';
import { control, corpusOf, inboxClient, start, stopAll } from './support.ts';

const NOW = Date.parse('2026-11-22T07:00:00Z');
const BASE = 'http://sandbox.example';

interface Shown {
  id: number;
  type: string;
  body?: string;
  createdBy: { type: string; id: number };
  [field: string]: unknown;
}
interface ShownConversation {
  _embedded: { threads: Shown[] };
  _links: Record<string, { href: string }>;
  [field: string]: unknown;
}

/** A store with one customer and a conversation of these threads, and how it is shown. */
function showing(
  threads: Partial<ThreadParts>[],
  more: Partial<StoredConversation> = {},
  switches: SwitchesPatch = {},
) {
  const store = createStore({
    corpus: corpusOf(1),
    log: forgetfulLog(),
    referenceMs: NOW - 86_400_000,
    now: () => NOW,
    generatedConversations: 0,
    searchLagMs: () => 0,
  });
  const made = threads.map(
    (parts, index): Thread =>
      plainThread({
        id: 1000 + index,
        type: 'customer',
        text: 'text',
        author: { type: 'customer', id: 88001 },
        createdAtMs: NOW - 3_600_000 + index * 60_000,
        ...parts,
      }),
  );
  const conversation: StoredConversation = {
    id: 7002,
    number: 2,
    corpusId: null,
    type: 'email',
    state: 'published',
    status: 'active',
    subject: 'Subject',
    mailboxId: 310,
    customerId: 88001,
    assigneeId: null,
    tags: [],
    fields: [],
    snooze: null,
    cc: [],
    bcc: [],
    source: 'email',
    createdAtMs: NOW - 3_600_000,
    closed: null,
    threads: made,
    ...more,
  };
  store.commit({ kind: 'conversationCreated', conversation, atMs: conversation.createdAtMs });
  const shapes = createJsonShapes({ store, switches: createSwitches(switches), baseUrl: BASE, now: () => NOW });
  const current = () => {
    const found = store.conversations.get(7002);
    assert.ok(found);
    return found;
  };
  const shown = (version: 'v2' | 'v3' = 'v2'): ShownConversation =>
    JSON.parse(JSON.stringify(shapes.conversation(current(), { withThreads: true, version })));
  return { store, shown };
}

const user = { type: 'user', id: 501 } as const;
const systemUser = { type: 'system_user', id: 901 } as const;

describe('sandbox: what conversations and threads look like', () => {
  afterEach(stopAll);

  it('shows HTML as it came, and escapes plain text', () => {
    const { shown } = showing([
      { text: '<p>See <b>this</b></p>', isHtml: true },
      { text: 'a < b', type: 'message', author: user },
    ]);
    assert.deepEqual(
      shown()._embedded.threads.map(({ body }) => body),
      ['a &lt; b', '<p>See <b>this</b></p>'],
    );
    assert.equal(shown().preview, 'a < b');
  });

  it('previews what is read in HTML', () => {
    const { shown } = showing([{ text: '<div>Fish &amp; chips</div><br>please', isHtml: true }]);
    assert.equal(shown().preview, 'Fish & chips please');
  });

  it('counts published messages only, and has drafts, hidden ones and line items in the list', () => {
    const action = { type: 'assigned', text: 'Ada took it', associatedEntities: { user: 501 } };
    const { shown } = showing([
      {},
      { type: 'note', author: user },
      { type: 'lineitem', author: user, text: '', action },
      { type: 'message', author: user, state: 'draft' },
      { type: 'customer', state: 'hidden' },
    ]);
    const { threads } = shown()._embedded;
    assert.equal(shown().threads, 1);
    assert.deepEqual(
      threads.map(({ type, state, status }) => [type, state, status]),
      [
        ['customer', 'hidden', 'active'],
        ['message', 'draft', 'active'],
        ['lineitem', 'published', 'nochange'],
        ['note', 'published', 'nochange'],
        ['customer', 'published', 'active'],
      ],
    );
    assert.deepEqual(threads[2]?.action, action);
    assert.equal('body' in (threads[2] ?? {}), false);
  });

  it('names attachments with where their data is', () => {
    const attachment = { id: 71, fileName: 'export.png', mimeType: 'image/png', size: 3, data: 'YWJj' };
    const { shown } = showing([{ attachments: [attachment] }]);
    const [thread] = shown()._embedded.threads;
    const path = `${BASE}/v2/conversations/7002/attachments/71`;
    assert.deepEqual(thread?._embedded, {
      attachments: [
        {
          id: 71,
          filename: 'export.png',
          mimeType: 'image/png',
          size: 3,
          state: 'valid',
          _links: { self: { href: path }, data: { href: `${path}/data` }, web: { href: `${path}/file` } },
        },
      ],
    });
    assert.equal(JSON.stringify(shown()).includes('YWJj'), false);
  });

  it('shows a snooze until it ends, and ends it when the customer writes', () => {
    const snooze = { byUserId: 501, untilMs: NOW + 60_000, unsnoozeOnCustomerReply: true };
    const { shown, store } = showing([{}], { snooze });
    const until = '2026-11-22T07:01:00Z';
    assert.deepEqual(shown().snooze, { snoozedBy: 501, snoozedUntil: until, unsnoozeOnCustomerReply: true });
    assert.deepEqual(shown().nextEvent, {
      time: until,
      eventType: 'snooze',
      userId: 501,
      cancelOnCustomerReply: true,
    });
    const author = { type: 'customer', id: 88001 } as const;
    const thread = plainThread({ id: 2000, type: 'customer', text: 'x', author, createdAtMs: NOW });
    store.commit({ kind: 'threadAdded', conversationId: 7002, thread, conversationStatus: 'active', atMs: NOW });
    assert.equal('snooze' in shown(), false);
    assert.equal('snooze' in showing([{}], { snooze: { ...snooze, untilMs: NOW - 1 } }).shown(), false);
  });

  it('shows a team as assignee, and a customer who was deleted without a name', () => {
    const { shown, store } = showing([{}], { assigneeId: 451 });
    assert.deepEqual(shown()._links.assignee, { href: `${BASE}/v2/teams/451` });
    assert.deepEqual(shown().assignee, { id: 451, type: 'team', first: 'Support', last: '', email: '' });
    store.commit({ kind: 'customerDeleted', customerId: 88001, atMs: NOW });
    assert.deepEqual(shown().primaryCustomer, { id: 88001, type: 'customer', first: '', last: '', email: '' });
  });

  it('keeps system users in version 3, and shows them as users in version 2', () => {
    const { shown } = showing([{}, { type: 'message', author: systemUser }]);
    assert.deepEqual(
      [shown('v2'), shown('v3')].map(({ _embedded }) => _embedded.threads[0]?.createdBy.type),
      ['user', 'system_user'],
    );
    assert.equal(shown('v3')._embedded.threads[0]?.createdBy.id, 901);
  });

  it('notes the user who changed something, and when', () => {
    const { shown, store } = showing([{}]);
    const atMs = NOW - 1000;
    store.commit({
      kind: 'conversationChanged',
      conversationId: 7002,
      byUserId: 502,
      atMs,
      change: { status: 'closed' },
    });
    assert.equal(shown().status, 'closed');
    assert.equal(shown().closedBy, 502);
    assert.equal(shown().closedAt, '2026-11-22T06:59:59Z');
    assert.equal(shown().userUpdatedAt, '2026-11-22T06:59:59Z');
    assert.equal(store.conversations.columns.modifiedAtMs(1), atMs);
  });

  it('places an imported thread where its date says', () => {
    const { shown, store } = showing([{}, {}]);
    const thread = plainThread({
      id: 2000,
      type: 'message',
      text: 'earlier',
      author: user,
      createdAtMs: NOW - 3_590_000,
      imported: true,
    });
    store.commit({ kind: 'threadAdded', conversationId: 7002, thread, conversationStatus: null, atMs: NOW });
    assert.deepEqual(
      shown()._embedded.threads.map(({ id }) => id),
      [1001, 2000, 1000],
    );
    assert.equal(store.conversations.columns.modifiedAtMs(1), NOW);
  });

  describe('embedded threads of a chat', () => {
    const long = 'A sentence that goes on for longer than what is left of a text that is cut short, by far.';
    const threads = Array.from({ length: 5 }, () => ({ type: 'beaconchat' as const, text: long }));
    const embedded = (chatEmbedding: 'fewer' | 'cut' | 'full', type: 'chat' | 'email' = 'chat') =>
      showing(threads, { type }, { conversations: { chatEmbedding } }).shown()._embedded.threads;

    it('are the newest two, all of them cut short, or all', () => {
      assert.deepEqual(
        embedded('fewer').map(({ id }) => id),
        [1004, 1003],
      );
      assert.deepEqual(
        embedded('cut').map(({ body }) => body?.length),
        [60, 60, 60, 60, 60],
      );
      assert.deepEqual(
        embedded('full').map(({ body }) => body),
        threads.map(({ text }) => text),
      );
    });

    it('are all there in an e-mail conversation', () => {
      assert.equal(embedded('fewer', 'email').length, 5);
    });
  });

  it('says how many there are in the list even when a chat has fewer embedded', async () => {
    const sandbox = await start({ corpus: corpusOf(0), generatedConversations: 100 });
    const client = await inboxClient(sandbox);
    const list = await client.get('/v2/conversations?status=all&embed=threads&sortField=number&sortOrder=asc&page=1');
    const chats = list._embedded.conversations.filter(({ type }: { type: string }) => type === 'chat');
    assert.ok(chats.length > 0);
    for (const { id, threads, _embedded } of chats) {
      assert.equal(_embedded.threads.length, 2);
      const own = await client.get(`/v2/conversations/${id}/threads`);
      assert.ok(own._embedded.threads.length >= threads);
      assert.ok(own._embedded.threads.length > 2);
    }
  });

  describe('version 3', () => {
    it('goes on from cursor to cursor until there is no next link, while new ones arrive', async () => {
      const sandbox = await start({ corpus: corpusOf(120) });
      const client = await inboxClient(sandbox);
      const seen: number[] = [];
      let path: string | undefined = '/v3/conversations?status=all';
      while (path !== undefined) {
        const page = await client.get(path);
        assert.equal('page' in page, false);
        seen.push(...page._embedded.conversations.map(({ id }: { id: number }) => id));
        await control(sandbox, 'POST', '/conversations', { subject: 's', text: 't', customerEmail: 'a@b.example' });
        path = page._links.next?.href.slice(sandbox.url.length);
      }
      assert.deepEqual(
        seen,
        Array.from({ length: 120 }, (_, index) => 7120 - index),
      );
    });

    it('filters by address and refuses a cursor it never gave', async () => {
      const sandbox = await start();
      const client = await inboxClient(sandbox);
      const list = await client.get('/v3/conversations?email=customer-2@example.com');
      assert.deepEqual(
        list._embedded.conversations.map(({ id }: { id: number }) => id),
        [7002],
      );
      assert.equal(list._embedded.conversations[0]._links.self.href, `${sandbox.url}/v3/conversations/7002`);
      assert.equal((await client.call('GET', '/v3/conversations?cursor=nonsense')).status, 400);
    });

    it('reads one conversation, and its threads page by page', async () => {
      const threads = Array.from({ length: 30 }, (_, index) => ({ type: 'customer' as const, text: `m${index + 1}` }));
      const sandbox = await start({ corpus: corpusOf(1, [{ id: 1, text: 'm1', threads }]) });
      const client = await inboxClient(sandbox);
      const { id, _embedded } = await client.get('/v3/conversations/7001?embed=threads');
      assert.equal(id, 7001);
      assert.equal(_embedded.threads.length, 30);
      const first = await client.get('/v3/conversations/7001/threads');
      assert.equal(first._embedded.threads.length, 25);
      const second = await client.get(first._links.next.href.slice(sandbox.url.length));
      assert.equal(second._embedded.threads.at(-1).body, 'm1');
      assert.equal(second._embedded.threads.length, 5);
      assert.equal('next' in second._links, false);
    });

    it('lists the system users', async () => {
      const client = await inboxClient(await start());
      const { _embedded } = await client.get('/v3/system-users');
      assert.deepEqual(
        _embedded['system-users'].map(({ id, type }: { id: number; type: string }) => [id, type]),
        [
          [901, 'system_user'],
          [902, 'system_user'],
        ],
      );
    });
  });
});

import assert from 'node:assert/strict';
import { conversationSchema, customerThreads, threadSchema } from '../../src/domain/conversation.ts';
import { originalRange } from '../../src/helpscout/html/spans.ts';
import { type ApiThread, apiConversationSchema, apiThreadSchema } from '../../src/helpscout/schemas.ts';
import { toConversation } from '../../src/helpscout/to-conversation.ts';

const owner = { organizationId: 'o', integrationId: 'i', importedAt: new Date(0) };
const LIN = { id: 88001, type: 'customer', first: 'Lin', last: 'Osei', email: 'Lin@Client.example' };
const ADA = { id: 501, type: 'user', first: 'Ada', email: 'ada@acme.example' };
const BARE = {
  id: 7001,
  number: 42,
  threads: 1,
  type: 'email',
  status: 'active',
  mailboxId: 310,
  createdAt: '2026-03-01T09:30:00Z',
};

const thread = (changes: Record<string, unknown>): ApiThread =>
  apiThreadSchema.parse({
    id: 1,
    type: 'customer',
    state: 'published',
    body: 'Hello',
    createdBy: LIN,
    createdAt: '2026-03-01T09:30:00Z',
    ...changes,
  });
const made = (threads: ApiThread[], changes: Record<string, unknown> = {}) => {
  const conversation = toConversation(apiConversationSchema.parse({ ...BARE, ...changes }), threads, owner);
  return conversationSchema.parse(conversation);
};
const authorOf = (changes: Record<string, unknown>) => made([thread(changes)]).threads[0]?.author;

describe('conversation from Help Scout’s reply', () => {
  it('bears fields that are missing, null, zero or of another type than documented', () => {
    const { customer, subject, webUrl } = made(
      [thread({ createdBy: null, customer: null, action: [], _embedded: [] })],
      {
        subject: null,
        primaryCustomer: { id: 0, first: null, email: '' },
        closedBy: 0,
        customerWaitingSince: '2026-03-01T09:30:00Z',
        assignee: null,
        _links: null,
      },
    );
    assert.deepEqual(customer, { kind: 'customer' });
    assert.equal(subject, '');
    assert.equal(webUrl, 'https://secure.helpscout.net/conversation/7001/42');
  });

  it('keeps published threads people wrote, in order, each once', () => {
    const { threads } = made([
      thread({ id: 9, createdAt: '2026-03-02T09:30:00Z', body: 'Second' }),
      thread({ id: 2, type: 'lineitem', body: null, action: { type: 'merged' } }),
      thread({ id: 3, state: 'draft' }),
      thread({ id: 4, state: 'hidden' }),
      thread({ id: 5, state: 'review' }),
      thread({ id: 6, state: 'underreview' }),
      thread({ id: 7, body: 'First' }),
      thread({ id: 9, createdAt: '2026-03-02T09:30:00Z', body: 'Second, edited' }),
    ]);
    assert.deepEqual(
      threads.map(({ threadId, text }) => [threadId, text]),
      [
        [7, 'First'],
        [9, 'Second, edited'],
      ],
    );
  });

  it('knows who wrote: by the type of thread, and of calls, chats and forwards by who created them', () => {
    const lin = { kind: 'customer', id: 88001, name: 'Lin Osei', email: 'lin@client.example' };
    const ada = { kind: 'user', id: 501, name: 'Ada', email: 'ada@acme.example' };
    assert.deepEqual(authorOf({}), lin);
    assert.deepEqual(authorOf({ createdBy: ADA, customer: LIN }), lin);
    assert.deepEqual(authorOf({ type: 'message', createdBy: ADA, customer: LIN }), ada);
    assert.deepEqual(authorOf({ type: 'message', createdBy: null, customer: LIN }), { kind: 'user' });
    for (const type of ['chat', 'beaconchat', 'phone', 'forwardparent', 'forwardchild']) {
      assert.deepEqual(authorOf({ type }), lin);
      assert.deepEqual(authorOf({ type, createdBy: ADA, customer: LIN }), ada);
    }
    assert.deepEqual(authorOf({ type: 'beaconchat', createdBy: null, customer: { ...LIN, type: null } }), lin);
    assert.deepEqual(authorOf({ createdBy: { id: 5, type: 'customer', first: null, last: '' } }), {
      kind: 'customer',
      id: 5,
    });
    assert.equal(
      customerThreads(made([thread({ type: 'chat' }), thread({ id: 2, type: 'chat', createdBy: ADA })]).threads).length,
      1,
    );
  });

  it('takes a thread of a type it does not know for a note, which nothing is quoted from', () => {
    assert.equal(made([thread({ type: 'hologram' })]).threads[0]?.type, 'note');
  });

  it('names attachments, and says what was left out and where the text came from', () => {
    const body = '<p>See &amp; fix</p><div class="gmail_signature">Lin</div>';
    const attachments = [
      { id: 71, filename: 'export.png', mimeType: 'image/png', size: 20110 },
      { id: 72, filename: null, mimeType: null, size: -1 },
      { id: 73, filename: 'huge', mimeType: 'x/y', size: 2 ** 53 },
    ];
    const [read] = made([thread({ body, _embedded: { attachments } })]).threads;
    assert.deepEqual(read?.attachments, [
      { name: 'export.png', mimeType: 'image/png', size: 20110 },
      { name: 'Unnamed file', mimeType: 'application/octet-stream' },
      { name: 'huge', mimeType: 'x/y' },
    ]);
    assert.equal(read.text, 'See & fix');
    assert.deepEqual(read.removed, [{ at: 9, kind: 'signature', characters: 3 }]);
    const { start, end } = originalRange(read.spans ?? [], 4, 9);
    assert.equal(body.slice(start, end), '&amp; fix');
  });

  it('keeps what the first message of a forwarded conversation quotes, and nothing of later ones', () => {
    const body = 'Please see<div id="divRplyFwdMsg">From: Kim</div>It is broken';
    const later = { id: 2, createdAt: '2026-03-02T09:30:00Z', body };
    const { threads } = made([thread({ body }), thread(later)], { subject: 'FW: Export' });
    assert.deepEqual(
      threads.map(({ text }) => text),
      ['Please see\nFrom: Kim\nIt is broken', 'Please see'],
    );
    assert.equal(made([thread({ body })], { subject: 'RE: Export' }).threads[0]?.text, 'Please see');
  });

  it('has a content hash of subject, authors and texts alone', () => {
    const hash = (changes: Record<string, unknown>, subject = 'Export') =>
      made([thread(changes)], { subject }).contentHash;
    const same = hash({});
    assert.equal(hash({ body: '<p>Hello</p><div class="gmail_signature">Lin</div>' }), same);
    assert.equal(hash({ _embedded: { attachments: [{ id: 1, filename: 'a' }] } }), same);
    assert.notEqual(hash({ body: 'Hello!' }), same);
    assert.notEqual(hash({ type: 'message', createdBy: ADA }), same);
    assert.notEqual(hash({}, 'Import'), same);
  });

  it('reads threads that were stored before attachments and offsets were kept', () => {
    const stored = { threadId: 1, type: 'customer', author: { kind: 'customer' }, text: 'Hi', createdAt: new Date(0) };
    assert.deepEqual(threadSchema.parse(stored), stored);
  });

  it('keeps the link to Help Scout only where it is one', () => {
    const link = (href: string) => made([], { _links: { web: { href } } }).webUrl;
    assert.equal(
      link('https://secure.helpscout.net/conversation/1/2'),
      'https://secure.helpscout.net/conversation/1/2',
    );
    assert.match(link('javascript:alert(1)'), /^https:\/\/secure\.helpscout\.net\//);
  });
});

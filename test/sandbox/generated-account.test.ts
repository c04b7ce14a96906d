import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CorpusMismatchError } from '../../src/sandbox/store/store.ts';
import { control, corpusOf, inboxClient, start, stopAll } from './support.ts';

const NOW = Date.parse('2026-11-22T07:00:00Z');
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const options = { corpus: corpusOf(0), generatedConversations: 500, now: () => NOW };

interface Item {
  id: number;
  number: number;
  type: string;
  status: string;
  threads: number;
  createdAt: string;
  mailboxId: number;
  primaryCustomer: { id: number; email: string; first: string };
  _embedded: { threads: { id: number; type: string; createdAt: string; body?: string; createdBy: { id: number } }[] };
}
type Client = Awaited<ReturnType<typeof inboxClient>>;

async function everything(client: Client, parameters = 'sortField=modifiedAt&sortOrder=asc'): Promise<Item[]> {
  const items: Item[] = [];
  for (let page = 1; ; page += 1) {
    const list = await client.get(`/v2/conversations?status=all&embed=threads&${parameters}&page=${page}`);
    items.push(...list._embedded.conversations);
    if (page === list.page.totalPages) return items;
  }
}

/** Without what depends on the address the sandbox got. */
const unlinked = (items: Item[]) => items.map((item) => JSON.stringify(item).replaceAll(/http:\/\/127[^"]*/g, ''));

describe('sandbox: generated account', function () {
  this.timeout(20_000);
  afterEach(stopAll);

  it('is the same each time, and every conversation is unlike the others', async () => {
    const [one, other] = [await inboxClient(await start(options)), await inboxClient(await start(options))];
    const items = await everything(one);
    assert.deepEqual(unlinked(await everything(other)), unlinked(items));
    assert.equal(new Set(items.map(({ id }) => id)).size, 500);
    assert.equal(
      new Set(items.flatMap(({ _embedded }) => _embedded.threads.map(({ id }) => id))).size,
      threadsOf(items),
    );
    const texts = items.map(({ _embedded }) => _embedded.threads.at(-1)?.body);
    assert.ok(new Set(texts).size > 400, `${new Set(texts).size} texts`);
  });

  it('has what a large account has: mailboxes, states, chats, and dates over a year', async () => {
    const items = await everything(await inboxClient(await start(options)));
    const share = (matches: (item: Item) => boolean) => items.filter(matches).length / items.length;
    assert.equal(new Set(items.map(({ mailboxId }) => mailboxId)).size, 3);
    for (const status of ['active', 'closed', 'pending'])
      assert.ok(share((item) => item.status === status) > 0.03, status);
    const chats = share(({ type }) => type === 'chat');
    assert.ok(chats > 0.01 && chats < 0.1, `${chats} chats`);
    const kinds = new Set(items.flatMap(({ _embedded }) => _embedded.threads.map(({ type }) => type)));
    for (const type of ['customer', 'message', 'note', 'lineitem', 'beaconchat']) assert.ok(kinds.has(type), type);
    for (const { type, createdAt, _embedded } of items) {
      const times = [createdAt, ..._embedded.threads.map((thread) => thread.createdAt).reverse()].map(Date.parse);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
      assert.ok(times.every((ms) => ms >= NOW - YEAR_MS && ms <= NOW));
      if (type !== 'chat') assert.ok(_embedded.threads.length >= 1 && _embedded.threads.length <= 8);
    }
  });

  it('agrees with itself by list, by id and by threads', async () => {
    const client = await inboxClient(await start(options));
    const listed = (await everything(client)).filter(({ type }) => type !== 'chat');
    for (const item of listed.slice(0, 20)) {
      assert.deepEqual(await client.get(`/v2/conversations/${item.id}?embed=threads`), item);
      const { _embedded } = await client.get(`/v2/conversations/${item.id}/threads`);
      assert.deepEqual(_embedded.threads, item._embedded.threads);
    }
  });

  it('is sorted and filtered by what its conversations show', async () => {
    const client = await inboxClient(await start(options));
    const all = await everything(client, 'sortField=createdAt&sortOrder=desc');
    assert.deepEqual(
      all.map(({ id }) => id),
      all.map(({ id }) => id).toSorted((a, b) => b - a),
    );
    const active = all.filter(({ status, mailboxId }) => status === 'active' && mailboxId === 310).length;
    const list = await client.get('/v2/conversations?status=active&mailbox=310');
    assert.equal(list.page.totalElements, active);
    const subjects = await everything(client, 'sortField=customerEmail&sortOrder=asc');
    const emails = subjects.map(({ primaryCustomer }) => primaryCustomer.email);
    assert.deepEqual(emails, emails.toSorted());
  });

  it('knows its customers by id and by address', async () => {
    const sandbox = await start(options);
    const client = await inboxClient(sandbox);
    const { primaryCustomer } = (await everything(client))[0] ?? assert.fail();
    const customer = await client.get(`/v2/customers/${primaryCustomer.id}`);
    assert.equal(customer.firstName, primaryCustomer.first);
    const { conversationId } = await control(sandbox, 'POST', '/conversations', {
      subject: 'Again',
      text: 'It is me',
      customerEmail: primaryCustomer.email.toUpperCase(),
    });
    assert.equal((await client.get(`/v2/conversations/${conversationId}`)).primaryCustomer.id, primaryCustomer.id);
  });

  it('keeps what is written to it over a restart, and comes after a corpus', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    try {
      const kept = { ...options, corpus: corpusOf(2), dataDir };
      const first = await start(kept);
      assert.equal(first.conversations, 502);
      const client = await inboxClient(first);
      const before = await client.get('/v2/conversations/7400/threads');
      const added = await control(first, 'POST', '/conversations/7400/messages', {
        type: 'customer',
        text: 'One more',
      });
      const created = await control(first, 'POST', '/conversations', {
        subject: 's',
        text: 't',
        customerEmail: 'new@client.example',
      });
      assert.equal(created.conversationId, 7503);
      await stopAll();

      const again = await inboxClient(await start(kept));
      const { _embedded } = await again.get('/v2/conversations/7400/threads');
      assert.equal(_embedded.threads[0].id, added.threadId);
      assert.equal(_embedded.threads.length, before._embedded.threads.length + 1);
      assert.equal((await again.get('/v2/conversations?status=all')).page.totalElements, 503);
      const [latest] = (await again.get('/v2/conversations?status=all&sortField=modifiedAt'))._embedded.conversations;
      assert.ok([7400, 7503].includes(latest.id));
      await stopAll();
      await assert.rejects(start({ ...kept, generatedConversations: 400 }), CorpusMismatchError);
    } finally {
      await stopAll();
      rmSync(dataDir, { recursive: true });
    }
  });
});

function threadsOf(items: Item[]): number {
  return items.reduce((sum, { _embedded }) => sum + _embedded.threads.length, 0);
}

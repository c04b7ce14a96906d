import assert from 'node:assert/strict';
import { createHelpScoutClient, type HelpScoutClient } from '../../src/helpscout/client.ts';
import {
  HelpScoutForbidden,
  HelpScoutNotFound,
  HelpScoutUnavailable,
  HelpScoutUnexpectedShape,
} from '../../src/helpscout/errors.ts';
import { type ScannedPage, type ScanOptions, scanConversations } from '../../src/helpscout/scan-conversations.ts';
import type { ApiConversation, ListedConversation } from '../../src/helpscout/schemas.ts';
import { control, corpusOf, signIn, start, stopAll } from '../sandbox/support.ts';
import { unlimited } from './unlimited.ts';

const everything = { modifiedSince: '2000-01-01T00:00:00Z', retry: <T>(call: () => Promise<T>) => call() };

describe('scan of conversations', () => {
  afterEach(stopAll);

  async function connect(count: number) {
    const sandbox = await start({ corpus: corpusOf(count), rateLimitPerMinute: 100_000 });
    const { access_token: accessToken } = await signIn(sandbox);
    const client = createHelpScoutClient({ apiUrl: sandbox.url, accessToken, budget: unlimited });
    const [mailbox] = await client.mailboxes.list();
    const listCalls = async () => (await control(sandbox, 'GET', '/calls'))['GET /v2/conversations'];
    return { sandbox, client, mailboxIds: [mailbox?.mailboxId ?? 0], listCalls };
  }
  const now = () => new Date();

  it('reads each once, then what changed meanwhile, until nothing did', async () => {
    const { sandbox, client, mailboxIds } = await connect(60);
    const lastThreads = new Map<number, number | undefined>();
    const yields = new Map<number, number>();
    let passes = 0;
    for await (const page of scanConversations({ ...everything, ...client, mailboxIds, now, overlapMs: 60_000 })) {
      if (passes === 0) {
        await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'customer', text: 'again' });
        const late = { subject: 'late', text: 'late', customerEmail: 'late@client.example' };
        await control(sandbox, 'POST', '/conversations', late);
      }
      passes = Math.max(passes, page.pass + 1);
      for (const { conversation, threads } of page.changed) {
        yields.set(conversation.id, (yields.get(conversation.id) ?? 0) + 1);
        lastThreads.set(conversation.id, Math.max(...threads.map(({ id }) => id)));
      }
    }
    const rows = await control(sandbox, 'GET', '/conversations?limit=1000');
    assert(Array.isArray(rows) && rows.length === 61);
    for (const { conversationId, lastThreadId } of rows) {
      assert.equal(lastThreads.get(conversationId), lastThreadId);
      assert(lastThreads.has(conversationId));
    }
    assert.equal(lastThreads.size, 61);
    assert.equal(yields.get(7001), 2);
    assert.deepEqual(
      [...yields].filter(([id, count]) => id !== 7001 && count !== 1),
      [],
    );
    assert.equal(passes, 3, 'the last one brought nothing');
  });

  it('misses none that stays when others are deleted between two pages', async () => {
    const { sandbox, client, mailboxIds } = await connect(60);
    const read = new Set<number>();
    let first = true;
    for await (const page of scanConversations({ ...everything, ...client, mailboxIds, now, overlapMs: 0 })) {
      for (const { conversation } of page.changed) read.add(conversation.id);
      if (first) for (const id of [...read].slice(0, 5)) await control(sandbox, 'DELETE', `/conversations/${id}`);
      first = false;
    }
    assert.equal(read.size, 60);
  });

  it('repeats a failed call as it is told, and fails when that does not help', async () => {
    const { sandbox, client, mailboxIds } = await connect(60);
    const fault = { template: '/v2/conversations', status: 503, count: 3 };
    let retries = 0;
    const retry: ScanOptions['retry'] = async (call) => {
      for (;;) {
        try {
          return await call();
        } catch (error) {
          if (!(error instanceof HelpScoutUnavailable) || retries >= 3) throw error;
          retries++;
        }
      }
    };
    await control(sandbox, 'POST', '/faults', fault);
    assert.equal((await all({ ...everything, ...client, mailboxIds, now, retry })).changed.length, 60);
    assert.equal(retries, 3);
    await control(sandbox, 'POST', '/faults', fault);
    await assert.rejects(all({ ...everything, ...client, mailboxIds, now, retry }), HelpScoutUnavailable);
  });

  it('reads the threads of chats, and of others that lack some, on their own, once while they stay the same', async () => {
    const reads: number[] = [];
    const cut = { ...conversation(4, 'email'), threads: 1 };
    const conversations = fake([conversation(1, 'chat'), conversation(2, 'email'), conversation(3, 'chat'), cut], {
      threads: async (id) => {
        reads.push(id);
        if (id === 3) throw new HelpScoutNotFound('not found', { endpoint: 'GET x' });
        return [{ id: 10 * id, type: 'chat', createdAt: '2026-03-01T09:30:00Z' }];
      },
    });
    const { changed, gone } = await all({ ...everything, conversations, mailboxIds: [1], now });
    assert.deepEqual(
      changed.map((item) => [item.conversation.id, item.threads.length]),
      [
        [1, 1],
        [2, 0],
        [4, 1],
      ],
    );
    assert.deepEqual(
      [reads, gone],
      [
        [1, 3, 4, 3],
        [3, 3],
      ],
    );
  });

  it('goes on when one was moved out of sight after it was listed', async () => {
    const conversations = fake([conversation(1, 'chat'), conversation(2, 'email')], {
      threads: () => Promise.reject(new HelpScoutForbidden('may not', { endpoint: 'GET x' })),
    });
    const { changed, gone } = await all({ ...everything, conversations, mailboxIds: [1], now });
    assert.deepEqual([changed.map((item) => item.conversation.id), new Set(gone)], [[2], new Set([1])]);
  });

  it('reads one in an unknown shape on its own, and names it when that does not help', async () => {
    const conversations = fake([{ id: 1, unreadable: true }, { id: 2, unreadable: true }, conversation(3, 'email')], {
      get: async (id) => {
        if (id === 1) return conversation(1, 'email');
        throw new HelpScoutUnexpectedShape('unexpected reply at number', { endpoint: 'GET x' });
      },
    });
    const { changed, unreadable } = await all({ ...everything, conversations, mailboxIds: [1], now });
    assert.deepEqual(
      changed.map((item) => item.conversation.id),
      [1, 3],
    );
    assert.deepEqual(new Set(unreadable), new Set([2]));
  });

  it('ends on an account that never rests', async () => {
    let count = 0;
    const conversations = fake([], {
      page: async () => ({ items: [conversation(++count, 'email')], total: 1, pages: 1 }),
    });
    const { passes } = await all({ ...everything, conversations, mailboxIds: [1], now, maxCatchUps: 4 });
    assert.equal(passes, 5);
  });
});

const conversation = (id: number, type: string): ApiConversation => ({
  id,
  number: id,
  threads: 0,
  type,
  status: 'active',
  mailboxId: 1,
  createdAt: '2026-03-01T09:30:00Z',
  userUpdatedAt: null,
  customerWaitingSince: null,
  tags: null,
});

type Conversations = Pick<HelpScoutClient['conversations'], 'page' | 'get' | 'threads'>;

const fake = (items: ListedConversation[], more: Partial<Conversations>): Conversations => ({
  page: async () => ({ items, total: items.length, pages: 1 }),
  get: () => assert.fail('not to be read on its own'),
  threads: () => assert.fail('no chat'),
  ...more,
});

async function all(options: ScanOptions) {
  const whole: Pick<ScannedPage, 'changed' | 'gone' | 'unreadable'> = { changed: [], gone: [], unreadable: [] };
  let passes = 0;
  for await (const page of scanConversations(options)) {
    whole.changed.push(...page.changed);
    whole.gone.push(...page.gone);
    whole.unreadable.push(...page.unreadable);
    passes = page.pass + 1;
  }
  return { ...whole, passes };
}

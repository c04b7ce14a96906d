import assert from 'node:assert/strict';
import { createHelpScoutClient, type RateBudget } from '../../src/helpscout/client.ts';
import {
  HelpScoutInvalidGrant,
  HelpScoutNotFound,
  HelpScoutRateLimited,
  HelpScoutUnauthorized,
  HelpScoutUnavailable,
  HelpScoutUnexpectedShape,
} from '../../src/helpscout/errors.ts';
import { exchangeCode, refreshTokens } from '../../src/helpscout/oauth.ts';
import { hasMissingThreads, toConversation } from '../../src/helpscout/to-conversation.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { withScripted } from '../contract/scripted-server.ts';
import { APP, control, corpusOf, decide, signIn, start, stopAll } from '../sandbox/support.ts';
import { unlimited } from './unlimited.ts';

const owner = { organizationId: 'o', integrationId: 'i', importedAt: new Date(0) };
const CONVERSATION = {
  id: 2,
  number: 2,
  threads: 0,
  type: 'email',
  status: 'active',
  mailboxId: 1,
  createdAt: '2026-03-01T09:30:00Z',
};
const since = '2000-01-01T00:00:00Z';

describe('Help Scout client', () => {
  afterEach(stopAll);

  async function connect(sandbox: Sandbox, budget: RateBudget = unlimited) {
    const { access_token: accessToken } = await signIn(sandbox);
    return createHelpScoutClient({ apiUrl: sandbox.url, accessToken, budget });
  }
  const app = (sandbox: Sandbox) => ({ apiUrl: sandbox.url, appId: APP.appId, appSecret: APP.appSecret });

  it('trades a code for tokens, once', async () => {
    const sandbox = await start();
    const code = (await decide(sandbox, 'authorize')).searchParams.get('code') ?? '';
    const tokens = await exchangeCode(app(sandbox), code);
    assert.equal(tokens.lifetimeMs, 172_800_000);
    await assert.rejects(exchangeCode(app(sandbox), code), HelpScoutInvalidGrant);
  });

  it('trades a refresh token for a new pair, once', async () => {
    const sandbox = await start();
    const { refresh_token } = await signIn(sandbox);
    const renewed = await refreshTokens(app(sandbox), refresh_token);
    assert.notEqual(renewed.refreshToken, refresh_token);
    await assert.rejects(refreshTokens(app(sandbox), refresh_token), HelpScoutInvalidGrant);
  });

  it('knows whose account it is and which mailboxes there are', async () => {
    const client = await connect(await start());
    assert.match((await client.users.me()).email, /@/);
    assert.deepEqual(
      (await client.mailboxes.list()).map(({ name }) => name),
      ['Support'],
    );
  });

  it('reads every conversation with its threads in pages of the server’s size', async () => {
    const client = await connect(await start({ corpus: corpusOf(60) }));
    const [{ mailboxId } = { mailboxId: 0 }] = await client.mailboxes.list();
    const ids = new Set<number>();
    for (let page = 1, pages = 1; page <= pages; page++) {
      const read = await client.conversations.page({
        mailboxIds: [mailboxId],
        modifiedSince: since,
        createdFrom: null,
        page,
      });
      assert.equal(read.total, 60);
      pages = read.pages;
      for (const item of read.items) {
        ids.add(item.id);
        assert(!('unreadable' in item));
        assert.equal(hasMissingThreads(item), false);
        const conversation = toConversation(item, item._embedded?.threads ?? [], owner);
        assert.match(conversation.threads[0]?.text ?? '', /^Message number \d+$/);
      }
    }
    assert.equal(ids.size, 60);
  });

  it('reads the others of a page when one conversation has a shape nobody knows', async () => {
    const answer = {
      _embedded: { conversations: [{ id: 1, number: 'one' }, CONVERSATION] },
      page: { size: 25, totalElements: 2, totalPages: 1, number: 1 },
    };
    await withScripted([{ body: answer }], async ({ url }) => {
      const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget: unlimited });
      const query = { mailboxIds: [1], modifiedSince: since, createdFrom: null, page: 1 };
      const { items } = await client.conversations.page(query);
      assert.deepEqual(
        items.map((item) => [item.id, 'unreadable' in item]),
        [
          [1, true],
          [2, false],
        ],
      );
    });
  });

  it('gets an empty page where nothing was modified', async () => {
    const client = await connect(await start());
    const read = await client.conversations.page({
      mailboxIds: [1],
      modifiedSince: '2099-01-01T00:00:00Z',
      createdFrom: null,
      page: 1,
    });
    assert.deepEqual(read, { items: [], total: 0, pages: 0 });
  });

  it('notices threads that are cut short and reads them on their own', async () => {
    const sandbox = await start();
    const client = await connect(sandbox);
    await control(sandbox, 'PUT', '/faults/conversations/7001', { threads: '500' });
    assert.equal(hasMissingThreads(await client.conversations.get(7001)), true);
    await assert.rejects(client.conversations.threads(7001), HelpScoutUnavailable);
    await control(sandbox, 'DELETE', '/faults/conversations/7001');
    assert.equal((await client.conversations.threads(7001)).length, 1);
  });

  it('keeps its content hash while only notes are added, and changes it with a reply', async () => {
    const sandbox = await start();
    const client = await connect(sandbox);
    const hash = async () => {
      const api = await client.conversations.get(7001);
      return toConversation(api, api._embedded?.threads ?? [], owner).contentHash;
    };
    const before = await hash();
    await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'private' });
    assert.equal(await hash(), before);
    await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'customer', text: 'again' });
    assert.notEqual(await hash(), before);
  });

  it('tells errors apart by what they mean', async () => {
    const sandbox = await start();
    const refused: (number | null)[] = [];
    const settle: RateBudget['settle'] = async ({ refusedForMs }) => void refused.push(refusedForMs);
    const client = await connect(sandbox, { ...unlimited, settle });
    await assert.rejects(client.conversations.get(1), HelpScoutNotFound);
    await control(sandbox, 'POST', '/faults', { template: '/v2/users/me', status: 503, count: 1 });
    await assert.rejects(client.users.me(), HelpScoutUnavailable);
    await control(sandbox, 'POST', '/faults', {
      template: '/v2/users/me',
      status: 429,
      count: 1,
      retryAfterSeconds: 17,
    });
    await assert.rejects(client.users.me(), (error) => {
      assert(error instanceof HelpScoutRateLimited);
      assert.equal(error.retryAfterMs, 17_000);
      return true;
    });
    assert.deepEqual(refused, [null, null, 17_000], 'other processes are told that the minute is used up');
    await control(sandbox, 'POST', '/tokens/expire');
    await assert.rejects(client.users.me(), HelpScoutUnauthorized);
  });

  it('keeps nothing of an answer that is larger than any should be', async () => {
    const body = JSON.stringify({ id: 1, email: 'ada@acme.example', more: 'x'.repeat(33 * 1024 * 1024) });
    await withScripted([{ body }, { status: 201, headers: { 'resource-id': '5' }, body }], async ({ url }) => {
      const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget: unlimited });
      await assert.rejects(client.users.me(), HelpScoutUnexpectedShape);
      assert.equal(await client.conversations.createNote({ conversationId: 1, text: 'x' }), 5);
    });
  });

  it('reports a server that is not there as unavailable', async () => {
    const sandbox = await start();
    const client = await connect(sandbox);
    await sandbox.close();
    await assert.rejects(client.users.me(), HelpScoutUnavailable);
  });
});

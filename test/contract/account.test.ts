import assert from 'node:assert/strict';
import { FIRST_PAGE } from '../../src/domain/scan-cursor.ts';
import { HelpScoutForbidden, HelpScoutNotFound } from '../../src/helpscout/errors.ts';
import { collect } from '../../src/helpscout/paging.ts';
import { control } from '../sandbox/support.ts';
import { at, contractWorld, hasKeys } from './contract.ts';

const USER = 'id firstName lastName email role timezone type createdAt updatedAt _links';
const MAILBOX = 'id name slug email createdAt updatedAt _links';

describe('contract: users, mailboxes and tags', () => {
  const { holds, world } = contractWorld();

  holds('the connected user', {
    run: (client) => client.users.me(),
    exchanges: [{ call: 'GET /v2/users/me', query: {}, status: 200, answer: (user) => hasKeys(user, USER) }],
    afterwards: (user) => {
      assert.match(user.email, /@/);
      assert(user.userId > 0 && user.name.length > 0);
    },
  });

  holds('all users, by page', {
    run: (client) => collect(client.users.list()),
    exchanges: [
      {
        call: 'GET /v2/users',
        query: { page: '1' },
        status: 200,
        answer: (list) => {
          hasKeys(at(list, 'page'), 'size totalElements totalPages number');
          hasKeys(at(list, '_embedded.users.0'), USER);
        },
      },
    ],
    afterwards: (users) => assert(users.length > 0 && users.every(({ email }) => email.includes('@'))),
  });

  holds('all mailboxes, by page', {
    run: (client) => client.mailboxes.list(),
    exchanges: [
      {
        call: 'GET /v2/mailboxes',
        query: { page: '1' },
        status: 200,
        answer: (list) => hasKeys(at(list, '_embedded.mailboxes.0'), MAILBOX),
      },
    ],
    afterwards: async (mailboxes, { client }) => {
      const [first] = mailboxes;
      assert(first);
      assert.deepEqual(await client.mailboxes.get(first.mailboxId), first);
    },
  });

  holds('a mailbox that is not there', {
    run: (client) => assert.rejects(client.mailboxes.get(999_999), HelpScoutNotFound),
    exchanges: [{ call: 'GET /v2/mailboxes/999999', query: {}, status: 404 }],
  });

  for (const [mode, kind] of [
    ['deleted', HelpScoutNotFound],
    ['forbidden', HelpScoutForbidden],
  ] as const) {
    it(`a mailbox that is ${mode}: gone from the list, and told apart by asking for it`, async () => {
      const { client, sandbox } = world();
      const [mailbox] = await client.mailboxes.list();
      assert(mailbox);
      await control(sandbox, 'PUT', `/mailboxes/${mailbox.mailboxId}/hidden`, { mode });
      assert.deepEqual(await client.mailboxes.list(), []);
      await assert.rejects(client.mailboxes.get(mailbox.mailboxId), kind);
      const query = { mailboxIds: [mailbox.mailboxId], modifiedSince: '2020-01-01T00:00:00Z', ...FIRST_PAGE };
      assert.equal((await client.conversations.page(query)).total, 0);
      await control(sandbox, 'DELETE', `/mailboxes/${mailbox.mailboxId}/hidden`);
      assert.deepEqual(await client.mailboxes.list(), [mailbox]);
    });
  }

  holds('tags, which are called `name` here', {
    run: async (client, { client: writer }) => {
      await writer.conversations.setTags(7001, ['contract-tag']);
      return collect(client.tags.list());
    },
    exchanges: [
      { call: 'PUT /v2/conversations/7001/tags', sent: { tags: ['contract-tag'] }, status: 204 },
      {
        call: 'GET /v2/tags',
        query: { page: '1' },
        status: 200,
        answer: (list) => hasKeys(at(list, '_embedded.tags.0'), 'id slug name createdAt updatedAt ticketCount'),
      },
    ],
    afterwards: (tags) => assert(tags.some(({ name }) => name === 'contract-tag')),
  });
});

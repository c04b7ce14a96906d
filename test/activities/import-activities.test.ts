import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createImportActivities, type ImportResult, type PageResult } from '../../src/activities/import-activities.ts';
import { fromLoggedRow } from '../../src/domain/logged-row.ts';
import { FIRST_PAGE } from '../../src/domain/scan-cursor.ts';
import { createHelpScoutClient, type HelpScoutClient } from '../../src/helpscout/client.ts';
import { HelpScoutUnavailable } from '../../src/helpscout/errors.ts';
import { type ScriptedAnswer, withScripted } from '../contract/scripted-server.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { addClassified } from '../support/classified.ts';
import { testKeyRing } from '../support/key-ring.ts';
import { useStorage } from '../support/storage.ts';

const scope = { organizationId: 'org', integrationId: 'integration' };
const batch = { batchId: 'batch', workflowId: 'workflow' };
const conversation = (id: number, type = 'email') => ({
  ...{ id, number: id, threads: 0, type, status: 'active', mailboxId: 1, createdAt: '2026-03-01T09:30:00Z' },
});
const newEnvironment = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
const page = (...conversations: unknown[]): ScriptedAnswer => ({
  body: {
    _embedded: { conversations },
    page: { size: 25, totalElements: conversations.length, totalPages: 1, number: 1 },
  },
});

describe('import of conversations', function () {
  this.timeout(60_000);
  const storage = useStorage();
  const keyRing = testKeyRing();

  const activitiesWith = (client: HelpScoutClient) =>
    createImportActivities(
      { storage, keyRing, now: () => new Date() },
      { withHelpScout: (_scope, work) => work(client) },
    );

  it('goes on with a row that an earlier try of a page opened, though somebody else has classified the conversation', async () => {
    const listed = page(conversation(31));
    await withScripted([listed, listed], async ({ url }) => {
      const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget: unlimited });
      const request = { ...batch, mailboxIds: [1], modifiedSince: '2026-01-01T00:00:00Z', cursor: FIRST_PAGE };
      const { importPage } = activitiesWith(client);
      const broken: PageResult = await newEnvironment().run(importPage, scope, request);
      assert.deepEqual(broken.changed, [31]);
      const [stored] = await storage.conversations.getMany(scope.organizationId, scope.integrationId, [31]);
      assert(stored);
      const one = { conversationId: 31, category: 'bug' as const, text: 'The export fails.', reportedAt: new Date() };
      await addClassified(storage, scope, [one]);
      const classified = { $set: { contentHash: stored.contentHash } };
      await storage.connection.collection('insights').updateOne({ conversationId: 31 }, classified);
      const again: PageResult = await newEnvironment().run(importPage, scope, request);
      assert.deepEqual([again.changed, again.unchanged], [[31], 0]);
    });
  });

  /** The first page of two; both conversations have a second of their own. */
  const firstOfTwo: ScriptedAnswer = {
    body: {
      _embedded: { conversations: [{ ...conversation(41), createdAt: '2026-03-01T09:00:00Z' }] },
      page: { size: 1, totalElements: 2, totalPages: 2, number: 1 },
    },
  };
  const twoPages = { mailboxIds: [1], modifiedSince: '2026-01-01T00:00:00Z', cursor: FIRST_PAGE, pages: 2 };

  it('reads several pages in one go where it may', async () => {
    await withScripted([firstOfTwo, page(conversation(42))], async ({ url }) => {
      const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget: unlimited });
      const { importPage } = activitiesWith(client);
      const request = { ...batch, ...twoPages, batchId: 'two-pages' };
      const read: PageResult = await newEnvironment().run(importPage, scope, request);
      assert.deepEqual([read.changed, read.total, read.next], [[41, 42], 2, null]);
    });
  });

  it('keeps what it has read when a further page cannot be read, and leaves the trouble to the next call', async () => {
    await withScripted([firstOfTwo, { status: 403, body: {} }], async ({ url }) => {
      const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget: unlimited });
      const { importPage } = activitiesWith(client);
      const request = { ...batch, ...twoPages, batchId: 'second-page-refused' };
      const read: PageResult = await newEnvironment().run(importPage, scope, request);
      assert.deepEqual(read.changed, [41]);
      assert.deepEqual(read.next, { createdFrom: '2026-03-01T09:00:00Z', page: 1, seen: [41] });
    });
  });

  it('takes two that were merged for one', async () => {
    const merged = { status: 301, headers: { location: 'https://api.helpscout.net/v2/conversations/2' } };
    await withScripted([merged, { body: conversation(2) }, { body: conversation(2) }], async ({ url }) => {
      const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget: unlimited });
      const request = { ...batch, conversationIds: [1, 2], mailboxIds: [1] };
      const { importConversations } = activitiesWith(client);
      const imported: ImportResult = await newEnvironment().run(importConversations, scope, request);
      const { log, ...result } = imported;
      assert.deepEqual(result, { changed: [2], unchanged: 0, gone: 0, failed: [] });
      assert.deepEqual(
        log.map(fromLoggedRow).map(({ conversationId, status }) => [conversationId, status]),
        [
          [2, 'pending'],
          [1, 'skipped'],
        ],
      );
    });
  });

  it('leaves no conversation behind as failed when it is cancelled', async () => {
    await withScripted([page(conversation(3), conversation(4, 'chat'))], async ({ url }) => {
      const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget: unlimited });
      const environment = newEnvironment();
      const threads = async () => {
        environment.cancel();
        throw new HelpScoutUnavailable('cancelled', { endpoint: 'GET x' });
      };
      const { importPage } = activitiesWith({ ...client, conversations: { ...client.conversations, threads } });
      const request = { ...batch, batchId: 'cancelled', mailboxIds: [1], modifiedSince: '2026-01-01T00:00:00Z' };
      await assert.rejects(
        environment.run(importPage, scope, { ...request, cursor: FIRST_PAGE }),
        HelpScoutUnavailable,
      );
      assert.deepEqual(await storage.conversations.getMany('org', 'integration', [3, 4]), []);
      assert.equal(await storage.syncEvents.get('org', 'cancelled/4'), null);
    });
  });
});

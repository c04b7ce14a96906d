import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { z } from 'zod';
import { createConnections } from '../../src/activities/connections.ts';
import { createDocsConnection } from '../../src/activities/docs-connection.ts';
import { docsContext } from '../../src/activities/docs-context.ts';
import { createDocsSyncActivities } from '../../src/activities/docs-sync-activities.ts';
import type { CorpusArticle } from '../../src/sandbox/corpus/corpus-line.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { APP, control, corpusOf, start, stopAll } from '../sandbox/support.ts';
import { testKeyRing } from '../support/key-ring.ts';
import { useStorage } from '../support/storage.ts';

const article = (name: string, html: string, collection = 'Guide'): CorpusArticle => ({
  ...{ collection, category: 'Start', name, html, keywords: [] },
});
const ARTICLES = [
  article('Exporting invoices', '<h2>Spreadsheet</h2><p>Open <b>Reports</b> and press Export.</p>'),
  article('Inviting colleagues', '<p>Press Invite on the team page.</p>'),
  article('Webhooks', '<p>We call your address after every event.</p>', 'Reference'),
];

describe('syncing help articles', function () {
  this.timeout(60_000);
  const storage = useStorage();
  const keyRing = testKeyRing();
  afterEach(stopAll);

  const setUp = async (articles = ARTICLES, apiKey = APP.docsApiKey) => {
    const sandbox = await start({ corpus: { ...corpusOf(1), articles } });
    const { appId, appSecret } = APP;
    const deps = {
      ...{ storage, keyRing, publicUrl: 'http://127.0.0.1:9', now: () => new Date('2026-03-01T10:00:00Z') },
      helpScout: { apiUrl: sandbox.url, docsUrl: sandbox.url, appId, appSecret, callsPerMinute: 400 },
    };
    const docs = createDocsConnection(deps, createConnections(deps));
    const activities = createDocsSyncActivities(deps, docs);
    const { integrationId } = await storage.integrations.create('org');
    const scope = { organizationId: 'org', integrationId };
    const key = keyRing.encrypt(apiKey, { ...scope, purpose: 'docsKey' });
    await storage.integrations.saveDocsKey('org', integrationId, key);
    const environment = new MockActivityEnvironment();
    const listed = z
      .array(z.object({ articleId: z.string(), collectionId: z.string() }))
      .parse(await control(sandbox, 'GET', '/articles'));
    const ids = listed.map(({ articleId }) => articleId);
    const mapped = [...new Set(listed.map(({ collectionId }) => collectionId))];
    const map = (collectionIds: string[]) =>
      storage.integrations.update('org', integrationId, {
        docs: { connected: true, collections: [], mappedCollectionIds: collectionIds },
      });
    await map(mapped);
    let syncs = 0;
    return {
      ...{ sandbox, scope, ids, mapped, map },
      async sync() {
        syncs += 1;
        const syncId = `sync-${syncs}`;
        const collectionIds = z.array(z.string()).parse(await environment.run(activities.openDocsSync, scope));
        for (const collectionId of collectionIds) {
          for (let page: number | null = 1; page !== null; ) {
            const next = await environment.run(activities.syncDocsPage, scope, { collectionId, syncId, page });
            page = z.number().nullable().parse(next);
          }
          while (await environment.run(activities.closeDocsCollection, scope, { collectionId, syncId }));
        }
        await environment.run(activities.closeDocsSync, scope);
      },
      titles: async () => (await storage.articles.get('org', integrationId, ids)).map(({ title }) => title).sort(),
    };
  };
  const textCalls = async (sandbox: Sandbox): Promise<number> =>
    (await control(sandbox, 'GET', '/calls'))['GET /v1/articles/{id}'] ?? 0;

  it('keeps articles as text, and says when each collection was read', async () => {
    const { sync, scope, mapped } = await setUp();
    await sync();
    const [found] =
      (await docsContext(storage, scope, {
        subject: 'Export',
        threads: [{ author: 'customer', text: 'How do I get my invoices into a spreadsheet?' }],
      })) ?? [];
    assert(found);
    assert.equal(found.title, 'Exporting invoices');
    assert.equal(found.text, 'Spreadsheet\nOpen Reports and press Export.');
    assert.match(found.url, /\/article\/1-exporting-invoices$/);
    const syncs = await storage.collectionSyncs.list('org', scope.integrationId);
    assert.deepEqual(syncs.map(({ state, articles, error }) => [state, articles, error]).sort(), [
      ['synced', 1, null],
      ['synced', 2, null],
    ]);
    assert.equal(syncs.length, mapped.length);
    assert(syncs.every(({ lastSyncedAt }) => lastSyncedAt?.getTime() === Date.parse('2026-03-01T10:00:00Z')));
  });

  it('reads the texts of new and edited articles only', async () => {
    const { sandbox, sync, scope, ids } = await setUp();
    await sync();
    const before = await textCalls(sandbox);
    await sync();
    assert.equal(await textCalls(sandbox), before);
    const [first] = ids;
    await control(sandbox, 'PATCH', `/articles/${first}`, { html: '<p>Now under Finance.</p>' });
    await sync();
    assert.equal(await textCalls(sandbox), before + 1);
    const [stored] = await storage.articles.get('org', scope.integrationId, [first ?? '']);
    assert.equal(stored?.text, 'Now under Finance.');
  });

  it('lets go of articles that are deleted, unpublished, or of a collection that is not mapped any more', async () => {
    const { sandbox, sync, titles, ids, map, mapped } = await setUp();
    await sync();
    assert.deepEqual(await titles(), ['Exporting invoices', 'Inviting colleagues', 'Webhooks']);
    const [first, second] = ids;
    await control(sandbox, 'DELETE', `/articles/${first}`);
    await sync();
    assert.deepEqual(await titles(), ['Inviting colleagues', 'Webhooks']);
    await control(sandbox, 'PATCH', `/articles/${second}`, { status: 'notpublished' });
    await sync();
    assert.deepEqual(await titles(), ['Webhooks']);
    await map(mapped.slice(0, 1));
    await sync();
    assert.deepEqual(await titles(), []);
  });

  it('reads collections of several pages', async () => {
    const many = Array.from({ length: 120 }, (_, index) => article(`Article ${index}`, `<p>Number ${index}</p>`));
    const { sync, scope } = await setUp(many);
    await sync();
    const [synced] = await storage.collectionSyncs.list('org', scope.integrationId);
    assert.equal(synced?.articles, 120);
    assert.equal((await storage.articleStatistics.get('org', scope.integrationId))?.articles, 120);
  });

  it('fails for good when the key is refused, and waits when the limit is reached', async () => {
    const refused = await setUp(ARTICLES, 'another');
    const isFinal = (error: unknown) =>
      error instanceof ApplicationFailure && error.type === 'authenticationFailed' && error.nonRetryable === true;
    await assert.rejects(refused.sync(), isFinal);
    const { sandbox, sync } = await setUp();
    const fault = { template: '/v1/collections/{id}/articles', status: 429, count: 1 };
    await control(sandbox, 'POST', '/faults', fault);
    await assert.rejects(
      sync(),
      (error: unknown) => error instanceof ApplicationFailure && error.type === 'rateLimited' && !error.nonRetryable,
    );
  });

  it('keeps to its own connection', async () => {
    const [one, other] = [await setUp(), await setUp()];
    await one.sync();
    const asked = {
      subject: 'Webhooks',
      threads: [{ author: 'customer' as const, text: 'Which webhooks are there?' }],
    };
    assert.equal((await docsContext(storage, one.scope, asked))?.length, 1);
    assert.equal(await docsContext(storage, other.scope, asked), null);
    const elsewhere = { organizationId: 'another', integrationId: one.scope.integrationId };
    assert.equal(await docsContext(storage, elsewhere, asked), null);
  });
});

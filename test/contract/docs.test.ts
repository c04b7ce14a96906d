import assert from 'node:assert/strict';
import type { Outcome } from '../../src/helpscout/budget.ts';
import { createDocsClient } from '../../src/helpscout/docs/client.ts';
import { HelpScoutNotFound, HelpScoutRateLimited, HelpScoutUnauthorized } from '../../src/helpscout/errors.ts';
import { collect } from '../../src/helpscout/paging.ts';
import type { DocsSeen } from '../../src/helpscout/rate-headers.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { APP } from '../sandbox/support.ts';
import { at, contractWorld, hasKeys } from './contract.ts';
import { withScripted } from './scripted-server.ts';

const REFERENCE =
  'id number collectionId slug status hasDraft name publicUrl popularity viewCount createdBy updatedBy createdAt updatedAt lastPublishedAt';

describe('contract: Docs API', () => {
  const { world } = contractWorld();
  const connect = (apiKey = APP.docsApiKey) => createDocsClient({ docsUrl: world().url, apiKey, budget: unlimited });
  const last = () => {
    const call = world().calls.at(-1);
    assert(call);
    assert.match(call.headers.get('content-type') ?? '', /^application\/json/);
    for (const name of ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']) {
      assert.match(call.headers.get(name) ?? '', /^\d+$/);
    }
    assert.match(call.headers.get('correlation-id') ?? '', /^[\da-f-]{36}$/);
    return call;
  };
  const collectionNamed = async (name: string) => {
    const found = (await connect().listCollections()).find((collection) => collection.name === name);
    assert(found);
    return found.collectionId;
  };

  it('lists sites', async () => {
    assert((await collect(connect().sites())).length > 0);
    const { method, path, query, answer, sentHeaders } = last();
    assert.deepEqual([method, path, query], ['GET', '/v1/sites', { page: '1' }]);
    assert.equal(sentHeaders.authorization, `Basic ${Buffer.from(`${APP.docsApiKey}:X`).toString('base64')}`);
    hasKeys(at(answer, 'sites'), 'page pages count items');
    hasKeys(at(answer, 'sites.items.0'), 'id status subDomain title createdAt updatedAt');
  });

  it('lists collections, with how many articles are published', async () => {
    const collections = await connect().listCollections();
    assert.deepEqual(collections.map(({ name, articles }) => [name, articles]).sort(), [
      ['Guide', 2],
      ['Reference', 1],
    ]);
    hasKeys(at(last().answer, 'collections.items.0'), 'id siteId number slug visibility name publishedArticleCount');
  });

  it('lists a collection’s categories', async () => {
    const collectionId = await collectionNamed('Guide');
    const categories = await collect(connect().categories(collectionId));
    assert.deepEqual(categories.map(({ name }) => name).sort(), ['Data', 'Start']);
    assert.equal(last().path, `/v1/collections/${collectionId}/categories`);
    hasKeys(at(last().answer, 'categories.items.0'), 'id number slug collectionId name articleCount');
  });

  it('lists a collection’s published articles, the last edited first', async () => {
    const collectionId = await collectionNamed('Guide');
    const articles = await collect(connect().articles(collectionId));
    assert.deepEqual(articles.map(({ name }) => name).sort(), ['Exporting data', 'First steps']);
    const { path, query, answer } = last();
    assert.equal(path, `/v1/collections/${collectionId}/articles`);
    assert.deepEqual(query, { pageSize: '100', sort: 'updatedAt', order: 'desc', status: 'published', page: '1' });
    hasKeys(at(answer, 'articles.items.0'), REFERENCE);
    assert.equal(at(answer, 'articles.items.0.text'), undefined);
  });

  it('lists a page of them by number, and knows which are published', async () => {
    const collectionId = await collectionNamed('Guide');
    const { items, pages } = await connect().articlesPage(collectionId, 1);
    assert.deepEqual([items.map(({ name }) => name), pages], [['Exporting data', 'First steps'], 1]);
    assert.deepEqual(last().query, { pageSize: '100', sort: 'number', order: 'asc', status: 'published', page: '1' });
    const [first] = items;
    assert(first);
    assert.equal(await connect().isPublished(first.id, collectionId), true);
    assert.equal(await connect().isPublished(first.id, await collectionNamed('Reference')), false);
    assert.equal(await connect().isPublished('65aa00000000000000ffffff', collectionId), false);
  });

  it('reads an article with its text, and finds it by words', async () => {
    const [found] = await collect(connect().search('export'));
    assert(found);
    const search = last();
    assert.equal(search.path, '/v1/search/articles');
    assert.deepEqual(search.query, { query: 'export', status: 'published', pageSize: '100', page: '1' });
    hasKeys(at(search.answer, 'articles.items.0'), 'id collectionId number slug name preview url docsUrl status');
    const article = await connect().article(found.id);
    assert.match(article.text ?? '', /^<p>/);
    hasKeys(at(last().answer, 'article'), `${REFERENCE} text categories related keywords`);
  });

  it('hears of a wrong key and of what is not there', async () => {
    await assert.rejects(connect('another').listCollections(), HelpScoutUnauthorized);
    hasKeys(last().answer, 'code error');
    const error = await connect()
      .article('65aa00000000000000ffffff')
      .catch((thrown: unknown) => thrown);
    assert(error instanceof HelpScoutNotFound);
    assert.equal(error.requestId, last().headers.get('correlation-id'));
  });

  it('keeps to a limit of its own, and tells its window', async () => {
    const outcomes: Outcome<DocsSeen>[] = [];
    const budget = { ...unlimited, settle: async (outcome: Outcome<DocsSeen>) => void outcomes.push(outcome) };
    const resets = Math.ceil(Date.now() / 1000) + 30;
    const headers = {
      'x-ratelimit-limit': '2000',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(resets),
    };
    await withScripted(
      [{ status: 429, headers, body: { code: 429, error: 'Rate limit exceeded' } }],
      async ({ url }) => {
        const error = await createDocsClient({ docsUrl: url, apiKey: 'x', budget })
          .listCollections()
          .catch((thrown: unknown) => thrown);
        assert(error instanceof HelpScoutRateLimited);
        assert(error.retryAfterMs > 25_000 && error.retryAfterMs <= 31_000);
        assert.deepEqual(outcomes, [
          {
            endpoint: 'GET /v1/collections',
            cost: 1,
            ok: false,
            seen: { limit: 2000, remaining: 0, resetsAtMs: resets * 1000 },
            refusedForMs: error.retryAfterMs,
          },
        ]);
      },
    );
  });

  it('asks for every page, and shows each article once', async () => {
    const reference = (id: string) => ({ id, collectionId: 'c', name: id, status: 'published' });
    const page = (ids: string[]) => ({
      body: { articles: { page: 1, pages: 2, count: 3, items: ids.map(reference) } },
    });
    await withScripted([page(['a', 'b']), page(['b', 'c'])], async ({ url, seen }) => {
      const docs = createDocsClient({ docsUrl: url, apiKey: 'x', budget: unlimited });
      assert.deepEqual(
        (await collect(docs.articles('c'))).map(({ id }) => id),
        ['a', 'b', 'c'],
      );
      assert.deepEqual(
        seen.map(({ query }) => query.get('page')),
        ['1', '2'],
      );
    });
  });
});

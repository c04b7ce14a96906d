import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { start, stopAll } from '../sandbox/support.ts';
import { callsSeen, environmentFor } from './account.ts';
import { type DrivenClient, driveClient, installed, ThrownByClient } from './driven-client.ts';
import { type InstalledClient, installFromNpm } from './install.ts';

const namedSchema = z.looseObject({ id: z.string(), number: z.number(), name: z.string() });
const listOf = <T extends z.ZodType>(items: T) =>
  z.object({ page: z.number(), pages: z.number(), count: z.number(), items: z.array(items) });
const collectionsSchema = z.object({ collections: listOf(namedSchema) });
const categoriesSchema = z.object({ categories: listOf(namedSchema) });
const articlesSchema = z.object({ articles: listOf(namedSchema) });

describe('helpscout-docs 0.2.3 reads the Docs of the sandbox', () => {
  let installation: InstalledClient;
  let sandbox: Sandbox;
  let client: DrivenClient;
  before(async function () {
    installation = await installed(this, () =>
      installFromNpm('helpscout-docs@0.2.3', 'request@2.78.0', 'querystring@0.2.0'),
    );
  });
  beforeEach(async () => {
    sandbox = await start();
    client = driveClient(installation, 'helpscout-docs.cjs', environmentFor(sandbox));
  });
  afterEach(async () => {
    await client.stop();
    await stopAll();
  });

  it('walks from the site to collections, categories, articles and the text of one', async () => {
    const { sites } = z
      .object({ sites: listOf(z.looseObject({ id: z.string(), subDomain: z.string() })) })
      .parse(await client.call(['sites', 'getAll']));
    assert.deepEqual(
      sites.items.map(({ subDomain }) => subDomain),
      ['sandbox'],
    );
    const fields = { siteId: sites.items[0]?.id, sort: 'name', order: 'desc' };
    const { collections } = collectionsSchema.parse(await client.call(['collections', 'getAll'], { fields }));
    assert.deepEqual(
      collections.items.map(({ name }) => name),
      ['Reference', 'Guide'],
    );
    const guide = collections.items[1]?.id;
    const { categories } = categoriesSchema.parse(
      await client.call(['categories', 'getAllByCollection'], { id: guide }),
    );
    assert.deepEqual(
      categories.items.map(({ name }) => name),
      ['Data', 'Start'],
    );
    const second = { id: guide, fields: { pageSize: 1, page: 2 } };
    const { articles } = articlesSchema.parse(await client.call(['articles', 'getAllByCollection'], second));
    assert.deepEqual(
      { ...articles, items: articles.items.map(({ name }) => name) },
      {
        page: 2,
        pages: 2,
        count: 2,
        items: ['First steps'],
      },
    );
    const { article } = z
      .object({ article: z.looseObject({ text: z.string(), categories: z.array(z.string()) }) })
      .parse(await client.call(['articles', 'get'], { id: articles.items[0]?.id }));
    assert.equal(article.text, '<p>Welcome &amp; hello</p>');
    assert.deepEqual(article.categories, [categories.items[1]?.id]);
  });

  it('lists the articles related to one', async () => {
    const { articles } = articlesSchema.parse(await client.call(['articles', 'getRelated'], { id: '1' }));
    assert.deepEqual(articles, { page: 1, pages: 0, count: 0, items: [] });
  });

  it('finds articles by words', async () => {
    const { articles } = articlesSchema.parse(
      await client.call(['articles', 'search'], { fields: { query: 'export data' } }),
    );
    assert.deepEqual(
      articles.items.map(({ name }) => name),
      ['Exporting data', 'API keys'],
    );
    assert.deepEqual(await callsSeen(sandbox), ['GET /v1/search/articles 200']);
  });

  it('hears in words what is missing or not allowed', async () => {
    await assert.rejects(client.call(['articles', 'get'], { id: '999' }), (error) => {
      return error instanceof ThrownByClient && error.message === 'Resource not found';
    });
    const stranger = driveClient(installation, 'helpscout-docs.cjs', {
      ...environmentFor(sandbox),
      DOCS_API_KEY: 'somebody-else',
    });
    try {
      await assert.rejects(stranger.call(['collections', 'getAll']), /Unauthorized/);
    } finally {
      await stranger.stop();
    }
    assert.deepEqual(await callsSeen(sandbox), ['GET /v1/articles/{id} 404', 'GET /v1/collections 401']);
  });
});

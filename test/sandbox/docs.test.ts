import assert from 'node:assert/strict';
import { request } from 'node:http';
import { APP, control, start, stopAll } from './support.ts';

const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:X`).toString('base64')}` });

/** A GET with a body, which `fetch` does not send. */
function getWithBody(url: string, body: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { ...basic(APP.docsApiKey), 'content-type': 'application/json', 'content-length': body.length };
    const sent = request(url, { headers }, (answer) => {
      answer.setEncoding('utf8');
      let text = '';
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('sandbox: Docs API', () => {
  afterEach(stopAll);

  async function docs() {
    const sandbox = await start();
    const call = (path: string) => fetch(`${sandbox.url}/v1${path}`, { headers: basic(APP.docsApiKey) });
    return { sandbox, call, get: async (path: string) => (await call(path)).json() };
  }

  it('takes the API key as user name only', async () => {
    const { sandbox, call } = await docs();
    for (const headers of [{}, basic('wrong'), { authorization: `Bearer ${APP.docsApiKey}` }]) {
      const answer = await fetch(`${sandbox.url}/v1/collections`, { headers });
      assert.equal(answer.status, 401);
      assert.deepEqual(await answer.json(), { code: 401, error: 'Unauthorized' });
    }
    const answer = await call('/sites');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('x-ratelimit-limit'), '2000');
    assert.equal(answer.headers.get('x-ratelimit-remaining'), '1996');
    assert.ok(answer.headers.get('correlation-id'));
  });

  it('refuses what cannot be read, and journals it', async () => {
    const { sandbox, call } = await docs();
    const unreadable = await call('/articles/%E0%A4%A');
    assert.equal(unreadable.status, 404);
    assert.ok(unreadable.headers.get('x-ratelimit-remaining'));
    const [entry] = await control(sandbox, 'GET', '/journal');
    assert.deepEqual([entry.path, entry.status], ['/v1/articles/%E0%A4%A', 404]);
    const { status, body } = await getWithBody(`${sandbox.url}/v1/sites`, '{broken');
    assert.equal(status, 400);
    assert.deepEqual(JSON.parse(body), { code: 400, error: 'Bad Request' });
  });

  it('lists sites, collections, categories and articles in envelopes', async () => {
    const { get } = await docs();
    const { sites } = await get('/sites');
    assert.equal(sites.count, 1);
    assert.equal((await get(`/sites/${sites.items[0].id}`)).site.subDomain, 'sandbox');

    const { collections } = await get('/collections?sort=name&order=desc');
    assert.deepEqual({ ...collections, items: collections.items.length }, { page: 1, pages: 1, count: 2, items: 2 });
    const [reference, guide] = collections.items;
    assert.equal(reference.name, 'Reference');
    assert.equal(guide.articleCount, 2);
    assert.match(guide.id, /^[0-9a-f]{24}$/);
    assert.equal((await get(`/collections/${guide.number}`)).collection.id, guide.id, 'by number as well');

    const { categories } = await get(`/collections/${guide.id}/categories`);
    assert.deepEqual(
      categories.items.map(({ name }: { name: string }) => name),
      ['Data', 'Start'],
    );
    const [data] = categories.items;
    assert.equal((await get(`/categories/${data.id}`)).category.collectionId, guide.id);

    const { articles } = await get(`/collections/${guide.id}/articles?pageSize=1&page=2`);
    assert.deepEqual({ ...articles, items: articles.items.length }, { page: 2, pages: 2, count: 2, items: 1 });
    assert.equal('text' in articles.items[0], false);
    assert.equal((await get(`/categories/${data.id}/articles`)).articles.items[0].name, 'Exporting data');
  });

  it('gives an article with its text, by id and by number', async () => {
    const { sandbox, get } = await docs();
    const { article } = await get('/articles/1');
    assert.equal(article.text, '<p>Open Settings, then Export.</p>');
    assert.deepEqual(article.keywords, ['csv']);
    assert.equal(article.updatedAt, null);
    assert.equal(article.publicUrl, `${sandbox.url}/article/1-exporting-data`);
    assert.equal((await fetch(article.publicUrl)).status, 200);
    assert.deepEqual(await get(`/articles/${article.id}`), { article });
  });

  it('has articles that the control API edits, hides and deletes', async () => {
    const { sandbox, get, call } = await docs();
    const [{ articleId, collectionId }] = await control(sandbox, 'GET', '/articles');
    await control(sandbox, 'PATCH', `/articles/${articleId}`, { name: 'Exports', html: '<p>Elsewhere.</p>' });
    const { article } = await get(`/articles/${articleId}`);
    assert.deepEqual([article.name, article.text], ['Exports', '<p>Elsewhere.</p>']);
    assert.match(article.updatedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const listed = async (query: string) => (await get(`/collections/${collectionId}/articles?${query}`)).articles;
    const newest = await listed('sort=updatedAt&order=desc');
    assert.equal(newest.items[0].id, articleId);
    await control(sandbox, 'PATCH', `/articles/${articleId}`, { status: 'notpublished' });
    assert.equal((await listed('status=published')).count, newest.count - 1);
    assert.equal((await listed('status=notpublished')).count, 1);
    assert.equal((await listed('status=all')).count, newest.count);
    await control(sandbox, 'DELETE', `/articles/${articleId}`);
    assert.equal((await call(`/articles/${articleId}`)).status, 404);
    assert.equal((await listed('status=all')).count, newest.count - 1);
  });

  it('searches articles, the best first', async () => {
    const { get } = await docs();
    const { articles } = await get('/search/articles?query=export%20data');
    assert.deepEqual(
      articles.items.map(({ name }: { name: string }) => name),
      ['Exporting data', 'API keys'],
    );
    assert.equal((await get('/search/articles?query=zebra')).articles.count, 0);
  });

  it('answers errors in its own envelope', async () => {
    const { sandbox, call } = await docs();
    const missing = await call('/articles/99');
    assert.equal(missing.status, 404);
    assert.deepEqual(await missing.json(), { code: 404, error: 'Resource not found' });
    assert.equal((await call('/nothing')).status, 404);
    assert.equal((await call('/search/articles')).status, 400);
    assert.equal((await call('/collections?pageSize=101')).status, 400);
    await control(sandbox, 'POST', '/faults', { template: '/v1/collections', status: 503, count: 1 });
    assert.equal((await call('/collections')).status, 503);
  });
});

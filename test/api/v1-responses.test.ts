import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { routes } from '../../src/api/routes.ts';
import { type ApiAnswer, type ApiClient, addApiKey, apiClient } from '../support/api-client.ts';
import { fillOrganization } from '../support/filled-organization.ts';
import { addOrganization, useWebApp } from '../support/web-app.ts';

const endpoints = routes.filter((endpoint) => endpoint.access === 'api');

describe('what the API answers', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let call: ApiClient;
  let ids: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: the document is looked into as any reader of it would
  let document: any;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);

  before(async () => {
    const acme = await addOrganization(app.storage, 'Acme');
    ids = await fillOrganization(app.storage, acme, { conversationId: 7001 });
    call = apiClient(app.origin, (await addApiKey(app.storage, acme.organizationId)).secret);
    document = (await call('get', '/api/v1/openapi.json')).body;
  });

  const fill = (path: string, values: Record<string, string>) =>
    path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(values[name] ?? assert.fail(name)));
  /** Holds an answer to the schema that the document gives for its status and type. */
  const assertFits = (method: string, path: string, answer: ApiAnswer) => {
    const responses = document.paths[path.replace(/:(\w+)/g, '{$1}')][method].responses;
    const said = responses[answer.status];
    assert.ok(said, `${method} ${path} does not say that it answers ${answer.status}: ${answer.text}`);
    const response = said.$ref ? document.components.responses[said.$ref.split('/').at(-1)] : said;
    const type = (answer.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
    assert.ok(response.content[type], `${method} ${path}: ${type}`);
    const { schemas } = document.components;
    const check = ajv.compile({ allOf: [response.content[type].schema], components: { schemas } });
    assert.ok(check(answer.body ?? answer.text), `${method} ${path}: ${ajv.errorsText(check.errors)}`);
  };

  it('fits the documented schema, for everything that can be read', async () => {
    let lists = 0;
    for (const { method, path } of endpoints.filter(({ method }) => method === 'get')) {
      const answer = await call(method, fill(path, ids));
      assert.equal(answer.status, 200, `${path}: ${answer.text.slice(0, 300)}`);
      assertFits(method, path, answer);
      if (answer.body?.data?.length > 0) lists++;
    }
    assert.ok(lists >= 8, `${lists} lists with rows`);
  });

  it('fits it when nothing is there', async () => {
    const nobody = Object.fromEntries(Object.keys(ids).map((name) => [name, '424242']));
    for (const { method, path } of endpoints.filter(({ path, method }) => path.includes(':') && method === 'get')) {
      const answer = await call(method, fill(path, nobody));
      assert.equal(answer.status, 404, path);
      assertFits(method, path, answer);
    }
  });

  it('fits it when the body is wrong', async () => {
    for (const { method, path, body } of endpoints) {
      if (!body || 'kind' in body) continue;
      for (const [sent, type, status] of [
        ['{"unknown":{"$gt":""}}', 'application/json', 422],
        ['[]', 'application/json', 422],
        ['{', 'application/json', 400],
        ['a=b', 'application/x-www-form-urlencoded', 415],
        [JSON.stringify('x'.repeat(250_000)), 'application/json', 413],
      ] as const) {
        const answer = await call(method, fill(path, ids), sent, { 'content-type': type });
        assert.equal(answer.status, status, `${method} ${path} ${sent.slice(0, 30)}: ${answer.text.slice(0, 300)}`);
        assertFits(method, path, answer);
      }
    }
  });

  it('never holds what is not documented, such as other organizations’ ids or stored secrets', async () => {
    for (const { method, path } of endpoints.filter(({ method }) => method === 'get')) {
      const { text } = await call(method, fill(path, ids));
      assert.doesNotMatch(text, /organizationId|webhookKey|passwordHash|"hash"|_id"/, path);
    }
  });
});

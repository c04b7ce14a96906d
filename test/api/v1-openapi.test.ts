import assert from 'node:assert/strict';
import { Validator } from '@seriousme/openapi-schema-validator';
import { routes } from '../../src/api/routes.ts';
import { openApiDocument } from '../../src/api/v1/openapi.ts';
import { API_SCOPES } from '../../src/domain/api-key.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const endpoints = routes.filter((endpoint) => endpoint.access === 'api');

// biome-ignore lint/suspicious/noExplicitAny: the document is looked into as any reader of it would
const document: any = JSON.parse(JSON.stringify(openApiDocument(endpoints)));
// biome-ignore lint/suspicious/noExplicitAny: as above
const operations: { name: string; method: string; path: string; operation: any }[] = Object.entries<any>(
  document.paths,
).flatMap(([path, item]) =>
  METHODS.filter((method) => item[method]).map((method) => ({
    name: `${method} ${path}`,
    method,
    path,
    operation: item[method],
  })),
);

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    assert.ok(result.valid, JSON.stringify(result.errors, null, 1)?.slice(0, 3000));
    assert.equal(validator.version, '3.1');
  });

  it('lists exactly the endpoints of the route table', () => {
    const served = endpoints.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    assert.deepEqual(operations.map(({ name }) => name).sort(), served.sort());
    assert.ok(served.length > 30, String(served.length));
  });

  it('gives each operation words, an id of its own, a scope and its failures', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    assert.equal(new Set(ids).size, ids.length);
    for (const { name, operation } of operations) {
      assert.match(operation.summary, /^[A-Z][^.]+$/, name);
      assert.equal(operation.tags.length, 1, name);
      const [{ key }, { session }] = operation.security;
      assert.deepEqual(key, session, name);
      assert.ok(
        API_SCOPES.some((scope) => scope === key[0]),
        name,
      );
      assert.ok(operation.description.includes(key[0]), name);
      const statuses = Object.keys(operation.responses);
      assert.equal(statuses.filter((status) => status.startsWith('2')).length, 1, name);
      for (const status of ['401', '403', '429', '500']) assert.ok(statuses.includes(status), `${name} ${status}`);
    }
  });

  it('declares each parameter of a path, and says problem+json of each failure', () => {
    for (const { name, path, operation } of operations) {
      const inPath = [...path.matchAll(/{(\w+)}/g)].map(([, parameter]) => parameter);
      const declared = operation.parameters.filter((parameter: { in: string }) => parameter.in === 'path');
      assert.deepEqual(
        declared.map((parameter: { name: string }) => parameter.name),
        inPath,
        name,
      );
      for (const [status, response] of Object.entries<{ $ref?: string; content?: object }>(operation.responses)) {
        if (status.startsWith('2')) continue;
        const { content } = response.$ref
          ? document.components.responses[response.$ref.split('/').at(-1) ?? '']
          : response;
        assert.deepEqual(Object.keys(content), ['application/problem+json'], `${name} ${status}`);
      }
    }
  });

  it('refers only to what it holds', () => {
    for (const [name, schema] of Object.entries<object>(document.components.schemas)) {
      assert.ok('type' in schema || 'anyOf' in schema, `${name} says nothing: ${JSON.stringify(schema).slice(0, 200)}`);
    }
    for (const [, ref] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
      const found = ref
        ?.slice(2)
        .split('/')
        .reduce((place, part) => place?.[part], document);
      assert.ok(found, ref);
    }
  });
});

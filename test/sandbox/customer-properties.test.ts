import assert from 'node:assert/strict';
import { inboxClient, start, stopAll } from './support.ts';

const VALUES = '/v2/customers/88001/properties';

describe('sandbox: customer properties', () => {
  afterEach(stopAll);

  it('lists, makes and deletes definitions', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const first = await client.get('/v2/customer-properties');
    assert.deepEqual(first._embedded['customer-properties'], [
      { type: 'text', slug: 'plan', name: 'Plan' },
      {
        type: 'dropdown',
        slug: 'region',
        name: 'Region',
        options: [
          { id: '5f0c1a', label: 'Europe' },
          { id: '5f0c1b', label: 'Americas' },
        ],
      },
    ]);
    const body = { type: 'dropdown', slug: 'tier', name: 'Tier', options: [{ label: 'Gold' }, { label: 'Silver' }] };
    const made = await client.call('POST', '/v2/customer-properties', body);
    assert.equal(made.status, 201);
    assert.equal(made.headers.get('location'), `${sandbox.url}/v2/customer-properties/tier`);
    assert.equal((await client.call('POST', '/v2/customer-properties', body)).status, 409);
    const listed = (await client.get('/v2/customer-properties'))._embedded['customer-properties'];
    assert.deepEqual(listed[2].options, [
      { id: 'gold', label: 'Gold' },
      { id: 'silver', label: 'Silver' },
    ]);
    assert.equal((await client.call('DELETE', '/v2/customer-properties/tier')).status, 204);
    assert.equal((await client.call('DELETE', '/v2/customer-properties/tier')).status, 404);
  });

  it('refuses definitions of an unknown type, without a name, and dropdowns without options', async () => {
    const client = await inboxClient(await start());
    for (const [body, path] of [
      [{ type: 'colour', slug: 'a', name: 'A' }, 'type'],
      [{ type: 'text', slug: 'a' }, 'name'],
      [{ type: 'text', slug: 'A b', name: 'A' }, 'slug'],
      [{ type: 'dropdown', slug: 'a', name: 'A', options: [] }, 'options'],
      [{ type: 'dropdown', slug: 'a', name: 'A' }, 'options'],
    ] as const) {
      const answer = await client.call('POST', '/v2/customer-properties', body);
      assert.equal(answer.status, 400);
      assert.equal((await answer.json())._embedded.errors[0].path, path);
    }
  });

  it('sets and clears a customer’s values by the slug', async () => {
    const client = await inboxClient(await start());
    for (const [type, slug] of [
      ['number', 'seats'],
      ['url', 'site'],
      ['date', 'renewal'],
    ]) {
      await client.call('POST', '/v2/customer-properties', { type, slug, name: slug });
    }
    const answer = await client.call('PATCH', VALUES, [
      { op: 'replace', path: '/plan', value: 'Pro' },
      { op: 'replace', path: '/region', value: '5f0c1b' },
      { op: 'add', path: '/seats', value: 12 },
      { op: 'replace', path: '/site', value: 'https://client.example' },
      { op: 'replace', path: '/renewal', value: '2026-12-31' },
    ]);
    assert.equal(answer.status, 204);
    const shown = async () =>
      (await client.get('/v2/customers/88001'))._embedded.properties.map(
        ({ slug, value, text }: { slug: string; value: string; text: string }) => [slug, value, text],
      );
    assert.deepEqual(await shown(), [
      ['plan', 'Pro', 'Pro'],
      ['region', '5f0c1b', 'Americas'],
      ['seats', '12', '12'],
      ['site', 'https://client.example', 'https://client.example'],
      ['renewal', '2026-12-31', '2026-12-31'],
    ]);
    await client.call('PATCH', VALUES, [{ op: 'remove', path: '/plan' }]);
    await client.call('DELETE', '/v2/customer-properties/seats');
    assert.deepEqual(
      (await shown()).map(([slug]: string[]) => slug),
      ['region', 'site', 'renewal'],
    );
  });

  it('refuses values that do not fit, unknown properties and one object in place of the list', async () => {
    const client = await inboxClient(await start());
    for (const [body, path] of [
      [[{ op: 'replace', path: '/region', value: 'Europe' }], '[0].value'],
      [[{ op: 'replace', path: '/nope', value: 'x' }], '[0].path'],
      [[{ op: 'move', path: '/plan', value: 'x' }], '[0].op'],
      [[{ op: 'replace', path: '/plan' }], '[0].value'],
      [{ op: 'replace', path: '/plan', value: 'x' }, ''],
    ] as const) {
      const answer = await client.call('PATCH', VALUES, body);
      assert.equal(answer.status, 400);
      assert.equal((await answer.json())._embedded.errors[0].path, path);
    }
    assert.equal((await client.call('PATCH', '/v2/customers/9/properties', [])).status, 404);
    assert.deepEqual((await client.get('/v2/customers/88001'))._embedded.properties, []);
  });
});

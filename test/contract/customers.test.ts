import assert from 'node:assert/strict';
import { createHelpScoutClient } from '../../src/helpscout/client.ts';
import { HelpScoutConflict, HelpScoutNotFound, HelpScoutRejected } from '../../src/helpscout/errors.ts';
import type { KnownCustomer } from '../../src/helpscout/resources/customer-shape.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { control } from '../sandbox/support.ts';
import { at, contractWorld, hasKeys, type World } from './contract.ts';
import { withScripted } from './scripted-server.ts';

const CUSTOMER = 'id firstName lastName gender jobTitle location background createdAt updatedAt _embedded _links';
const LIN = {
  firstName: 'Lin',
  lastName: 'Osei',
  jobTitle: 'Analyst',
  entries: {
    emails: [{ value: 'lin@client.example' }],
    phones: [{ value: '555-0100', type: 'mobile' }],
    'social-profiles': [{ value: 'https://social.example/lin' }],
    websites: [{ value: 'https://client.example' }],
  },
};

describe('contract: customers', () => {
  const { holds, world } = contractWorld();
  let lin = 0;
  const known = async ({ client }: World): Promise<KnownCustomer> => client.customers.get(lin);

  holds('a create, with entries under `value`', {
    run: (client) => client.customers.create(LIN),
    exchanges: [
      {
        call: 'POST /v2/customers',
        query: {},
        sent: {
          firstName: 'Lin',
          lastName: 'Osei',
          jobTitle: 'Analyst',
          emails: [{ type: 'work', value: 'lin@client.example' }],
          phones: [{ type: 'mobile', value: '555-0100' }],
          socialProfiles: [{ type: 'other', value: 'https://social.example/lin' }],
          websites: [{ value: 'https://client.example' }],
        },
        status: 201,
      },
    ],
    afterwards: (id) => {
      lin = id;
    },
  });

  holds('one customer with the entries', {
    run: (client) => client.customers.get(lin),
    exchanges: () => [
      {
        call: `GET /v2/customers/${lin}`,
        query: {},
        status: 200,
        answer: (customer) => {
          hasKeys(customer, CUSTOMER);
          hasKeys(at(customer, '_embedded'), 'emails phones chats social_profiles websites');
          hasKeys(at(customer, '_embedded.emails.0'), 'id value type');
        },
      },
    ],
    afterwards: ({ firstName, entries }) => {
      assert.equal(firstName, 'Lin');
      assert.deepEqual(
        Object.entries(entries).map(([kind, list]) => [kind, list.map(({ value }) => value)]),
        [
          ['emails', ['lin@client.example']],
          ['phones', ['555-0100']],
          ['chats', []],
          ['social-profiles', ['https://social.example/lin']],
          ['websites', ['https://client.example']],
        ],
      );
    },
  });

  holds('a look-up by address, whatever its case', {
    run: (client) => client.customers.findByEmail(' LIN@Client.example '),
    exchanges: [
      {
        call: 'GET /v3/customers',
        query: { email: 'lin@client.example' },
        status: 200,
        answer: (list) => {
          hasKeys(at(list, '_embedded.customers.0'), CUSTOMER);
          assert(typeof list === 'object' && list !== null && !('page' in list));
        },
      },
    ],
    afterwards: (customer) => assert.equal(customer?.customerId, lin),
  });

  holds('a look-up of a part of an address, which finds nobody in either list', {
    run: (client) => client.customers.findByEmail('lin@client'),
    exchanges: [
      { call: 'GET /v3/customers', query: { email: 'lin@client' }, status: 200 },
      { call: 'GET /v2/customers', query: { query: '(email:"lin@client")', page: '1' }, status: 200 },
    ],
    afterwards: (customer) => assert.equal(customer, null),
  });

  it('follows the cursor of the newer list to its end', async () => {
    const { client, calls } = world();
    for (let count = 0; count < 60; count++) {
      await client.customers.create({ firstName: 'Pat', entries: { emails: [{ value: `pat${count}@many.example` }] } });
    }
    const first = calls.length;
    assert.equal((await client.customers.findByEmail('pat0@many.example'))?.firstName, 'Pat');
    assert.equal(await client.customers.findByEmail('@many.example'), null);
    const searches = calls
      .slice(first)
      .filter(({ path, query }) => path.startsWith('/v3') && query.email?.startsWith('@'));
    assert(searches.length >= 2);
    assert(searches.slice(1).every(({ query }) => Object.keys(query).join() === 'email,cursor'));
  });

  for (const duplicateEmail of ['409', '400'] as const) {
    it(`hears that an address is taken, answered with ${duplicateEmail}`, async () => {
      const { client, sandbox } = world();
      await control(sandbox, 'PATCH', '/switches', { customers: { duplicateEmail } });
      const error = await client.customers.create(LIN).catch((thrown: unknown) => thrown);
      if (duplicateEmail === '409') return assert(error instanceof HelpScoutConflict);
      assert(error instanceof HelpScoutRejected);
      assert(error.problems.some(({ path }) => path.startsWith('emails')));
    });
  }

  holds('an update, as an array of what differs', {
    run: async (client, current) =>
      client.customers.update(await known(current), {
        firstName: 'Lin',
        jobTitle: 'Head of data',
        location: 'Accra',
        entries: {
          emails: [
            { value: 'LIN@client.example', type: 'home' },
            { value: 'lin.osei@client.example', type: 'other' },
          ],
        },
      }),
    exchanges: () => [
      { call: `GET /v2/customers/${lin}`, status: 200 },
      {
        call: `PATCH /v2/customers/${lin}`,
        query: {},
        sent: [
          { op: 'replace', path: '/jobTitle', value: 'Head of data' },
          { op: 'replace', path: '/location', value: 'Accra' },
          { op: 'replace', path: `/emails/${emailId()}/type`, value: 'home' },
          { op: 'add', path: '/emails', value: { type: 'other', value: 'lin.osei@client.example' } },
        ],
        status: 204,
      },
    ],
    afterwards: async (changed, current) => {
      assert.deepEqual(changed, ['jobTitle', 'location', 'emails']);
      const { jobTitle, location, entries } = await known(current);
      assert.deepEqual([jobTitle, location], ['Head of data', 'Accra']);
      assert.deepEqual(
        entries.emails.map(({ value, type }) => [value, type]),
        [
          ['lin@client.example', 'home'],
          ['lin.osei@client.example', 'other'],
        ],
      );
    },
  });

  holds('an update that clears, and one that changes nothing', {
    run: async (client, current) => {
      const customer = await known(current);
      assert.deepEqual(await client.customers.update(customer, { location: null }), ['location']);
      return client.customers.update(customer, { firstName: 'Lin ', location: 'Accra' });
    },
    exchanges: () => [
      { call: `GET /v2/customers/${lin}`, status: 200 },
      { call: `PATCH /v2/customers/${lin}`, sent: [{ op: 'remove', path: '/location' }], status: 204 },
    ],
    afterwards: async (changed, current) => {
      assert.deepEqual(changed, []);
      assert.equal((await known(current)).location, null);
    },
  });

  it('the sandbox refuses the object that conversations take', async () => {
    const { sandbox, accessToken } = world();
    const answer = await fetch(`${sandbox.url}/v2/customers/${lin}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ op: 'replace', path: '/jobTitle', value: 'x' }),
    });
    assert.equal(answer.status, 400);
  });

  for (const kind of ['emails', 'phones', 'chats', 'social-profiles', 'websites'] as const) {
    const value = kind === 'emails' ? 'added@client.example' : `https://added.example/${kind}`;
    const type = kind === 'websites' ? {} : { type: 'other' };
    holds(`an entry of ${kind}: add, change, remove, and remove again`, {
      run: async (client) => {
        const entryId = await client.customers.addEntry(lin, kind, { ...type, value });
        await client.customers.changeEntry(lin, kind, entryId, { ...type, value: `${value}.test` });
        await client.customers.removeEntry(lin, kind, entryId);
        await client.customers.removeEntry(lin, kind, entryId);
        return entryId;
      },
      exchanges: (entryId) => [
        { call: `POST /v2/customers/${lin}/${kind}`, sent: { ...type, value }, status: 201 },
        { call: `PUT /v2/customers/${lin}/${kind}/${entryId}`, sent: { ...type, value: `${value}.test` }, status: 204 },
        { call: `DELETE /v2/customers/${lin}/${kind}/${entryId}`, status: 204 },
        { call: `DELETE /v2/customers/${lin}/${kind}/${entryId}`, status: 404 },
      ],
    });
  }

  it('entries that are not embedded are read by their own lists', async () => {
    const { sandbox, accessToken } = world();
    const lists: [kind: string, name: string][] = [
      ['emails', 'emails'],
      ['phones', 'phones'],
      ['chats', 'chats'],
      ['social-profiles', 'social_profiles'],
      ['websites', 'websites'],
    ];
    const answers = [];
    for (const [kind, name] of lists) {
      const answer = await fetch(`${sandbox.url}/v2/customers/${lin}/${kind}`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      const body: unknown = await answer.json();
      assert(typeof body === 'object' && body !== null && !('page' in body));
      if (kind !== 'chats') hasKeys(at(body, `_embedded.${name}.0`), 'id value');
      answers.push({ body });
    }
    // What the sandbox says in its lists, below a customer who has nothing embedded.
    await withScripted([{ body: { id: lin, firstName: 'Lin' } }, ...answers], async ({ url, seen }) => {
      const client = createHelpScoutClient({ apiUrl: url, accessToken, budget: unlimited });
      assert.deepEqual((await client.customers.get(lin)).entries, (await known(world())).entries);
      assert.deepEqual(
        seen.map(({ path }) => path),
        [`/v2/customers/${lin}`, ...lists.map(([kind]) => `/v2/customers/${lin}/${kind}`)],
      );
    });
  });

  holds('a customer who is not there', {
    run: (client) => assert.rejects(client.customers.get(1), HelpScoutNotFound),
    exchanges: [{ call: 'GET /v2/customers/1', status: 404 }],
  });

  it('hears which entry is wrong', async () => {
    const { client } = world();
    const error = await client.customers
      .create({ firstName: 'X', entries: { emails: [{ value: 'no address' }] } })
      .catch((thrown: unknown) => thrown);
    assert(error instanceof HelpScoutRejected);
    assert.match(error.problems[0]?.path ?? '', /^emails/);
  });

  function emailId(): unknown {
    const get = world().calls.findLast(({ method, path }) => method === 'GET' && path === `/v2/customers/${lin}`);
    return at(get?.answer, '_embedded.emails.0.id');
  }
});

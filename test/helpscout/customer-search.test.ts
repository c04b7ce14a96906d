import assert from 'node:assert/strict';
import { createHelpScoutClient } from '../../src/helpscout/client.ts';
import { type ScriptedAnswer, withScripted } from '../contract/scripted-server.ts';
import { unlimited } from './unlimited.ts';

const customer = (id: number) => ({
  id,
  _embedded: { emails: [{ id, value: `c${id}@client.example` }], phones: [], chats: [], websites: [] },
});
/** A page of the cursor list; there is always another one. */
const everybody = (first: number): ScriptedAnswer => ({
  body: {
    _embedded: { customers: Array.from({ length: 50 }, (_, index) => customer(first + index)) },
    _links: { next: { href: `/v3/customers?cursor=c${first}` } },
  },
});
const NOBODY = { body: { page: { size: 50, totalElements: 0, totalPages: 0, number: 0 } } };

describe('customer search', () => {
  it('does not read the whole account where the filter is not known', async () => {
    const answers = [...[1, 51, 101, 151, 201].map(everybody), NOBODY];
    await withScripted(answers, async ({ url, seen }) => {
      const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget: unlimited });
      assert.equal(await client.customers.findByEmail('nobody@client.example'), null);
      assert.deepEqual(
        seen.map(({ path }) => path),
        [...Array(5).fill('/v3/customers'), '/v2/customers'],
      );
    });
  });

  for (const name of ['social_profiles', 'social-profiles', 'socialProfiles']) {
    it(`finds the social profiles that are listed as ${name}`, async () => {
      const profiles = { body: { _embedded: { [name]: [{ id: 7, value: '@lin', type: 'twitter' }] } } };
      await withScripted([{ body: customer(1) }, profiles], async ({ url, seen }) => {
        const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget: unlimited });
        const { entries } = await client.customers.get(1);
        assert.deepEqual(entries['social-profiles'], [{ id: 7, value: '@lin', type: 'twitter' }]);
        assert.equal(seen.at(-1)?.path, '/v2/customers/1/social-profiles');
      });
    });
  }
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { control, corpusOf, inboxClient, start, stopAll } from './support.ts';

const SECOND = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const LIN = { email: 'lin.osei@client.example', id: 88_001 };
const KIM = { email: 'kim@other.example', id: 88_002 };

/** Two customers, Lin with two conversations, the second one in another mailbox. */
const PEOPLE = corpusOf(3, [
  { id: 1, text: 'a', customerEmail: LIN.email },
  { id: 2, text: 'b', customerEmail: KIM.email },
  { id: 3, text: 'c', customerEmail: LIN.email, mailbox: 'Billing' },
]);

type Client = Awaited<ReturnType<typeof inboxClient>>;
const ids = (document: { _embedded?: { customers: { id: number }[] } }) =>
  (document._embedded?.customers ?? []).map(({ id }) => id);

/** The paths and codes of a refusal's errors. */
async function refusal(answer: Response, status = 400): Promise<string[]> {
  assert.equal(answer.status, status);
  assert.equal(answer.headers.get('content-type'), 'application/vnd.error+json');
  const body = await answer.json();
  return body._embedded.errors.map(
    ({ path, _links }: { path: string; _links: { about: { href: string } } }) =>
      `${path} ${_links.about.href.split('#')[1]}`,
  );
}

async function create(client: Client, body: object): Promise<number> {
  const answer = await client.call('POST', '/v2/customers', body);
  assert.equal(answer.status, 201, await answer.clone().text());
  assert.equal(await answer.text(), '');
  return Number(answer.headers.get('resource-id'));
}

describe('sandbox: customers', () => {
  afterEach(stopAll);

  it('shows whoever wrote as a customer with their address embedded', async () => {
    const sandbox = await start({ corpus: PEOPLE });
    const client = await inboxClient(sandbox);
    const { createdAt, updatedAt, _embedded, _links, ...lin } = await client.get(`/v2/customers/${LIN.id}`);
    assert.deepEqual(lin, {
      id: LIN.id,
      firstName: 'Lin',
      lastName: 'Osei',
      gender: 'Unknown',
      jobTitle: '',
      location: '',
      organization: '',
      photoType: 'unknown',
      photoUrl: `${sandbox.url}/assets/person.svg`,
      age: '',
      background: '',
      conversationCount: 2,
      draft: false,
    });
    assert.match(createdAt, SECOND);
    assert.match(updatedAt, SECOND);
    assert.deepEqual(Object.keys(_embedded), [
      'emails',
      'phones',
      'chats',
      'social_profiles',
      'websites',
      'properties',
    ]);
    const [{ id, ...email }] = _embedded.emails;
    assert.equal(typeof id, 'number');
    assert.deepEqual(email, { value: LIN.email, type: 'work' });
    assert.deepEqual(Object.keys(_links), ['self', 'emails', 'phones', 'chats', 'social-profiles', 'websites']);
    assert.equal(_links['social-profiles'].href, `${sandbox.url}/v2/customers/${LIN.id}/social-profiles/`);
    assert.equal((await client.call('GET', '/v2/customers/9')).status, 404);
  });

  it('creates a customer with everything, answers only the id, and shows it', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const answer = await client.call('POST', '/v2/customers', {
      firstName: 'Vera',
      lastName: 'Ångström',
      phone: '555-0100',
      photoUrl: 'https://cdn.example/vera.png',
      photoType: 'default',
      jobTitle: 'Analyst',
      background: 'Uses the EU region',
      location: 'Accra',
      organization: 'Client Ltd',
      gender: 'female',
      age: '40',
      emails: [
        { type: 'work', value: 'vera@client.example' },
        { type: 'home', value: 'vera@home.example' },
      ],
      phones: [{ type: 'mobile', value: '555-0101' }],
      chats: [{ type: 'skype', value: 'vera.a' }],
      socialProfiles: [{ type: 'linkedin', value: 'https://linkedin.example/vera' }],
      websites: [{ value: 'https://vera.example' }],
      address: { city: 'Accra', state: '', postalCode: 'GA-1', country: 'GH', lines: ['1 Ring Road', 'Floor 2'] },
      properties: [{ slug: 'plan', value: 'Pro' }],
    });
    assert.equal(answer.status, 201);
    assert.equal(await answer.text(), '');
    const id = answer.headers.get('resource-id');
    assert.equal(answer.headers.get('location'), `${sandbox.url}/v2/customers/${id}`);

    const vera = await client.get(`/v2/customers/${id}`);
    assert.equal(vera.lastName, 'Ångström');
    assert.equal(vera.gender, 'female');
    assert.equal(vera.photoUrl, 'https://cdn.example/vera.png');
    assert.equal(vera.organization, 'Client Ltd');
    assert.equal(vera.organizationId, 4100);
    assert.equal(vera.conversationCount, 0);
    const { emails, phones, chats, social_profiles: profiles, websites, address, properties } = vera._embedded;
    const plain = (entries: { id: number }[]) => entries.map(({ id: _, ...entry }) => entry);
    assert.deepEqual(plain(emails), [
      { value: 'vera@client.example', type: 'work' },
      { value: 'vera@home.example', type: 'home' },
    ]);
    assert.deepEqual(plain(phones), [
      { value: '555-0100', type: 'work' },
      { value: '555-0101', type: 'mobile' },
    ]);
    assert.deepEqual(plain(chats), [{ value: 'vera.a', type: 'skype' }]);
    assert.deepEqual(plain(profiles), [{ value: 'https://linkedin.example/vera', type: 'linkedin' }]);
    assert.deepEqual(plain(websites), [{ value: 'https://vera.example' }]);
    const entryIds = [...emails, ...phones, ...chats, ...profiles, ...websites].map((entry) => entry.id);
    assert.equal(new Set(entryIds).size, 7);
    assert.equal(address.lines[1], 'Floor 2');
    assert.equal(vera._links.address.href, `${sandbox.url}/v2/customers/${id}/address`);
    assert.deepEqual(properties, [
      { type: 'text', slug: 'plan', name: 'Plan', value: 'Pro', text: 'Pro', source: { name: 'api' } },
    ]);
  });

  it('names each field of a new customer that is too long, empty or not of the allowed ones', async () => {
    const client = await inboxClient(await start());
    const refused = async (body: object) => refusal(await client.call('POST', '/v2/customers', body));
    const long = (length: number) => 'x'.repeat(length + 1);
    assert.deepEqual(
      await refused({
        firstName: long(40),
        lastName: long(40),
        photoUrl: long(200),
        jobTitle: long(60),
        background: long(200),
        location: long(60),
        organization: long(60),
      }),
      ['firstName', 'lastName', 'jobTitle', 'location', 'organization', 'photoUrl', 'background'].map(
        (path) => `${path} Invalid`,
      ),
    );
    await create(client, {
      firstName: 'x'.repeat(40),
      lastName: 'x'.repeat(40),
      photoUrl: 'x'.repeat(200),
      jobTitle: 'x'.repeat(60),
      background: 'x'.repeat(200),
      location: 'x'.repeat(60),
      organization: 'x'.repeat(60),
    });
    assert.deepEqual(await refused({ firstName: '', lastName: 'x' }), ['firstName NotEmpty']);
    assert.deepEqual(await refused({ gender: 'none' }), ['gender EnumValue']);
    assert.deepEqual(await refused({ emails: [{ type: 'mobile', value: 'a@b.example' }] }), [
      'emails[0].type EnumValue',
    ]);
    assert.deepEqual(await refused({ emails: [{ type: 'work', value: 'nobody' }] }), ['emails[0].value Invalid']);
    assert.deepEqual(await refused({ phones: [{ type: 'x', value: '1' }] }), ['phones[0].type EnumValue']);
    assert.deepEqual(await refused({ chats: [{ type: 'x', value: '1' }] }), ['chats[0].type EnumValue']);
    assert.deepEqual(await refused({ socialProfiles: [{ type: 'x', value: '1' }] }), [
      'socialProfiles[0].type EnumValue',
    ]);
    assert.deepEqual(await refused({ websites: [{ value: '' }] }), ['websites[0].value NotEmpty']);
    assert.deepEqual(await refused({ properties: [{ slug: 'nope', value: '1' }] }), ['properties[0].slug Invalid']);
    assert.deepEqual(await refused({ properties: [{ slug: 'region', value: 'x' }] }), [
      'properties[0].value EnumValue',
    ]);
  });

  it('refuses an entry that does not call its value `value`', async () => {
    const client = await inboxClient(await start());
    const answer = await client.call('POST', '/v2/customers', { emails: [{ type: 'work', email: 'a@b.example' }] });
    assert.deepEqual(await refusal(answer), ['emails[0].value NotEmpty']);
  });

  it('refuses an address that another customer has, in any case, with 409 or 400 as switched', async () => {
    const sandbox = await start({ corpus: PEOPLE });
    const client = await inboxClient(sandbox);
    const body = { firstName: 'L', emails: [{ type: 'work', value: LIN.email.toUpperCase() }] };
    assert.deepEqual(await refusal(await client.call('POST', '/v2/customers', body), 409), ['emails Duplicate']);
    await control(sandbox, 'PATCH', '/switches', { customers: { duplicateEmail: '400' } });
    assert.deepEqual(await refusal(await client.call('POST', '/v2/customers', body), 400), ['emails Duplicate']);
    assert.equal((await client.get('/v2/customers')).page.totalElements, 2);
  });

  it('takes a customer of the corpus for whoever writes later from the same address', async () => {
    const sandbox = await start({ corpus: PEOPLE });
    const client = await inboxClient(sandbox);
    const input = { subject: 's', text: 't', customerEmail: LIN.email.toUpperCase() };
    const { conversationId } = await control(sandbox, 'POST', '/conversations', input);
    assert.equal((await client.get(`/v2/conversations/${conversationId}`)).primaryCustomer.id, LIN.id);
    assert.equal((await client.get(`/v2/customers/${LIN.id}`)).conversationCount, 3);
  });

  it('overwrites the plain fields, resets those left out unless switched, and leaves the entries', async () => {
    const sandbox = await start({ corpus: PEOPLE });
    const client = await inboxClient(sandbox);
    const path = `/v2/customers/${LIN.id}`;
    const put = await client.call('PUT', path, { firstName: 'Linda', jobTitle: 'Boss', location: 'Accra' });
    assert.equal(put.status, 204);
    assert.equal(await put.text(), '');
    const first = await client.get(path);
    assert.deepEqual([first.firstName, first.lastName, first.jobTitle, first.location], ['Linda', '', 'Boss', 'Accra']);
    assert.equal(first._embedded.emails[0].value, LIN.email);
    await control(sandbox, 'PATCH', '/switches', { customers: { omittedOnPut: 'kept' } });
    await client.call('PUT', path, { lastName: 'Osei' });
    const second = await client.get(path);
    assert.deepEqual([second.firstName, second.lastName, second.jobTitle], ['Linda', 'Osei', 'Boss']);
    assert.deepEqual(await refusal(await client.call('PUT', path, { firstName: 'x'.repeat(41) })), [
      'firstName Invalid',
    ]);
    assert.equal((await client.call('PUT', '/v2/customers/9', {})).status, 404);
    const { primaryCustomer } = await client.get('/v2/conversations/7001');
    assert.deepEqual([primaryCustomer.first, primaryCustomer.last], ['Linda', 'Osei'], 'conversations follow');
  });

  it('deletes a customer with their conversations, but at once only up to 100 of these', async () => {
    const lines = Array.from({ length: 102 }, (_, index) => ({
      id: index,
      text: 'x',
      customerEmail: index === 0 ? KIM.email : LIN.email,
    }));
    const sandbox = await start({ corpus: corpusOf(102, lines) });
    const client = await inboxClient(sandbox);
    const [kim, lin] = [88_001, 88_002];
    assert.equal((await client.call('DELETE', `/v2/customers/${lin}`)).status, 412);
    assert.equal((await client.call('DELETE', `/v2/customers/${kim}`)).status, 204);
    assert.equal((await client.call('GET', `/v2/customers/${kim}`)).status, 404);
    assert.equal((await client.call('DELETE', `/v2/customers/${kim}`)).status, 404);
    assert.equal((await client.call('GET', '/v2/conversations/7001')).status, 404);
    assert.equal((await client.call('DELETE', `/v2/customers/${lin}?async=true`)).status, 204);
    assert.equal((await client.get('/v2/conversations?status=all')).page.totalElements, 0);
    assert.deepEqual(ids(await client.get('/v2/customers')), []);
    const id = await create(client, { emails: [{ type: 'work', value: LIN.email }] });
    assert.equal(id, 88_003, 'the address is free again, the id is not');
  });

  it('has the same customers after a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-customers-'));
    try {
      const first = await start({ corpus: PEOPLE, dataDir });
      const client = await inboxClient(first);
      const id = await create(client, { firstName: 'Vera', emails: [{ type: 'work', value: 'vera@client.example' }] });
      await client.call('PATCH', `/v2/customers/${LIN.id}`, [{ op: 'replace', path: '/jobTitle', value: 'Boss' }]);
      await client.call('DELETE', `/v2/customers/${KIM.id}`);
      const before = [await client.get(`/v2/customers/${id}`), await client.get(`/v2/customers/${LIN.id}`)];
      await first.close();
      const second = await start({ corpus: PEOPLE, dataDir });
      const again = await inboxClient(second);
      const after = [await again.get(`/v2/customers/${id}`), await again.get(`/v2/customers/${LIN.id}`)];
      assert.equal(JSON.stringify(after).replaceAll(second.url, first.url), JSON.stringify(before));
      assert.equal((await again.call('GET', `/v2/customers/${KIM.id}`)).status, 404);
      assert.equal(await create(again, { firstName: 'Next' }), id + 1);
    } finally {
      await stopAll();
      rmSync(dataDir, { recursive: true });
    }
  });
});

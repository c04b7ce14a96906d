import assert from 'node:assert/strict';
import { control, corpusOf, inboxClient, start, stopAll } from './support.ts';

const names = (list: { _embedded?: Record<string, { name: string }[]> }, key: string) =>
  (list._embedded?.[key] ?? []).map(({ name }) => name);

describe('sandbox: users, teams, mailbox fields, tags, organizations', () => {
  afterEach(stopAll);

  it('lists users, filtered by exact address and by mailbox', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const all = await client.get('/v2/users');
    assert.deepEqual(all.page, { size: 50, totalElements: 3, totalPages: 1, number: 1 });
    const userIds = async (query: string) =>
      ((await client.get(`/v2/users?${query}`))._embedded?.users ?? []).map(({ id }: { id: number }) => id);
    assert.deepEqual(await userIds(''), [501, 502, 503]);
    assert.deepEqual(await userIds('email=Ben@sandbox.example'), [502]);
    assert.deepEqual(await userIds('email=ben@sandbox'), []);
    assert.deepEqual(await userIds('mailbox=310'), [501, 502, 503]);
    assert.deepEqual(await userIds('mailbox=9'), []);
    assert.deepEqual(await userIds('page=2'), []);
    assert.equal((await client.call('GET', '/v2/users?mailbox=x')).status, 400);
  });

  it('shows a user, and only for oneself the company', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const { companyId, ...me } = await client.get('/v2/users/me');
    assert.equal(typeof companyId, 'number');
    assert.deepEqual(await client.get(`/v2/users/${me.id}`), me);
    const { createdAt: _c, updatedAt: _u, ...ben } = await client.get('/v2/users/502');
    assert.deepEqual(ben, {
      id: 502,
      firstName: 'Ben',
      lastName: 'Sato',
      email: 'ben@sandbox.example',
      role: 'user',
      jobTitle: 'Support agent',
      phone: '',
      timezone: 'UTC',
      photoUrl: `${sandbox.url}/assets/person.svg`,
      alternateEmails: [],
      mention: 'ben',
      initials: 'BS',
      type: 'user',
      _links: { self: { href: `${sandbox.url}/v2/users/502` } },
    });
    assert.equal((await client.call('GET', '/v2/users/451')).status, 404, 'a team is no user');
  });

  it('lists teams and their members; users and teams share no id', async () => {
    const client = await inboxClient(await start());
    const list = await client.get('/v2/teams');
    assert.deepEqual(names(list, 'teams'), ['Support', 'Engineering']);
    const [support, engineering] = list._embedded.teams;
    const members = async (id: number) =>
      (await client.get(`/v2/teams/${id}/members`))._embedded.users.map((user: { id: number }) => user.id);
    assert.deepEqual(await members(support.id), [501, 502]);
    assert.deepEqual(await members(engineering.id), [503]);
    assert.deepEqual(
      (await client.get(`/v2/teams/${engineering.id}/members`))._embedded.users[0],
      await client.get('/v2/users/503'),
    );
    assert.equal((await client.call('GET', '/v2/teams/501/members')).status, 404);
  });

  it('has custom fields with ids of their own in each mailbox, with options only on the dropdown', async () => {
    const sandbox = await start({
      corpus: corpusOf(2, [
        { id: 1, text: 'a' },
        { id: 2, text: 'b', mailbox: 'Billing' },
      ]),
    });
    const client = await inboxClient(sandbox);
    const { _embedded, page } = await client.get('/v2/mailboxes/310/fields/');
    assert.equal(page.totalElements, 4);
    assert.deepEqual(_embedded.fields, [
      {
        id: 31_001,
        name: 'Plan',
        type: 'dropdown',
        order: 1,
        required: false,
        options: [
          { id: 31_051, order: 1, label: 'Free' },
          { id: 31_052, order: 2, label: 'Standard' },
          { id: 31_053, order: 3, label: 'Pro' },
        ],
      },
      { id: 31_002, name: 'Order number', type: 'singleline', order: 2, required: false },
      { id: 31_003, name: 'Seats', type: 'number', order: 3, required: false },
      { id: 31_004, name: 'Renewal', type: 'date', order: 4, required: false },
    ]);
    const others = (await client.get('/v2/mailboxes/311/fields'))._embedded.fields;
    assert.equal(others[0].id, 31_101);
    assert.equal((await client.call('GET', '/v2/mailboxes/9/fields')).status, 404);
  });

  it('has folders with the ids that conversations name, and counts what is in them', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await control(sandbox, 'POST', '/conversations/7002/messages', { type: 'message', text: 'Done', status: 'closed' });
    const { folders } = (await client.get('/v2/mailboxes/310/folders/'))._embedded;
    const counts = folders.map(({ id, type, totalCount, activeCount }: Record<string, unknown>) => [
      id,
      type,
      totalCount,
      activeCount,
    ]);
    assert.deepEqual(counts, [
      [(await client.get('/v2/conversations/7001')).folderId, 'unassigned', 2, 2],
      [(await client.get('/v2/conversations/7002')).folderId, 'closed', 1, 0],
    ]);
    assert.deepEqual(Object.keys(folders[0]).sort(), [
      'activeCount',
      'id',
      'name',
      'totalCount',
      'type',
      'updatedAt',
      'userId',
    ]);
    assert.equal((await client.call('GET', '/v2/mailboxes/9/folders')).status, 404);
  });

  it('lists and shows tags, which are called `name` here and counted', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    assert.equal('_embedded' in (await client.get('/v2/tags')), false);
    const write = (tags: string[]) =>
      control(sandbox, 'POST', '/conversations', { subject: 's', text: 't', customerEmail: 'a@b.example', tags });
    await write(['Export CSV', 'vip']);
    const { conversationId } = await write(['export csv']);
    const { _embedded, page } = await client.get('/v2/tags');
    assert.equal(page.totalElements, 2);
    const [{ createdAt, updatedAt, ...tag }] = _embedded.tags;
    assert.deepEqual(tag, { id: 61, slug: 'export-csv', name: 'Export CSV', color: '#a5b2bd', ticketCount: 2 });
    assert.match(createdAt, /Z$/);
    assert.match(updatedAt, /Z$/);
    assert.deepEqual(await client.get('/v2/tags/61'), _embedded.tags[0]);
    assert.deepEqual((await client.get(`/v2/conversations/${conversationId}`)).tags, [
      { id: 61, color: '#a5b2bd', tag: 'Export CSV' },
    ]);
    assert.equal((await client.call('GET', '/v2/tags/9')).status, 404);
  });

  it('makes organizations of what customers name, with their customers and conversations', async () => {
    const sandbox = await start({ corpus: corpusOf(2) });
    const client = await inboxClient(sandbox);
    assert.equal('_embedded' in (await client.get('/v2/organizations')), false);
    await client.call('PATCH', '/v2/customers/88001', [{ op: 'replace', path: '/organization', value: 'Client Ltd' }]);
    await client.call('POST', '/v2/customers', { firstName: 'Vera', organization: 'client ltd' });
    const [organization] = (await client.get('/v2/organizations'))._embedded.organizations;
    const { createdAt, updatedAt, _links, ...rest } = organization;
    assert.deepEqual(rest, {
      id: 4100,
      name: 'Client Ltd',
      website: '',
      description: '',
      location: '',
      logoUrl: '',
      note: '',
      domains: [],
      phones: [],
      brandColor: '',
      customerCount: 2,
      conversationCount: 1,
    });
    assert.match(createdAt, /Z$/);
    assert.match(updatedAt, /Z$/);
    assert.deepEqual(await client.get('/v2/organizations/4100'), organization);
    const { customers } = (await client.get('/v2/organizations/4100/customers'))._embedded;
    assert.deepEqual(
      customers.map(({ id, organizationId }: Record<string, number>) => [id, organizationId]),
      [
        [88_001, 4100],
        [88_003, 4100],
      ],
    );
    const { conversations } = (await client.get('/v2/organizations/4100/conversations'))._embedded;
    assert.deepEqual(conversations, [await client.get('/v2/conversations/7001')]);
    assert.equal('_embedded' in (await client.get('/v2/organizations/properties')), false);
    for (const path of ['', '/customers', '/conversations']) {
      assert.equal((await client.call('GET', `/v2/organizations/9${path}`)).status, 404);
    }
  });
});

import assert from 'node:assert/strict';
import { control, corpusOf, inboxClient, start, stopAll } from './support.ts';

const PEOPLE = corpusOf(3, [
  { id: 1, text: 'a', customerEmail: 'lin.osei@client.example' },
  { id: 2, text: 'b', customerEmail: 'kim.ito@other.example' },
  { id: 3, text: 'c', customerEmail: 'lin@client.example', mailbox: 'Billing' },
]);

type List = { _embedded?: { customers: { id: number }[] }; _links: { next?: { href: string } } };
const ids = (document: List) => (document._embedded?.customers ?? []).map(({ id }) => id);
const seconds = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** A client of a sandbox whose clock the test holds. */
async function startAt(atMs: number) {
  const time = { ms: atMs };
  const sandbox = await start({ corpus: PEOPLE, now: () => time.ms });
  return { sandbox, client: await inboxClient(sandbox), time };
}

describe('sandbox: lists of customers', () => {
  afterEach(stopAll);

  it('lists 50 a page, newest first, with whole customers', async () => {
    const sandbox = await start({ corpus: corpusOf(120) });
    const client = await inboxClient(sandbox);
    const second = await client.get('/v2/customers?page=2');
    assert.deepEqual(second.page, { size: 50, totalElements: 120, totalPages: 3, number: 2 });
    assert.deepEqual(ids(second).slice(0, 2), [88_070, 88_069]);
    assert.deepEqual(second._embedded.customers[0], await client.get('/v2/customers/88070'));
    assert.equal(second._links.next.href, `${sandbox.url}/v2/customers?page=3`);
    const empty = await client.get('/v2/customers?firstName=nobody');
    assert.equal('_embedded' in empty, false);
    assert.equal(empty.page.number, 0);
  });

  it('filters by mailbox, names and time of change, all of which must hold', async () => {
    const { client, time } = await startAt(Date.parse('2026-03-01T10:00:00Z'));
    const list = async (query: string) => ids(await client.get(`/v2/customers?sortOrder=asc&${query}`));
    assert.deepEqual(await list('mailbox=310'), [88_001, 88_002]);
    assert.deepEqual(await list('mailbox=311'), [88_003]);
    assert.deepEqual(await list('mailbox=999'), []);
    assert.deepEqual(await list('firstName=lin'), [88_001, 88_003]);
    assert.deepEqual(await list('firstName=Lin&lastName=Osei'), [88_001]);
    const before = seconds(time.ms);
    time.ms += 5000;
    await client.call('PATCH', '/v2/customers/88002', [{ op: 'replace', path: '/location', value: 'Kyoto' }]);
    assert.deepEqual(await list(`modifiedSince=${before}`), [88_002]);
    assert.deepEqual(await list(`modifiedSince=${seconds(time.ms)}`), []);
    const milliseconds = await client.call('GET', '/v2/customers?modifiedSince=2026-01-01T00:00:00.000Z');
    assert.equal(milliseconds.status, 400);
  });

  it('sorts by creation, change, names and score', async () => {
    const client = await inboxClient(await start({ corpus: PEOPLE }));
    const list = async (query: string) => ids(await client.get(`/v2/customers?${query}`));
    await client.call('PATCH', '/v2/customers/88002', [{ op: 'replace', path: '/lastName', value: 'Zane' }]);
    assert.deepEqual(await list('sortField=modifiedAt'), [88_002, 88_003, 88_001]);
    assert.deepEqual(await list('sortField=createdAt&sortOrder=asc'), [88_001, 88_002, 88_003]);
    assert.deepEqual(await list('sortField=firstName&sortOrder=asc'), [88_002, 88_001, 88_003]);
    assert.deepEqual(await list('sortField=lastName&sortOrder=asc'), [88_003, 88_001, 88_002]);
    assert.deepEqual(await list('sortField=score&sortOrder=asc'), [88_001, 88_002, 88_003]);
    assert.equal((await client.call('GET', '/v2/customers?sortField=email')).status, 400);
  });

  it('has no email parameter: the query finds addresses, also those that merely contain the text', async () => {
    const client = await inboxClient(await start({ corpus: PEOPLE }));
    const found = async (query: string) =>
      ids(await client.get(`/v2/customers?sortOrder=asc&query=${encodeURIComponent(query)}`));
    assert.equal(ids(await client.get('/v2/customers?email=lin@client.example')).length, 3, 'it is ignored');
    assert.deepEqual(await found('(email:"kim.ito@other.example")'), [88_002]);
    assert.deepEqual(await found('(email:"OSEI@client.example")'), [88_001]);
    assert.deepEqual(await found('(email:"client.example")'), [88_001, 88_003]);
    assert.deepEqual(await found('(email:"nobody@client.example")'), []);
    assert.deepEqual(await found('(firstName:"Lin" AND lastName:"Osei")'), [88_001]);
    assert.deepEqual(await found('(firstName:"Kim" OR lastName:"Osei")'), [88_001, 88_002]);
    assert.deepEqual(await found('(firstName:"Lin" AND NOT lastName:"Osei")'), [88_003]);
    assert.deepEqual(await found('(createdAt:[2020-01-01T00:00:00Z TO *])'), [88_001, 88_002, 88_003]);
    assert.deepEqual(await found('(modifiedAt:[NOW-1HOUR TO *])'), []);
    assert.deepEqual(await found('osei'), [88_001]);
    for (const query of ['(email:', '(shoe:"9")', '(modifiedAt:[soon TO *])']) {
      const answer = await client.call('GET', `/v2/customers?query=${encodeURIComponent(query)}`);
      assert.equal(answer.status, 400, query);
      assert.equal((await answer.json())._embedded.errors[0].path, 'query');
    }
  });

  it('finds by email in version 3, contained or exact as switched', async () => {
    const sandbox = await start({ corpus: PEOPLE });
    const client = await inboxClient(sandbox);
    const list = async (query: string) => ids(await client.get(`/v3/customers?${query}`));
    assert.deepEqual(await list('email=CLIENT.example'), [88_003, 88_001]);
    assert.deepEqual(await list('email=lin.osei@client.example'), [88_001]);
    await control(sandbox, 'PATCH', '/switches', { customers: { emailFilter: 'exact' } });
    assert.deepEqual(await list('email=CLIENT.example'), []);
    assert.deepEqual(await list('email=Lin.Osei@client.example'), [88_001]);
  });

  it('takes the other filters of version 3', async () => {
    const { client, time } = await startAt(Date.parse('2026-03-01T10:00:00Z'));
    const list = async (query: string) => ids(await client.get(`/v3/customers?${query}`));
    const before = seconds(time.ms);
    time.ms += 5000;
    await client.call('POST', '/v2/customers', { firstName: 'Vera', lastName: 'Moss' });
    assert.deepEqual(await list(`createdSince=${before}`), [88_004]);
    assert.deepEqual(await list(`modifiedSince=${before}`), [88_004]);
    assert.deepEqual(await list('firstName=vera&lastName=moss'), [88_004]);
    assert.deepEqual(await list('query=(lastName:moss)'), [88_004]);
    assert.equal((await client.call('GET', '/v3/customers?createdSince=x')).status, 400);
  });

  it('goes on by the cursor of the next link, without skips or repeats while customers come in', async () => {
    const sandbox = await start({ corpus: corpusOf(120) });
    const client = await inboxClient(sandbox);
    const seen: number[] = [];
    let path: string | undefined = '/v3/customers?query=(email:example)';
    while (path !== undefined) {
      const page: List = await client.get(path);
      assert.equal('page' in page, false);
      seen.push(...ids(page));
      path = page._links.next?.href.slice(sandbox.url.length);
      assert.ok(path === undefined || path.includes('query='), 'the filters go on');
      await client.call('POST', '/v2/customers', { emails: [{ type: 'work', value: `n${seen.length}@x.example` }] });
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 120 }, (_, index) => 88_120 - index),
    );
    assert.equal((await client.call('GET', '/v3/customers?cursor=nonsense')).status, 400);
    const empty = await client.get('/v3/customers?firstName=nobody');
    assert.deepEqual(Object.keys(empty), ['_links']);
    assert.deepEqual(Object.keys(empty._links), ['self']);
  });

  it('shows changes in lists only once the search index has caught up, but at once when read by id', async () => {
    const { sandbox, client, time } = await startAt(Date.parse('2026-03-01T10:00:00Z'));
    await control(sandbox, 'PATCH', '/switches', { search: { lagMs: 30_000 } });
    const made = await client.call('POST', '/v2/customers', { emails: [{ type: 'work', value: 'vera@v.example' }] });
    const id = Number(made.headers.get('resource-id'));
    await client.call('PATCH', '/v2/customers/88001', [{ op: 'replace', path: '/firstName', value: 'Linda' }]);
    await client.call('DELETE', '/v2/customers/88002');
    const lists = async () => [
      ids(await client.get('/v2/customers?sortOrder=asc')),
      ids(await client.get('/v3/customers?email=vera@v.example')),
      ids(await client.get('/v2/customers?firstName=Linda')),
    ];
    assert.deepEqual(await lists(), [[88_001, 88_002, 88_003], [], []]);
    assert.equal((await client.get(`/v2/customers/${id}`)).id, id);
    assert.equal((await client.get('/v2/customers/88001')).firstName, 'Linda');
    assert.equal((await client.call('GET', '/v2/customers/88002')).status, 404, 'listed and gone');
    time.ms += 29_000;
    assert.deepEqual((await lists())[1], []);
    time.ms += 1000;
    assert.deepEqual(await lists(), [[88_001, 88_003, id], [id], [88_001]]);
  });
});

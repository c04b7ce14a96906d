import assert from 'node:assert/strict';
import { control, corpusOf, inboxClient, start, stopAll } from './support.ts';

interface Listed {
  _embedded?: { conversations: { id: number }[] };
}
type Client = Awaited<ReturnType<typeof inboxClient>>;

async function ids(client: Client, parameters: Record<string, string>): Promise<number[]> {
  const search = new URLSearchParams({ status: 'all', sortField: 'number', sortOrder: 'asc', ...parameters });
  const list: Listed = await client.get(`/v2/conversations?${search}`);
  return (list._embedded?.conversations ?? []).map(({ id }) => id);
}

const message = (type: 'customer' | 'message', text: string, from?: string) => ({ type, text, ...(from && { from }) });

const CORPUS = corpusOf(4, [
  {
    id: 'a',
    text: 'The CSV export stops',
    subject: 'Export fails with a timeout',
    customerEmail: 'lin@client.example',
    createdAt: '2026-01-10T10:00:00Z',
    mailbox: 'Support',
    threads: [
      { ...message('customer', 'The CSV export stops'), createdAt: '2026-01-10T10:00:00Z' },
      { ...message('message', 'We are on it', 'ben@sandbox.example'), createdAt: '2026-01-11T10:00:00Z' },
    ],
  },
  { id: 'b', text: 'No luck with invoices', createdAt: '2026-02-10T10:00:00Z', mailbox: 'Billing' },
  { id: 'c', text: 'Dark mode, please', createdAt: '2026-11-05T10:00:00Z', mailbox: 'Support' },
  { id: 'd', text: 'Invoices again', createdAt: '2026-11-20T10:00:00Z', mailbox: 'Billing' },
]);
const now = () => Date.parse('2026-11-22T07:00:00Z');

describe('sandbox: search in conversations', () => {
  afterEach(stopAll);

  it('answers expressions over every field', async () => {
    const sandbox = await start({ corpus: CORPUS, now });
    const client = await inboxClient(sandbox);
    await client.call('PUT', '/v2/conversations/7003/tags', { tags: ['On Hold', 'theme'] });
    await client.call('POST', '/v2/conversations/7004/notes', {
      text: 'see file',
      attachments: [{ fileName: 'a.txt', mimeType: 'text/plain', data: 'YQ==' }],
    });
    await client.call('POST', '/v2/conversations/7003/customer', {
      text: 'me too',
      customer: { email: 'ann@client.example' },
      cc: ['boss@client.example'],
    });
    const { primaryCustomer } = await client.get('/v2/conversations/7002');
    const cases: Record<string, number[]> = {
      '(subject:"export fails")': [7001],
      '(body:invoices)': [7002, 7004],
      '(body:"no luck" OR tag:theme)': [7002, 7003],
      '(tag:"on hold")': [7003],
      '(mailbox:"Billing")': [7002, 7004],
      '(mailboxid:311 AND NOT id:7002)': [7004],
      '(email:"lin@client.example")': [7001],
      '(email:boss@client.example)': [7003],
      '(email:*@client.example)': [7001, 7003],
      [`(customerIds:${primaryCustomer.id})`]: [7002],
      '(number:[2 TO 3])': [7002, 7003],
      '(assigned:"Ben Sato")': [7001],
      '(assigned:"Unassigned")': [7002, 7003, 7004],
      '(attachments:true)': [7004],
      '(replyUserIds:502)': [7001],
      '(createdAt:2026-11)': [7003, 7004],
      '(createdAt:[2026-02-01T00:00:00Z TO 2026-11-10T00:00:00Z])': [7002, 7003],
      '(modifiedAt:[NOW-1HOUR TO *])': [7003, 7004],
      '(status:closed)': [7001],
      '(status:open)': [7002, 7003, 7004],
      timeout: [7001],
    };
    for (const [query, expected] of Object.entries(cases)) {
      assert.deepEqual(await ids(client, { query }), expected, query);
    }
  });

  it('joins an expression with the other filters, the default status among them', async () => {
    const client = await inboxClient(await start({ corpus: CORPUS, now }));
    const list: Listed = await client.get('/v2/conversations?query=(subject:export)');
    assert.equal('_embedded' in list, false, 'it is closed, and only active ones are listed by default');
    assert.deepEqual(await ids(client, { query: '(body:invoices)', modifiedSince: '2026-03-01T00:00:00Z' }), [7004]);
  });

  it('refuses a broken expression, naming the parameter', async () => {
    const client = await inboxClient(await start());
    for (const query of ['(a OR', '(nothing:1)', '(number:many)', '(createdAt:soon)', '(tag:[a TO b])', '(status:x)']) {
      const answer = await client.call('GET', `/v2/conversations?${new URLSearchParams({ query })}`);
      assert.equal(answer.status, 400, query);
      assert.equal((await answer.json())._embedded.errors[0].path, 'query');
    }
  });

  it('filters by custom fields, only together with a mailbox', async () => {
    const client = await inboxClient(await start({ corpus: CORPUS, now }));
    const fields = [
      { id: 31001, value: '31053' },
      { id: 31002, value: 'Order A-17 late' },
    ];
    assert.equal((await client.call('PUT', '/v2/conversations/7003/fields', { fields })).status, 204);
    const found = (customFieldsByIds: string) => ids(client, { mailbox: '310', customFieldsByIds });
    assert.deepEqual(await found('31001:31053'), [7003]);
    assert.deepEqual(await found('31001:31053,31002:a-17'), [7003], 'a single line is searched for words');
    assert.deepEqual(await found('31001:31051'), []);
    const alone = await client.call('GET', '/v2/conversations?customFieldsByIds=31001:31053');
    assert.equal(alone.status, 400);
    assert.equal((await alone.json())._embedded.errors[0].path, 'customFieldsByIds');
    assert.deepEqual((await client.get('/v2/conversations/7003')).customFields, [
      { id: 31001, name: 'Plan', value: '31053', text: 'Pro' },
      { id: 31002, name: 'Order number', value: 'Order A-17 late', text: 'Order A-17 late' },
    ]);
  });

  it('sorts by every field in both directions', async () => {
    const client = await inboxClient(await start({ corpus: CORPUS, now }));
    const expected: Record<string, number[]> = {
      createdAt: [7001, 7002, 7003, 7004],
      customerEmail: [7002, 7003, 7004, 7001],
      mailboxid: [7001, 7003, 7002, 7004],
      subject: [7003, 7001, 7004, 7002],
      status: [7002, 7003, 7004, 7001],
    };
    for (const [sortField, ascending] of Object.entries(expected)) {
      assert.deepEqual(await ids(client, { sortField }), ascending, sortField);
      assert.deepEqual(await ids(client, { sortField, sortOrder: 'desc' }), ascending.toReversed(), sortField);
    }
  });

  it('shows what is new or changed only after the lag, while a read by id has it at once', async () => {
    const sandbox = await start({ switches: { search: { lagMs: 60_000 } } });
    const client = await inboxClient(sandbox);
    const advance = (advanceSeconds: number) => control(sandbox, 'PUT', '/clock', { advanceSeconds });
    const { conversationId } = await control(sandbox, 'POST', '/conversations', {
      subject: 'Brand new',
      text: 'Hello there',
      customerEmail: 'kim@client.example',
    });
    assert.deepEqual(await ids(client, {}), [7001, 7002, 7003]);
    assert.equal((await client.get(`/v2/conversations/${conversationId}`)).subject, 'Brand new');

    await advance(30);
    await control(sandbox, 'POST', '/conversations/7002/messages', {
      type: 'message',
      text: 'Solved',
      status: 'closed',
    });
    assert.equal((await client.get('/v2/conversations/7002')).status, 'closed');
    assert.deepEqual(await ids(client, { status: 'closed' }), []);
    assert.deepEqual(await ids(client, { query: 'body:solved' }), [], 'words are searched in what the index has');

    await advance(31);
    assert.deepEqual(await ids(client, {}), [7001, 7002, 7003, conversationId]);
    assert.deepEqual(await ids(client, { query: 'body:hello' }), [conversationId]);
    assert.deepEqual(await ids(client, { status: 'closed' }), []);

    await advance(30);
    assert.deepEqual(await ids(client, { status: 'closed', query: 'body:solved' }), [7002]);
  });

  it('has everything at once again when the lag is turned off', async () => {
    const sandbox = await start({ switches: { search: { lagMs: 3_600_000 } } });
    const client = await inboxClient(sandbox);
    await client.call('DELETE', '/v2/conversations/7001');
    assert.deepEqual(await ids(client, {}), [7001, 7002, 7003], 'a row can be gone when it is read');
    assert.equal((await client.call('GET', '/v2/conversations/7001')).status, 404);
    await control(sandbox, 'PATCH', '/switches', { search: { lagMs: 0 } });
    assert.deepEqual(await ids(client, {}), [7002, 7003]);
  });

  it('answers a page past the end as the switch says', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const turn = (pagePastEnd: string) => control(sandbox, 'PATCH', '/switches', { conversations: { pagePastEnd } });
    for (const path of ['/v2/conversations?page=9', '/v2/conversations/7001/threads?page=9']) {
      await turn('empty');
      assert.equal((await client.get(path)).page.number, 0);
      await turn('counts');
      const counted = await client.get(path);
      assert.equal('_embedded' in counted, false);
      assert.equal(counted.page.number, 9);
      assert.equal(counted.page.totalPages, 1);
      await turn('notFound');
      assert.equal((await client.call('GET', path)).status, 404);
    }
  });
});

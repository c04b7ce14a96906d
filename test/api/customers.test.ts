import assert from 'node:assert/strict';
import { z } from 'zod';
import { API_SCOPES } from '../../src/domain/api-key.ts';
import type { Browser } from '../support/browser.ts';
import { useMongodb } from '../support/mongodb.ts';
import { addMember, addOrganization, signIn, startWebApp, type WebApp } from '../support/web-app.ts';

const problemSchema = z.object({ code: z.string(), errors: z.record(z.string(), z.string()).optional() });
const customerSchema = z.object({
  externalId: z.string(),
  state: z.string(),
  fields: z.record(z.string(), z.string()),
});
const listSchema = z.object({ data: z.array(customerSchema), nextCursor: z.string().nullable() });
const uploadSchema = z.object({
  importId: z.string(),
  state: z.string(),
  lines: z.number(),
  counts: z.record(z.string(), z.number()),
  statusUrl: z.string(),
});
const errorsSchema = z.object({
  data: z.array(z.object({ line: z.number(), externalId: z.string().nullable(), error: z.string() })),
  nextCursor: z.string().nullable(),
});

describe('customers', function () {
  this.timeout(60_000);
  const mongodb = useMongodb();
  let app: WebApp;
  let organizationId: string;
  let key: string;
  let administrator: Browser;

  // Temporal is down: whatever is accepted has to be stored, and waits.
  beforeEach(async () => {
    app = await startWebApp({ mongodbUri: mongodb.newDatabase() });
    const acme = await addOrganization(app.storage, 'Acme');
    organizationId = acme.organizationId;
    const { integrationId } = await app.storage.integrations.create(organizationId);
    await app.storage.integrations.update(organizationId, integrationId, { state: 'live' });
    const about = {
      name: 'shop',
      scopes: [...API_SCOPES],
      createdBy: acme.email,
      createdAt: new Date(),
      expiresAt: null,
    };
    ({ secret: key } = await app.storage.apiKeys.create(organizationId, about));
    administrator = await signIn(app, acme.email);
  });
  afterEach(() => app?.stop());

  const call = async (method: string, path: string, body?: string, type = 'application/json') => {
    const headers = { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': type }) };
    const answer = await fetch(`${app.origin}/api/v1${path}`, { method, headers, ...(body !== undefined && { body }) });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  const put = (externalId: string, fields: object) =>
    call('PUT', `/customers/${encodeURIComponent(externalId)}`, JSON.stringify(fields));
  const upload = (name: string, content: string | Uint8Array<ArrayBuffer>, token?: string) => {
    const form = new FormData();
    if (token) form.append('_csrf', token);
    form.append('file', new Blob([content]), name);
    return administrator.send('/customers/uploads', { method: 'POST', body: form });
  };
  const token = () => administrator.token('/customers/uploads');

  it('takes a customer, tells their state, and changes nothing when the same comes again', async () => {
    const first = await put('a/1', { email: ' Ada@Client.Example ', firstName: 'Ada' });
    assert.deepEqual(first, {
      status: 202,
      body: { externalId: 'a/1', state: 'waiting', statusUrl: '/api/v1/customers/a%2F1' },
    });
    assert.equal((await put('a/1', { email: 'ada@client.example', firstName: 'Ada' })).status, 202);
    assert.equal((await app.storage.customers.get(organizationId, 'a/1'))?.version, 1);
    const read = customerSchema.parse((await call('GET', '/customers/a%2F1')).body);
    assert.deepEqual(read.fields, { email: 'ada@client.example', firstName: 'Ada' });
    assert.equal((await call('GET', '/customers/nobody')).status, 404);
  });

  it('says for each field what does not fit', async () => {
    const { status, body } = await put('c1', { email: 'nobody', firstName: 'x'.repeat(41), phone: 5, shoeSize: '44' });
    assert.equal(status, 422);
    const { errors = {} } = problemSchema.parse(body);
    assert.deepEqual(Object.keys(errors).sort(), ['email', 'firstName', 'phone', 'shoeSize']);
    assert.equal(errors.firstName, 'The first name may have at most 40 characters.');
  });

  it('takes nobody without a connection', async () => {
    for (const { integrationId } of await app.storage.integrations.list(organizationId)) {
      await app.storage.integrations.update(organizationId, integrationId, { state: 'disconnected' });
    }
    const { status, body } = await put('c1', { email: 'a@client.example' });
    assert.deepEqual([status, problemSchema.parse(body).code], [409, 'notConnected']);
  });

  it('lists everybody once, page by page, and by how an address begins', async () => {
    const { integrationId } = (await app.storage.integrations.list(organizationId))[0] ?? assert.fail();
    for (let n = 0; n < 25; n++) {
      const email = `${n % 2 ? 'odd' : 'even'}.${n}@client.example`;
      await app.storage.customers.put(organizationId, integrationId, `c${n}`, { email });
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer: { body: unknown } = await call('GET', `/customers?limit=10${cursor && `&cursor=${cursor}`}`);
      const page: z.infer<typeof listSchema> = listSchema.parse(answer.body);
      seen.push(...page.data.map(({ externalId }) => externalId));
      cursor = page.nextCursor;
    }
    assert.deepEqual([seen.length, new Set(seen).size], [25, 25]);
    assert.equal(listSchema.parse((await call('GET', '/customers?emailPrefix=ODD.&limit=200')).body).data.length, 12);
    assert.equal(listSchema.parse((await call('GET', '/customers?emailPrefix=.*')).body).data.length, 0);
  });

  it('keeps 2,000 lines with garbage among them, each bad one with its reason', async () => {
    const garbage = [
      '{"externalId":"x"',
      '[]',
      '{"externalId":"","email":"a@b.example"}',
      'null',
      '"text"',
      'x'.repeat(30_000),
    ];
    const lines = Array.from({ length: 2000 }, (_, n) =>
      n % 100 === 7
        ? (garbage[((n / 100) % garbage.length) | 0] ?? '')
        : JSON.stringify({ externalId: `c${n}`, email: `c${n}@client.example`, lastName: 'Ito' }),
    );
    const { status, body } = await call('POST', '/customers/bulk', `${lines.join('\n')}\n`, 'application/x-ndjson');
    assert.equal(status, 202, JSON.stringify(body));
    const received = uploadSchema.parse(body);
    assert.deepEqual(
      [received.state, received.lines, received.counts.stored, received.counts.invalid],
      ['stored', 2000, 1980, 20],
    );
    const first = errorsSchema.parse((await call('GET', `${received.statusUrl.slice(7)}/errors?limit=15`)).body);
    const rest = await call('GET', `${received.statusUrl.slice(7)}/errors?cursor=${first.nextCursor}`);
    const all = [...first.data, ...errorsSchema.parse(rest.body).data];
    assert.deepEqual(
      all.map(({ line }) => line),
      Array.from({ length: 20 }, (_, n) => n * 100 + 8),
    );
    assert(all.every(({ error }) => error.length > 10));
    assert.equal(all[0]?.error, 'The line is no JSON.');
    assert.equal(all[5]?.error, 'The line is too long.');
  });

  it('refuses what it cannot read at all, and keeps nothing of it', async () => {
    const noColumns = await call('POST', '/customers/bulk', 'name,phone\nAda,1\n', 'text/csv');
    assert.deepEqual([noColumns.status, problemSchema.parse(noColumns.body).code], [422, 'unreadableUpload']);
    assert.equal((await call('POST', '/customers/bulk', 'x', 'text/plain')).status, 415);
    const { imports } = await app.storage.customerImports.list(organizationId, { limit: 5 });
    assert.deepEqual(
      imports.map(({ state, lines }) => [state, lines]),
      [['broken', 0]],
    );
  });

  it('takes a spreadsheet’s file from the page, whatever its separators, and shows its bad lines', async () => {
    const csv =
      '\uFEFFCustomer id;E-mail;First name;Shoe size\r\n' +
      '1;ada@client.example;"Ada; ""the first""";40\r\n' +
      '2;not an address;Bob;41\r\n' +
      '\r\n' +
      '=HYPERLINK(1);;Eve;\r\n';
    const answer = await upload('people.csv', csv, await token());
    assert.equal(answer.status, 303, answer.text.slice(0, 500));
    const page = await administrator.get(answer.location);
    assert.match(page.text, /people\.csv/);
    assert.match(page.text, /Give an e-mail address, such as/);
    assert.match(page.text, /hx-trigger="every 2s"/, 'there is something to watch');
    const problems = await administrator.get(`${answer.location}/problems.csv`);
    assert.match(problems.text, /"3","2","Give an e-mail address/);
    assert.match(problems.text, /"'=HYPERLINK\(1\)"/, 'no formula leaves');
    const importId = answer.location.split('/').at(-1) ?? '';
    const [line] = await app.storage.customerImports.storedLines(organizationId, importId, 5);
    assert.deepEqual(line?.fields, { email: 'ada@client.example', firstName: 'Ada; "the first"' });
  });

  it('says on the page why a file is not taken, and takes none without the session’s token', async () => {
    assert.equal((await upload('people.csv', 'externalId,email\n1,a@client.example\n')).status, 403);
    assert.equal((await upload('people.csv', 'externalId,email\n1,a@client.example\n', 'forged')).status, 403);
    const wrong = await upload('people.csv', 'a,b\n1,2\n', await token());
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /The column `externalId` is missing/);
    const latin = await upload(
      'people.csv',
      Buffer.from('externalId,email,firstName\n1,a@client.example,J\xF6rg\n', 'latin1'),
      await token(),
    );
    assert.match((await administrator.get(latin.location)).text, /not written in UTF-8/);
    assert.equal((await upload('', '', await token())).status, 422);
  });

  it('lists customers for people, and shows one with everything that is known of the address', async () => {
    await put('c1', { email: 'ada@client.example', firstName: 'Ada', website: 'https://client.example/<script>' });
    const list = await administrator.get('/customers?q=ADA');
    assert.match(list.text, /href="\/customers\/ada%40client\.example"/);
    assert.match((await administrator.get('/customers?q=zzz@')).text, /Nobody matches/);
    const page = await administrator.get('/customers/ADA%40client.example');
    assert.equal(page.status, 200);
    assert.match(page.text, /&lt;script/);
    assert.match(page.text, /Sync now/);
    const asked = await administrator.submit(
      '/customers/ada%40client.example/sync',
      {},
      '/customers/ada%40client.example',
    );
    assert.equal(asked.status, 303);
    assert.equal((await app.storage.customers.get(organizationId, 'c1'))?.version, 2);
    const { email } = await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    const manager = await signIn(app, email);
    const seen = await manager.get('/customers/ada%40client.example');
    assert.equal(seen.status, 200);
    assert.doesNotMatch(seen.text, /Sync now/);
    assert.equal((await manager.get('/customers/uploads')).status, 403);
  });

  it('shows people of whom only conversations are known, and nobody else', async () => {
    const { integrationId } = (await app.storage.integrations.list(organizationId))[0] ?? assert.fail();
    await app.storage.conversations.saveAll(organizationId, [
      {
        ...{ organizationId, integrationId, conversationId: 7001, number: 41, mailboxId: 1, subject: 'Only wrote' },
        ...{ status: 'active', createdAt: new Date(), webUrl: 'https://secure.helpscout.example/conversation/7001' },
        customer: { kind: 'customer', id: 88, email: 'bob@client.example' },
        ...{ threads: [], contentHash: 'h', importedAt: new Date() },
      },
    ]);
    const { status, text } = await administrator.get('/customers/bob%40client.example');
    assert.equal(status, 200);
    assert.match(text, /Only wrote/);
    assert.match(text, /https:\/\/secure\.helpscout\.example\/customers\/88\//);
    assert.match(text, /Your own systems have not sent this customer/);
    assert.equal((await administrator.get('/customers/nobody%40client.example')).status, 404);
  });
});

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { APP, control, decide, inboxClient, startReceiver, stopAll, until } from '../sandbox/support.ts';
import {
  CONVERSATIONS,
  callsSeen,
  conversationIdOf,
  environmentFor,
  heldIds,
  idsOf,
  LONG_CONVERSATION_THREADS,
  startAccount,
} from './account.ts';
import { type DrivenClient, driveClient, installed } from './driven-client.ts';
import { type InstalledClient, installFromNpm } from './install.ts';

const tokensSchema = z.looseObject({ access_token: z.string(), refresh_token: z.string() });
const rowSchema = z.looseObject({ id: z.number() });
const linkSchema = z.object({ href: z.string() });
/** The client hands its caller the whole answer. */
const listSchema = z.object({
  status: z.literal(200),
  data: z.looseObject({
    _embedded: z.record(z.string(), z.array(rowSchema)).optional(),
    _links: z.looseObject({ next: linkSchema.optional() }),
  }),
});
const createdSchema = z.object({
  status: z.literal(201),
  data: z.literal(''),
  headers: z.looseObject({ 'resource-id': z.coerce.number(), location: z.string() }),
});
const emptySchema = z.object({ status: z.literal(204), data: z.literal('') });
const gotSchema = z.object({ status: z.literal(200), data: z.looseObject({}) });

describe('helpscout-mailbox-api 1.0.1 (Node) talks to the sandbox', () => {
  let installation: InstalledClient;
  let sandbox: Sandbox;
  let client: DrivenClient;
  let get: Awaited<ReturnType<typeof inboxClient>>['get'];
  before(async function () {
    installation = await installed(this, () =>
      installFromNpm('helpscout-mailbox-api@1.0.1', 'axios@0.18.1', 'bottleneck@2.19.5'),
    );
  });
  beforeEach(async () => {
    sandbox = await startAccount();
    ({ get } = await inboxClient(sandbox));
    client = driveClient(installation, 'helpscout-mailbox-api.cjs', { ...environmentFor(sandbox), FLOW: 'OAuth2' });
    const code = (await decide(sandbox, 'authorize')).searchParams.get('code') ?? '';
    await client.call(['setCredentials'], await client.call(['getTokens'], code));
  });
  afterEach(async () => {
    await client.stop();
    await stopAll();
  });

  const create = async (path: string[], ...args: unknown[]) =>
    createdSchema.parse(await client.call(path, ...args)).headers['resource-id'];
  const change = async (path: string[], ...args: unknown[]) => emptySchema.parse(await client.call(path, ...args));
  const list = async (path: string[], ...args: unknown[]) => listSchema.parse(await client.call(path, ...args)).data;
  const read = async (path: string[], ...args: unknown[]) => gotSchema.parse(await client.call(path, ...args)).data;

  /** Every row of a list, following the links as the client does. */
  async function all(path: string[], name: string, ...args: unknown[]) {
    let page = await list(path, ...args);
    const rows = [...(page._embedded?.[name] ?? [])];
    while (page._links.next) {
      page = await list(['nextPage'], page._links);
      rows.push(...(page._embedded?.[name] ?? []));
    }
    return rows;
  }

  it('asks for authorization, trades the code and says who it is', async () => {
    const asked = new URL(z.string().parse(await client.call(['generateAuthorizationUri'], 's-1')));
    const page = await fetch(`${sandbox.url}${asked.pathname}${asked.search}`);
    assert.equal(page.status, 200);
    const returned = await decide(sandbox, 'authorize', 's-1');
    assert.equal(returned.searchParams.get('state'), 's-1');
    const tokens = tokensSchema.parse(await client.call(['getTokens'], returned.searchParams.get('code')));
    await client.call(['setCredentials'], tokens);
    assert.equal((await read(['users', 'me'])).email, 'ada@sandbox.example');
    await assert.rejects(client.call(['getTokens'], returned.searchParams.get('code')), /status code 400/);
  });

  it('refreshes an expired token once, and hands over the new pair', async () => {
    await read(['users', 'me']);
    await control(sandbox, 'POST', '/tokens/expire');
    await read(['users', 'me']);
    await control(sandbox, 'POST', '/tokens/expire');
    await read(['users', 'me']);
    const pairs = z.array(tokensSchema).parse(await client.call(['emittedTokens']));
    assert.equal(new Set(pairs.map(({ refresh_token }) => refresh_token)).size, 2);
    assert.deepEqual((await callsSeen(sandbox)).slice(-4), [
      'GET /v2/users/me 200',
      'GET /v2/users/me 401',
      'POST /v2/oauth2/token 200',
      'GET /v2/users/me 200',
    ]);
  });

  it('reads on through the pages of conversations and threads', async () => {
    const rows = await all(['conversations', 'list'], 'conversations', { status: 'all', embed: 'threads' });
    assert.equal(rows.length, CONVERSATIONS);
    assert.deepEqual(idsOf(rows), await heldIds(sandbox));
    const long = await conversationIdOf(sandbox, 'long');
    assert.equal((await all(['conversations', 'threads', 'list'], 'threads', long)).length, LONG_CONVERSATION_THREADS);
    assert.deepEqual(await read(['conversations', 'get'], long), await get(`/v2/conversations/${long}`));
    assert.deepEqual(await all(['conversations', 'list'], 'conversations', { status: 'spam' }), []);
  });

  it('reads mailboxes with fields and folders, users, teams and tags', async () => {
    const [mailbox] = await all(['mailboxes', 'list'], 'mailboxes');
    assert.deepEqual(await read(['mailboxes', 'get'], mailbox?.id), await get(`/v2/mailboxes/${mailbox?.id}`));
    const folders = await all(['mailboxes', 'folders', 'list'], 'folders', mailbox?.id);
    const inFolder = await all(['conversations', 'list'], 'conversations', { status: 'all', folder: folders[1]?.id });
    assert.equal(inFolder.length, folders[1]?.totalCount);
    const fields = await all(['mailboxes', 'customFields', 'list'], 'fields', mailbox?.id);
    assert.ok(fields.some(({ name }) => name === 'Plan'));
    const users = await all(['users', 'list'], 'users');
    assert.equal((await read(['users', 'get'], users[1]?.id)).email, 'ben@sandbox.example');
    const [team] = await all(['teams', 'list'], 'teams');
    const members = await all(['teams', 'teamMembers', 'list'], 'users', team?.id);
    assert.ok(members.length > 0 && members.every(({ id }) => users.some((user) => user.id === id)));
    assert.deepEqual(await all(['tags', 'list'], 'tags'), []);
    await change(['conversations', 'tags', 'update'], await conversationIdOf(sandbox, 'note'), { tags: ['Theme'] });
    assert.deepEqual(
      (await all(['tags', 'list'], 'tags')).map(({ name }) => name),
      ['Theme'],
    );
  });

  it('creates a conversation with every kind of thread', async () => {
    const [mailbox] = await all(['mailboxes', 'list'], 'mailboxes');
    const customer = { email: 'new.person@client.example', firstName: 'New' };
    const id = await create(['conversations', 'create'], {
      subject: 'Grüße 🚀',
      mailboxId: mailbox?.id,
      type: 'email',
      status: 'active',
      customer,
      assignTo: null,
      threads: [{ type: 'customer', customer: { email: customer.email }, text: 'Hello <b>there</b>' }],
    });
    const { primaryCustomer, ...made } = await get(`/v2/conversations/${id}`);
    assert.deepEqual([made.subject, primaryCustomer.email, made.assignee ?? null], ['Grüße 🚀', customer.email, null]);
    const { id: customerId } = primaryCustomer;

    const threads = ['conversations', 'threads'];
    const reply = await create([...threads, 'createReply'], id, { text: 'Welcome', customer: { id: customerId } });
    const note = await create([...threads, 'createNote'], id, { text: 'Be kind' });
    const again = await create([...threads, 'createCustomer'], id, { text: 'Thanks', customer: { id: customerId } });
    const phone = await create([...threads, 'createPhone'], id, { text: 'Called', customer: { id: customerId } });
    const chat = await create([...threads, 'createChat'], id, { text: 'Chatted', customer: { id: customerId } });
    await change([...threads, 'update'], id, note, { op: 'replace', path: '/text', value: 'Be very kind' });
    const rows = (await all([...threads, 'list'], 'threads', id)).filter(({ type }) => type !== 'lineitem');
    assert.deepEqual(
      rows.slice(0, 5).map((row) => [row.id, row.type]),
      [
        [chat, 'chat'],
        [phone, 'phone'],
        [again, 'customer'],
        [note, 'note'],
        [reply, 'message'],
      ],
    );
    assert.match(String(rows[3]?.body), /Be very kind/);
  });

  it('changes a conversation, its tags, and deletes it', async () => {
    const id = await conversationIdOf(sandbox, 'note');
    await change(['conversations', 'update'], id, { op: 'replace', path: '/status', value: 'closed' });
    await change(['conversations', 'update'], id, { op: 'replace', path: '/assignTo', value: 502 });
    await change(['conversations', 'tags', 'update'], id, { tags: ['theme', 'later'] });
    const changed = await get(`/v2/conversations/${id}`);
    assert.deepEqual(
      [changed.status, changed.assignee.id, changed.tags.map(({ tag }: { tag: string }) => tag).sort()],
      ['closed', 502, ['later', 'theme']],
    );
    const array = [{ op: 'replace', path: '/status', value: 'active' }];
    await assert.rejects(client.call(['conversations', 'update'], id, array), /status code 400/);
    await change(['conversations', 'delete'], id);
    await assert.rejects(client.call(['conversations', 'get'], id), /status code 404/);
  });

  it('creates a customer with entries and changes each of them', async () => {
    const id = await create(['customers', 'create'], {
      firstName: 'Noor',
      lastName: 'Adel',
      jobTitle: 'Analyst',
      emails: [{ type: 'work', value: 'noor@client.example' }],
      phones: [{ type: 'work', value: '555-0100' }],
    });
    const [found] = await all(['customers', 'list'], 'customers', { query: '(email:"noor@client.example")' });
    assert.equal(found?.id, id);
    await change(['customers', 'update'], id, [
      { op: 'replace', path: '/jobTitle', value: 'Head of data' },
      { op: 'add', path: '/emails', value: { type: 'other', value: 'n.adel@client.example' } },
    ]);
    const [first, second] = await all(['customers', 'emails', 'list'], 'emails', id);
    assert.deepEqual([first?.value, second?.value], ['noor@client.example', 'n.adel@client.example']);
    const home = { type: 'home', value: 'noor.adel@client.example' };
    await change(['customers', 'emails', 'update'], id, second?.id, home);
    const website = await create(['customers', 'websites', 'create'], id, { value: 'https://client.example' });
    await change(['customers', 'websites', 'delete'], id, website);
    await client.call(['customers', 'addresses', 'create'], id, { city: 'Accra', country: 'GH', lines: ['1 Main St'] });
    assert.equal((await read(['customers', 'addresses', 'get'], id)).city, 'Accra');

    const customer = await get(`/v2/customers/${id}`);
    assert.equal(customer.jobTitle, 'Head of data');
    assert.deepEqual(
      customer._embedded.emails.map(({ type, value }: { type: string; value: string }) => [type, value]),
      [
        ['work', 'noor@client.example'],
        ['home', 'noor.adel@client.example'],
      ],
    );
    assert.deepEqual(customer._embedded.websites, []);
    await change(['customers', 'overwrite'], id, { firstName: 'Nora', lastName: 'Adel' });
    assert.equal((await get(`/v2/customers/${id}`)).firstName, 'Nora');
  });

  it('creates, changes and deletes every kind of entry of a customer', async () => {
    const id = await create(['customers', 'create'], { firstName: 'Noor' });
    const entries = [
      { name: 'phones', resource: 'phones', first: { type: 'work', value: '555-0100' } },
      { name: 'chats', resource: 'chatHandles', first: { type: 'other', value: 'noor' } },
      {
        name: 'social_profiles',
        resource: 'socialProfiles',
        first: { type: 'other', value: 'https://social.example/noor' },
      },
      { name: 'websites', resource: 'websites', first: { value: 'https://client.example' } },
    ];
    for (const { name, resource, first } of entries) {
      const entry = await create(['customers', resource, 'create'], id, first);
      const second = { ...first, value: first.value.replace(/0$|$/, '1') };
      await change(['customers', resource, 'update'], id, entry, second);
      const listed = (await list(['customers', resource, 'list'], id))._embedded ?? {};
      assert.deepEqual(Object.values(listed), [[{ id: entry, ...second }]], name);
      assert.deepEqual((await get(`/v2/customers/${id}`))._embedded[name], [{ id: entry, ...second }]);
      await change(['customers', resource, 'delete'], id, entry);
      assert.deepEqual((await get(`/v2/customers/${id}`))._embedded[name], []);
    }
    const address = { city: 'Accra', state: 'GA', postalCode: '00233', country: 'GH', lines: ['1 Main St'] };
    await client.call(['customers', 'addresses', 'create'], id, address);
    await change(['customers', 'addresses', 'update'], id, { ...address, city: 'Tema' });
    assert.equal((await read(['customers', 'addresses', 'get'], id)).city, 'Tema');
    await change(['customers', 'addresses', 'delete'], id);
    await assert.rejects(client.call(['customers', 'addresses', 'get'], id), /status code 404/);
  });

  it('sets custom fields by the definitions of the mailbox', async () => {
    const id = await conversationIdOf(sandbox, 'note');
    const optionsSchema = z.array(z.object({ id: z.number(), label: z.string() }));
    const fields = await all(['mailboxes', 'customFields', 'list'], 'fields', 310);
    const dropdown = fields.find(({ type }) => type === 'dropdown');
    const [option] = optionsSchema.parse(dropdown?.options);
    const value = String(option?.id);
    await change(['conversations', 'customFields', 'update'], id, { fields: [{ id: dropdown?.id, value }] });
    assert.deepEqual((await read(['conversations', 'get'], id)).customFields, [
      { id: dropdown?.id, name: dropdown?.name, value, text: option?.label },
    ]);
  });

  it('attaches a file, gets it back, removes it, and reads the mail a thread came by', async () => {
    const id = await conversationIdOf(sandbox, 'note');
    const threads = ['conversations', 'threads'];
    const attachments = ['conversations', 'attachments'];
    const attachedTo = async (thread: number) => {
      const row = (await all([...threads, 'list'], 'threads', id)).find((candidate) => candidate.id === thread);
      return z.object({ attachments: z.array(rowSchema) }).parse(row?._embedded).attachments;
    };
    const note = await create([...threads, 'createNote'], id, { text: 'With a file' });
    const file = { fileName: 'größe.txt', mimeType: 'text/plain', data: Buffer.from('1 m').toString('base64') };
    await create([...attachments, 'upload'], id, note, file);
    const [attachment] = await attachedTo(note);
    assert.deepEqual([attachment?.filename, attachment?.mimeType, attachment?.size], ['größe.txt', 'text/plain', 3]);
    assert.equal((await read([...attachments, 'getData'], id, attachment?.id)).data, file.data);
    await change([...attachments, 'delete'], id, attachment?.id);
    assert.deepEqual(await attachedTo(note), []);

    const first = (await all([...threads, 'list'], 'threads', id)).at(-1);
    const { original } = await read([...threads, 'get'], id, first?.id);
    assert.match(String(original), /^Subject: Dark mode\r$/m);
  });

  it('finds the surviving conversation of a merge, and reads a rating', async () => {
    const [merged, survivor] = [await conversationIdOf(sandbox, 'note'), await conversationIdOf(sandbox, 'long')];
    await control(sandbox, 'POST', `/conversations/${merged}/merge`, { into: survivor });
    assert.equal((await read(['conversations', 'get'], merged)).id, survivor);
    assert.deepEqual((await callsSeen(sandbox)).slice(-2), [
      'GET /v2/conversations/{id} 301',
      'GET /v2/conversations/{id} 200',
    ]);
    await assert.rejects(client.call(['conversations', 'threads', 'createNote'], merged, { text: 'Hi' }), /code 404/);

    const threads = await all(['conversations', 'threads', 'list'], 'threads', survivor);
    const reply = threads.find(({ type }) => type === 'message');
    const body = { conversationId: survivor, threadId: reply?.id, rating: 'great', comments: 'Quick!' };
    const { ratingId } = z.object({ ratingId: z.number() }).parse(await control(sandbox, 'POST', '/ratings', body));
    const rating = await read(['ratings', 'get'], ratingId);
    assert.deepEqual([rating.rating, rating.comments, rating.threadId], ['great', 'Quick!', reply?.id]);
  });

  it('subscribes to webhooks, and the deliveries carry its signature', async () => {
    const receiver = await startReceiver(200);
    const secret = 'a-secret-of-the-client';
    const events = ['convo.note.created'];
    const id = await create(['webhooks', 'create'], { url: receiver.url, events: ['convo.created'], secret });
    await change(['webhooks', 'update'], id, { url: receiver.url, events, secret });
    assert.deepEqual((await read(['webhooks', 'get'], id)).events, events);
    assert.deepEqual(
      (await all(['webhooks', 'list'], 'webhooks')).map((row) => row.id),
      [id],
    );
    const conversation = await conversationIdOf(sandbox, 'long');
    await create(['conversations', 'threads', 'createNote'], conversation, { text: 'Noted' });
    await until(() => receiver.received.length > 0, 'the note to be delivered');
    const [delivery] = receiver.received;
    assert.equal(delivery?.headers['x-helpscout-event'], 'convo.note.created');
    const expected = createHmac('sha1', secret)
      .update(delivery?.body ?? '')
      .digest('base64');
    assert.equal(delivery?.headers['x-helpscout-signature'], expected);
    assert.equal(rowSchema.parse(JSON.parse(delivery?.body ?? '')).id, conversation);
    await change(['webhooks', 'delete'], id);
    await assert.rejects(client.call(['webhooks', 'get'], id), /status code 404/);
  });

  it('tries again what the sandbox fails for a moment', async () => {
    for (const status of [429, 503]) {
      await control(sandbox, 'POST', '/faults', { template: '/v2/mailboxes', status, count: 1 });
      await all(['mailboxes', 'list'], 'mailboxes');
    }
    assert.deepEqual(
      (await callsSeen(sandbox)).filter((call) => call.includes('mailboxes')),
      ['429', '200', '503', '200'].map((status) => `GET /v2/mailboxes ${status}`),
    );
  });

  it('signs in for its own account without a refresh token', async () => {
    const own = driveClient(installation, 'helpscout-mailbox-api.cjs', {
      ...environmentFor(sandbox),
      FLOW: 'clientCredentials',
    });
    try {
      const tokens = z.looseObject({ access_token: z.string() }).parse(await own.call(['getTokens']));
      assert.equal('refresh_token' in tokens, false);
      await own.call(['setCredentials'], tokens);
      assert.equal(gotSchema.parse(await own.call(['users', 'me'])).data.email, 'ada@sandbox.example');
    } finally {
      await own.stop();
    }
    const stranger = driveClient(installation, 'helpscout-mailbox-api.cjs', {
      ...environmentFor(sandbox),
      APP_ID: `${APP.appId}-other`,
      FLOW: 'clientCredentials',
    });
    try {
      await assert.rejects(stranger.call(['getTokens']), /status code 401/);
    } finally {
      await stranger.stop();
    }
  });
});

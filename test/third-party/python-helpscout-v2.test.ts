import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { control, inboxClient, stopAll } from '../sandbox/support.ts';
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
import { type DrivenClient, driveClient, installed, ThrownByClient } from './driven-client.ts';
import { type InstalledClient, installFromPyPi } from './install.ts';

/** Objects come back in classes that the client names after the endpoint. */
const objectsSchema = z.array(z.looseObject({ class: z.string(), id: z.number() }));

describe('python-helpscout-v2 2.0.0 talks to the sandbox', () => {
  let installation: InstalledClient;
  let sandbox: Sandbox;
  let client: DrivenClient;
  let get: Awaited<ReturnType<typeof inboxClient>>['get'];
  before(async function () {
    installation = await installed(this, () => installFromPyPi('python-helpscout-v2==2.0.0', 'requests==2.33.0'));
  });
  beforeEach(async () => {
    sandbox = await startAccount();
    ({ get } = await inboxClient(sandbox));
    client = driveClient(installation, 'python-helpscout-v2.py', environmentFor(sandbox));
  });
  afterEach(async () => {
    await client.stop();
    await stopAll();
  });

  const objects = async (path: (string | number)[], params?: Record<string, string>) =>
    objectsSchema.parse(await client.call([...path, 'get'], { named: params ? { params } : {} }));

  it('follows the links to the next page, with the filters of the first', async () => {
    const listed = await objects(['conversations'], { status: 'all', sortField: 'modifiedAt', sortOrder: 'asc' });
    assert.equal(listed.length, CONVERSATIONS);
    assert.equal(listed[0]?.class, 'Conversation');
    assert.deepEqual(idsOf(listed), await heldIds(sandbox));

    const threads = await objects(['conversations', await conversationIdOf(sandbox, 'long'), 'threads']);
    assert.equal(threads.length, LONG_CONVERSATION_THREADS);
    assert.match(String(threads.at(-1)?.body), /Message 1 —/);
  });

  it('reads mailboxes, users and who it is', async () => {
    const [mailbox] = await objects(['mailboxes']);
    assert.equal(mailbox?.name, 'Support');
    const users = await objects(['users']);
    assert.deepEqual(
      users.map(({ email }) => email),
      ['ada@sandbox.example', 'ben@sandbox.example', 'cleo@sandbox.example'],
    );
    const me = z.looseObject({ id: z.number() }).parse(await client.call(['users', 'get'], 'me'));
    assert.equal(me.id, users[0]?.id);
  });

  it('tries again after a 429, and signs in again after a 401', async () => {
    await objects(['mailboxes']);
    await control(sandbox, 'POST', '/tokens/expire');
    await objects(['mailboxes']);
    await control(sandbox, 'POST', '/faults', { template: '/v2/mailboxes', status: 429, count: 1 });
    await objects(['mailboxes']);
    const list = 'GET /v2/mailboxes';
    assert.deepEqual(await callsSeen(sandbox), [
      ...['POST /v2/oauth2/token 200', 'POST /v2/oauth2/token 200', `${list} 200`],
      ...[`${list} 401`, 'POST /v2/oauth2/token 200', `${list} 200`],
      ...[`${list} 429`, `${list} 200`],
    ]);
  });

  it('creates a conversation, changes it and deletes it', async () => {
    const [mailbox] = await objects(['mailboxes']);
    const customer = { email: 'new.person@client.example', firstName: 'New', lastName: 'Person' };
    await client.call(['conversations', 'post'], {
      named: {
        data: {
          subject: 'Made by script',
          mailboxId: mailbox?.id,
          type: 'email',
          status: 'active',
          customer,
          threads: [{ type: 'customer', customer: { email: customer.email }, text: 'Hello' }],
          tags: ['script'],
        },
      },
    });
    const [made] = await objects(['conversations'], { tag: 'script', status: 'all' });
    assert.equal(made?.subject, 'Made by script');
    const id = z.number().parse(made?.id);

    const change = (op: string, path: string, value: unknown) =>
      client.call(['conversations', 'patch'], id, { named: { data: { op, path, value } } });
    await change('replace', '/subject', 'Changed by script');
    await change('replace', '/status', 'closed');
    await change('replace', '/assignTo', 502);
    await client.call(['conversations', id, 'tags', 'put'], { named: { data: { tags: ['one', 'two'] } } });
    const changed = await get(`/v2/conversations/${id}`);
    assert.deepEqual(
      [changed.subject, changed.status, changed.assignee.id, changed.tags.map(({ tag }: { tag: string }) => tag)],
      ['Changed by script', 'closed', 502, ['one', 'two']],
    );
    const tags = await objects(['tags']);
    assert.ok(['script', 'one', 'two'].every((name) => tags.some((tag) => tag.name === name)));

    await client.call(['conversations', 'delete'], id);
    await assert.rejects(client.call(['conversations', 'get'], id), (error) => {
      return error instanceof ThrownByClient && error.type === 'HelpScoutException' && /Not Found/.test(error.message);
    });
  });

  it('creates, finds and changes customers', async () => {
    const data = { firstName: 'Noor', lastName: 'Adel', emails: [{ type: 'work', value: 'noor@client.example' }] };
    await client.call(['customers', 'post'], { named: { data } });
    const [noor] = await objects(['customers'], { query: '(email:"noor@client.example")' });
    assert.equal(noor?.class, 'Customer');
    assert.equal(noor?.lastName, 'Adel');
    const id = z.number().parse(noor?.id);
    await client.call(['customers', 'patch'], id, {
      named: { data: [{ op: 'replace', path: '/jobTitle', value: 'Head of data' }] },
    });
    assert.equal((await get(`/v2/customers/${id}`)).jobTitle, 'Head of data');
  });

  it('subscribes to webhooks and ends the subscription', async () => {
    const data = {
      url: 'http://127.0.0.1:9/hook',
      events: ['convo.created'],
      secret: 'a-secret',
      payloadVersion: 'V2',
    };
    await client.call(['webhooks', 'post'], { named: { data } });
    const [webhook] = await objects(['webhooks']);
    assert.deepEqual([webhook?.url, webhook?.events, webhook?.state], [data.url, data.events, 'enabled']);
    await client.call(['webhooks', 'put'], webhook?.id, { named: { data: { ...data, events: ['convo.deleted'] } } });
    assert.deepEqual((await objects(['webhooks']))[0]?.events, ['convo.deleted']);
    await client.call(['webhooks', 'delete'], webhook?.id);
    assert.equal((await get('/v2/webhooks')).page.totalElements, 0);
  });
});

import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { inboxClient, stopAll } from '../sandbox/support.ts';
import { CONVERSATIONS, callsSeen, conversationIdOf, environmentFor, heldIds, idsOf, startAccount } from './account.ts';
import { type DrivenClient, driveClient, installed, ThrownByClient } from './driven-client.ts';
import { type InstalledClient, installFromNpm } from './install.ts';

const rowSchema = z.looseObject({ id: z.number() });
const rowsSchema = z.array(rowSchema);

describe('node-helpscout 1.2.0 talks to the sandbox', () => {
  let installation: InstalledClient;
  let sandbox: Sandbox;
  let client: DrivenClient;
  before(async function () {
    installation = await installed(this, () => installFromNpm('node-helpscout@1.2.0', 'axios@0.21.4'));
  });
  beforeEach(async () => {
    sandbox = await startAccount();
    client = driveClient(installation, 'node-helpscout.cjs', environmentFor(sandbox));
  });
  afterEach(async () => {
    await client.stop();
    await stopAll();
  });

  it('signs in with parameters in the address and reads every page of a list', async () => {
    const listed = rowsSchema.parse(await client.call(['list'], 'conversations', 'status=all'));
    assert.deepEqual(idsOf(listed), await heldIds(sandbox));
    assert.equal(listed.length, CONVERSATIONS);
    assert.deepEqual(await callsSeen(sandbox), [
      'POST /v2/oauth2/token 200',
      ...Array(3).fill('GET /v2/conversations 200'),
    ]);
  });

  it('gets a conversation with its threads, and lists mailboxes', async () => {
    const id = await conversationIdOf(sandbox, 'note');
    const conversation = z
      .looseObject({
        subject: z.string(),
        _embedded: z.object({ threads: z.array(z.looseObject({ body: z.string() })) }),
      })
      .parse(await client.call(['get'], 'conversations', id, ['threads']));
    assert.equal(conversation.subject, 'Dark mode');
    assert.deepEqual(
      conversation._embedded.threads.map(({ body }) => body.includes('Asked before.')),
      [true, false],
    );
    const mailboxes = rowsSchema.parse(await client.call(['list'], 'mailboxes'));
    assert.equal(mailboxes[0]?.name, 'Support');
  });

  it('creates, changes and deletes a conversation, and learns the ids', async () => {
    const { get } = await inboxClient(sandbox);
    const create = async (...args: unknown[]) =>
      z
        .string()
        .regex(/^\d+$/)
        .parse(await client.call(['create'], ...args));
    const customer = await create('customers', {
      firstName: 'Noor',
      emails: [{ type: 'work', value: 'noor@client.example' }],
    });
    const id = await create('conversations', {
      subject: 'Made by script',
      mailboxId: 310,
      type: 'email',
      status: 'active',
      customer: { id: Number(customer) },
      threads: [{ type: 'customer', customer: { id: Number(customer) }, text: 'Hello' }],
    });
    const reply = await create('reply', { text: 'Hi', customer: { id: Number(customer) } }, 'conversations', id);
    const note = z.string().parse(await client.call(['addNoteToConversation'], id, 'From a script'));
    await client.call(['updatePut'], 'tags', null, { tags: ['script'] }, 'conversations', id);
    await client.call(['updatePatch'], 'conversations', id, { op: 'replace', path: '/status', value: 'pending' });
    const title = [{ op: 'replace', path: '/jobTitle', value: 'Analyst' }];
    await client.call(['updatePatch'], 'customers', customer, title);

    const made = await get(`/v2/conversations/${id}?embed=threads`);
    assert.deepEqual(
      [made.subject, made.status, made.primaryCustomer.id, made.tags.map(({ tag }: { tag: string }) => tag)],
      ['Made by script', 'pending', Number(customer), ['script']],
    );
    const threads = z.array(rowSchema).parse(made._embedded.threads);
    assert.deepEqual(
      threads
        .filter(({ type }) => type !== 'lineitem')
        .map((thread) => String(thread.id))
        .slice(0, 2),
      [note, reply],
    );
    assert.equal((await get(`/v2/customers/${customer}`)).jobTitle, 'Analyst');
    await client.call(['delete'], 'conversations', id);
    await assert.rejects(client.call(['get'], 'conversations', id), /status code 404/);
  });

  it('throws at what does not exist', async () => {
    await assert.rejects(client.call(['get'], 'conversations', 1), (error) => {
      return error instanceof ThrownByClient && /status code 404/.test(error.message);
    });
  });
});

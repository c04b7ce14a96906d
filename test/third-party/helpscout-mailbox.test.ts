import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { control, inboxClient, stopAll } from '../sandbox/support.ts';
import { CONVERSATIONS, callsSeen, conversationIdOf, environmentFor, heldIds, idsOf, startAccount } from './account.ts';
import { type DrivenClient, driveClient, installed, ThrownByClient } from './driven-client.ts';
import { type InstalledClient, installFromPyPi } from './install.ts';

const rowsSchema = z.array(z.looseObject({ id: z.number(), createdAt: z.string() }));
const LONG_AGO = { date: '2000-01-01' };

describe('helpscout-mailbox 1.2.0 (Python) talks to the sandbox', () => {
  let installation: InstalledClient;
  let sandbox: Sandbox;
  let client: DrivenClient;
  let get: Awaited<ReturnType<typeof inboxClient>>['get'];
  before(async function () {
    installation = await installed(this, () => installFromPyPi('helpscout-mailbox==1.2.0', 'requests==2.33.0'));
  });
  beforeEach(async () => {
    sandbox = await startAccount();
    ({ get } = await inboxClient(sandbox));
    client = driveClient(installation, 'helpscout-mailbox.py', {
      ...environmentFor(sandbox),
      HELPSCOUT_APP_ID: environmentFor(sandbox).APP_ID ?? '',
      HELPSCOUT_APP_SECRET: environmentFor(sandbox).APP_SECRET ?? '',
    });
  });
  afterEach(async () => {
    await client.stop();
    await stopAll();
  });

  const search = async (query: string) =>
    rowsSchema.parse(await client.call(['search_conversations'], { named: { query, since: LONG_AGO } }));

  it('searches: by words of the subject, and through all pages, newest first', async () => {
    const found = await search('subject:"Dark mode"');
    assert.deepEqual(
      found.map(({ id }) => id),
      [await conversationIdOf(sandbox, 'note')],
    );
    assert.deepEqual(await search('subject:"no such words"'), []);

    const all = await search('mailbox:"Support"');
    assert.equal(all.length, CONVERSATIONS);
    assert.deepEqual(idsOf(all), await heldIds(sandbox));
    const times = all.map(({ createdAt }) => createdAt);
    assert.deepEqual(times, times.toSorted().reverse());
  });

  it('reads a conversation, its threads and its text', async () => {
    const id = await conversationIdOf(sandbox, 'note');
    assert.deepEqual(await client.call(['get_conversation'], id), await get(`/v2/conversations/${id}`));
    const threads = z
      .array(z.looseObject({ type: z.string(), body: z.string() }))
      .parse(await client.call(['conversation_threads'], id));
    assert.deepEqual(
      threads.map(({ type }) => type),
      ['note', 'customer'],
    );
    assert.match(String(await client.call(['conversation_body'], id)), /Asked before\..*dark theme/s);
  });

  it('signs in again when its token has expired', async () => {
    const id = await conversationIdOf(sandbox, 'note');
    await client.call(['get_conversation'], id);
    await control(sandbox, 'POST', '/tokens/expire');
    await client.call(['get_conversation'], id);
    assert.deepEqual((await callsSeen(sandbox)).slice(-4), [
      'GET /v2/conversations/{id} 200',
      'GET /v2/conversations/{id} 401',
      'POST /v2/oauth2/token 200',
      'GET /v2/conversations/{id} 200',
    ]);
  });

  it('creates conversations, and learns their ids', async () => {
    const [mailbox] = (await get('/v2/mailboxes'))._embedded.mailboxes;
    const id = await client.call(
      ['create_conversation'],
      mailbox.id,
      'Rückfrage 🚀',
      'new.person@client.example',
      '<p>Hi &amp; hello</p>',
      {
        named: { tags: ['billing', 'VIP'], status: 'pending' },
      },
    );
    const made = await get(`/v2/conversations/${id}?embed=threads`);
    assert.equal(made.subject, 'Rückfrage 🚀');
    assert.equal(made.status, 'pending');
    assert.equal(made.primaryCustomer.email, 'new.person@client.example');
    assert.deepEqual(made.tags.map(({ tag }: { tag: string }) => tag.toLowerCase()).sort(), ['billing', 'vip']);
    assert.equal(made._embedded.threads.length, 1);
    assert.equal(made._embedded.threads[0].type, 'message');
    assert.match(made._embedded.threads[0].body, /Hi &amp; hello/);

    const draft = await client.call(['create_conversation'], mailbox.id, 'Later', 'kim.ito@client.example', 'Soon', {
      named: { draft: true },
    });
    assert.equal((await get(`/v2/conversations/${draft}?embed=threads`))._embedded.threads[0].state, 'draft');
  });

  it('writes notes and replies, and changes a text', async () => {
    const id = await conversationIdOf(sandbox, 'note');
    const { primaryCustomer } = await get(`/v2/conversations/${id}`);
    const note = await client.call(['add_note'], id, 'Looked into it');
    const reply = await client.call(['create_reply'], id, primaryCustomer.id, 'It is planned');
    await client.call(['update_thread_text'], id, note, 'Looked into it twice');
    const [newest, next] = z
      .array(z.looseObject({ id: z.number(), type: z.string(), body: z.string() }))
      .parse(await client.call(['conversation_threads'], id));
    assert.deepEqual([newest?.id, newest?.type, next?.id, next?.type], [reply, 'message', note, 'note']);
    assert.match(newest?.body ?? '', /It is planned/);
    assert.match(next?.body ?? '', /Looked into it twice/);
  });

  it('attaches a file and gets the same bytes back', async () => {
    const id = await conversationIdOf(sandbox, 'note');
    const note = await client.call(['add_note'], id, 'With a file');
    await client.call(['upload_attachment'], id, note, 'data.bin', { bytes: '00ff10' });
    const threads = z
      .array(
        z.looseObject({
          id: z.number(),
          _embedded: z.object({ attachments: z.array(z.looseObject({ id: z.number(), filename: z.string() })) }),
        }),
      )
      .parse(await client.call(['conversation_threads'], id));
    const [attachment] = threads.find((thread) => thread.id === note)?._embedded.attachments ?? [];
    assert.equal(attachment?.filename, 'data.bin');
    assert.equal(await client.call(['attachment_data'], id, attachment?.id), '00ff10');
  });

  it('snoozes, tags and closes', async () => {
    const id = await conversationIdOf(sandbox, 'note');
    await client.call(['add_tags'], id, ['export']);
    await client.call(['add_tags'], id, ['export', 'theme']);
    await client.call(['snooze_conversation'], id, { datetime: '2099-03-05T09:00:00+00:00' });
    const snoozed = await get(`/v2/conversations/${id}`);
    assert.equal(snoozed.snooze.snoozedUntil, '2099-03-05T09:00:00Z');
    await client.call(['close_conversation'], id);
    const closed = await get(`/v2/conversations/${id}`);
    assert.equal(closed.status, 'closed');
    assert.deepEqual(closed.tags.map(({ tag }: { tag: string }) => tag).sort(), ['export', 'theme']);
  });

  it('raises what the sandbox refuses, with the fields at fault', async () => {
    const isRefusal = (pattern: RegExp) => (error: unknown) =>
      error instanceof ThrownByClient && error.type === 'HelpScoutError' && pattern.test(error.message);
    const create = (mailboxId: number, subject: string, status: string) =>
      client.call(['create_conversation'], mailboxId, subject, 'kim.ito@client.example', 'Hi', { named: { status } });
    await assert.rejects(create(310, '', 'active'), isRefusal(/\(400\).*"path":"subject"/));
    await assert.rejects(create(310, 'Hi', 'done'), isRefusal(/\(400\).*"path":"status".*"rejectedValue":"done"/));
    await assert.rejects(client.call(['get_conversation'], 1), isRefusal(/\(404\)/));
    await assert.rejects(client.call(['add_note'], 1, 'Hi'), isRefusal(/\(404\)/));
  });
});

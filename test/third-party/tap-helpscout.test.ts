import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { APP, control, inboxClient, signIn, stopAll } from '../sandbox/support.ts';
import {
  CONVERSATIONS,
  callsSeen,
  conversationIdOf,
  heldIds,
  idsOf,
  LONG_CONVERSATION_THREADS,
  startAccount,
} from './account.ts';
import { driver, environmentOf, installed } from './driven-client.ts';
import { type InstalledClient, installFromPyPi } from './install.ts';

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('SCHEMA'), stream: z.string() }),
  z.object({ type: z.literal('RECORD'), stream: z.string(), record: z.record(z.string(), z.unknown()) }),
  z.object({
    type: z.literal('STATE'),
    value: z.looseObject({ bookmarks: z.record(z.string(), z.string()).optional() }),
  }),
]);
const configSchema = z.looseObject({ refresh_token: z.string() });
const catalogSchema = z.object({
  streams: z.array(
    z.looseObject({
      stream: z.string(),
      metadata: z.array(z.object({ breadcrumb: z.array(z.string()), metadata: z.record(z.string(), z.unknown()) })),
    }),
  ),
});

/** An extractor for data warehouses: it checks every record against its own schema of Help Scout's objects. */
describe('tap-helpscout 1.2.2, a Singer tap, extracts the sandbox', () => {
  let tap: InstalledClient;
  let folder: string;
  before(async function () {
    tap = await installed(this, () => installFromPyPi('tap-helpscout==1.2.2'));
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tap-'));
  });
  afterEach(async () => {
    await stopAll();
    await rm(folder, { recursive: true, force: true });
  });

  async function connect(sandbox: Sandbox): Promise<void> {
    const { refresh_token } = await signIn(sandbox);
    const config = {
      client_id: APP.appId,
      client_secret: APP.appSecret,
      refresh_token,
      user_agent: 'tap-helpscout',
      start_date: '2000-01-01T00:00:00Z',
    };
    await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  }
  const config = async () => configSchema.parse(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')));

  async function runTap(sandbox: Sandbox, ...args: string[]): Promise<string> {
    const command = [driver('tap-helpscout.py'), '--config', join(folder, 'config.json'), ...args];
    const env = environmentOf(tap, { SANDBOX_URL: sandbox.url });
    const { stdout } = await promisify(execFile)(tap.command, command, { env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  }

  /** Runs the tap for the named streams; `bookmarks` continue an earlier run. */
  async function extract(sandbox: Sandbox, streams: string[], bookmarks?: Record<string, string>) {
    const catalog = catalogSchema.parse(JSON.parse(await runTap(sandbox, '--discover')));
    for (const { stream, metadata } of catalog.streams) {
      const own = metadata.find(({ breadcrumb }) => breadcrumb.length === 0);
      if (own && streams.includes(stream)) own.metadata.selected = true;
    }
    await writeFile(join(folder, 'catalog.json'), JSON.stringify(catalog));
    await writeFile(join(folder, 'state.json'), JSON.stringify({ bookmarks: bookmarks ?? {} }));
    const files = ['--catalog', join(folder, 'catalog.json'), '--state', join(folder, 'state.json')];
    const messages = (await runTap(sandbox, ...files))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => messageSchema.parse(JSON.parse(line)));
    return {
      records: (stream: string) =>
        messages.flatMap((message) => (message.type === 'RECORD' && message.stream === stream ? [message.record] : [])),
      bookmarks: messages.findLast((message) => message.type === 'STATE')?.value.bookmarks ?? {},
    };
  }

  it('refreshes with each run and keeps the new refresh token', async () => {
    const sandbox = await startAccount();
    await connect(sandbox);
    const given = (await config()).refresh_token;
    await runTap(sandbox, '--discover');
    const second = (await config()).refresh_token;
    await runTap(sandbox, '--discover');
    assert.equal(new Set([given, second, (await config()).refresh_token]).size, 3);
    await writeFile(join(folder, 'config.json'), JSON.stringify({ ...(await config()), refresh_token: given }));
    await assert.rejects(runTap(sandbox, '--discover'), /Http400Error|Bad Request/);
    assert.deepEqual((await callsSeen(sandbox)).slice(-3), [
      'POST /v2/oauth2/token 200',
      'POST /v2/oauth2/token 200',
      'POST /v2/oauth2/token 400',
    ]);
  });

  it('extracts every conversation and thread, page by page, with the values the sandbox holds', async () => {
    const sandbox = await startAccount();
    await connect(sandbox);
    const { records, bookmarks } = await extract(sandbox, ['conversations', 'conversation_threads']);

    assert.deepEqual(ids(records('conversations')), await heldIds(sandbox));
    assert.equal(records('conversations').length, CONVERSATIONS);
    const long = await conversationIdOf(sandbox, 'long');
    const { get } = await inboxClient(sandbox);
    const expected = await get(`/v2/conversations/${long}`);
    const extracted = records('conversations').find(({ id }) => id === long);
    assert.equal(extracted?.subject, 'Export läuft nie durch 🚀');
    assert.equal(extracted?.number, expected.number);
    assert.equal(extracted?.threads, LONG_CONVERSATION_THREADS);
    assert.deepEqual(extracted?.primary_customer, { ...expected.primaryCustomer, first: 'Lin', last: 'Osei' });

    const threads = records('conversation_threads').filter(({ conversation_id: id }) => id === long);
    assert.equal(threads.length, LONG_CONVERSATION_THREADS);
    assert.match(String(threads[0]?.body), /Message 30 — “quoted” \/ slashed &amp; &lt;angled&gt; 🚀/);
    assert.equal(
      records('conversation_threads').length,
      CONVERSATIONS - 2 + LONG_CONVERSATION_THREADS + 2,
      'the rest has one thread each, and one of them a note',
    );
    const newest = records('conversations')
      .map((row) => String(row.updated_at))
      .sort()
      .at(-1);
    assert.equal(Date.parse(bookmarks.conversations ?? ''), Date.parse(newest ?? ''));
  });

  it('continues from its bookmark with what changed since', async () => {
    const sandbox = await startAccount();
    await connect(sandbox);
    const { bookmarks } = await extract(sandbox, ['conversations']);
    const changed = await conversationIdOf(sandbox, 'c-40');
    await control(sandbox, 'POST', `/conversations/${changed}/messages`, { type: 'message', text: 'We found it.' });

    const again = await extract(sandbox, ['conversations', 'conversation_threads'], bookmarks);
    assert.deepEqual(ids(again.records('conversations')), [changed]);
    assert.match(String(again.records('conversation_threads')[0]?.body), /We found it\./);
  });

  it('comes through when calls fail in between', async () => {
    const sandbox = await startAccount();
    await connect(sandbox);
    await control(sandbox, 'POST', '/faults', { template: '/v2/conversations', status: 503, count: 1 });
    const { records } = await extract(sandbox, ['conversations']);
    assert.deepEqual(ids(records('conversations')), await heldIds(sandbox));
    const lists = (await callsSeen(sandbox)).filter((call) => call.startsWith('GET /v2/conversations '));
    assert.deepEqual(
      lists.map((call) => call.slice(-3)),
      ['503', '200', '200', '200'],
    );
  });

  it('extracts customers with what is embedded in them', async () => {
    const sandbox = await startAccount();
    await connect(sandbox);
    const { records } = await extract(sandbox, ['customers']);
    const { get } = await inboxClient(sandbox);
    const lin = records('customers').find(({ last_name: name }) => name === 'Osei');
    const expected = await get(`/v2/customers/${lin?.id}`);
    assert.equal(lin?.first_name, 'Lin');
    assert.deepEqual(lin?.emails, expected._embedded.emails);
    assert.equal(new Set(ids(records('customers'))).size, (await get('/v2/customers')).page.totalElements);
  });

  it('extracts mailboxes with their fields and folders, users and teams', async () => {
    const sandbox = await startAccount();
    await connect(sandbox);
    const streams = ['mailboxes', 'mailbox_fields', 'mailbox_folders', 'users', 'teams', 'team_members'];
    const { records } = await extract(sandbox, streams);
    const { get } = await inboxClient(sandbox);
    const [mailbox] = (await get('/v2/mailboxes'))._embedded.mailboxes;
    const [extracted] = records('mailboxes');
    assert.deepEqual(
      { id: extracted?.id, name: extracted?.name, email: extracted?.email },
      { id: mailbox.id, name: 'Support', email: mailbox.email },
    );
    const fields = (await get(`/v2/mailboxes/${mailbox.id}/fields`))._embedded.fields;
    assert.deepEqual(
      records('mailbox_fields').map(({ id, name, mailbox_id }) => ({ id, name, mailbox_id })),
      fields.map(({ id, name }: { id: number; name: string }) => ({ id, name, mailbox_id: mailbox.id })),
    );
    const sizes = records('mailbox_folders').map(({ total_count: size }) => Number(size));
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      CONVERSATIONS,
    );
    assert.deepEqual(
      records('users').map(({ email }) => email),
      ['ada@sandbox.example', 'ben@sandbox.example', 'cleo@sandbox.example'],
    );
    const [team] = records('teams');
    const members = (await get(`/v2/teams/${team?.id}/members`))._embedded.users;
    assert.deepEqual(
      records('team_members')
        .filter(({ team_id: id }) => id === team?.id)
        .map(({ user_id: id }) => id),
      members.map(({ id }: { id: number }) => id),
    );
  });
});

const ids = (records: Record<string, unknown>[]) => idsOf(z.array(z.looseObject({ id: z.number() })).parse(records));

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournal } from '../../src/sandbox/http/journal.ts';
import { APP, control, inboxClient, postToken, signIn, start, startReceiver, stopAll, until } from './support.ts';

type Entry = Record<string, unknown>;

describe('sandbox: journal', () => {
  afterEach(stopAll);

  it('keeps every request in order, and answers what came since', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await client.call('GET', '/v2/conversations/5?embed=threads');
    await fetch(`${sandbox.url}/?search=x`);
    await control(sandbox, 'GET', '/calls');
    const journal = await control(sandbox, 'GET', '/journal');
    assert.deepEqual(
      journal.map(({ method, path, template, status }: Entry) => [method, path, template, status]),
      [
        ['POST', '/authentication/authorizeClientApplication', '/authentication/authorizeClientApplication', 302],
        ['POST', '/v2/oauth2/token', '/v2/oauth2/token', 200],
        ['GET', '/v2/conversations/5?embed=threads', '/v2/conversations/{id}', 404],
        ['GET', '/', '/', 200],
      ],
    );
    const since = await control(sandbox, 'GET', `/journal?since=${journal[2].seq}`);
    assert.deepEqual(since, journal.slice(3));
    assert.deepEqual(Object.keys(since[0]), ['seq', 'at', 'kind', 'method', 'path', 'template', 'status']);
  });

  it('names the method that was called, and answers JSON where no control call is', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await client.call('HEAD', '/v2/users/me');
    assert.equal((await control(sandbox, 'GET', '/journal')).at(-1).method, 'HEAD');
    const answer = await fetch(`${sandbox.url}/_control/nothing`);
    assert.deepEqual([answer.status, await answer.json()], [404, { error: 'There is no such call.' }]);
  });

  it('has no status of a call whose client hung up before it was all sent', async () => {
    const sandbox = await start();
    const { headers } = await inboxClient(sandbox);
    const half = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
    half.write(
      `POST /v2/conversations/7001/notes HTTP/1.1\r\nhost: here\r\nauthorization: ${headers.authorization}\r\n` +
        'content-type: application/json\r\ncontent-length: 100\r\n\r\n{"text":',
    );
    const usage = async () => (await control(sandbox, 'GET', '/usage'))['POST /v2/conversations/{id}/notes'];
    await until(async () => (await usage())?.calls === 1, 'the call arrived');
    half.destroy();
    await until(async () => (await usage()).dropped === 1, 'the call is over');
    const { status, dropped } = (await control(sandbox, 'GET', '/journal')).at(-1);
    assert.deepEqual([status, dropped], [null, 'client']);
  });

  it('tells callers apart without naming them', async () => {
    const sandbox = await start();
    const [one, other] = [await inboxClient(sandbox), await inboxClient(sandbox)];
    await one.get('/v2/users/me');
    await other.get('/v2/users/me');
    await one.get('/v2/users/me');
    const authorization = `Basic ${Buffer.from(`${APP.docsApiKey}:X`).toString('base64')}`;
    await fetch(`${sandbox.url}/v1/collections`, { headers: { authorization } });
    await postToken(sandbox, { grant_type: 'password' });
    const journal = await control(sandbox, 'GET', '/journal');
    const callers = journal.slice(-5).map(({ caller }: Entry) => caller);
    assert.equal(callers[0], callers[2]);
    assert.equal(new Set(callers).size, 4);
    for (const caller of callers) assert.match(caller, /^[\w-]{8}$/);
    const text = JSON.stringify(journal);
    const token = one.headers.authorization.split(' ')[1] ?? '';
    for (const secret of [token, APP.docsApiKey, APP.appId]) assert.equal(text.includes(secret), false);
  });

  it('notes every committed change with its ids and without its texts', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const since = (await control(sandbox, 'GET', '/journal?kind=all')).at(-1).seq;
    await client.call('POST', '/v2/webhooks', { url: 'http://127.0.0.1:9/', events: ['convo.tags'], secret: 'zebra' });
    await control(sandbox, 'POST', '/conversations', {
      subject: 'A zebra',
      text: 'zebra crossing',
      customerEmail: 'zebra@client.example',
    });
    await control(sandbox, 'POST', '/conversations/7004/messages', { type: 'note', text: 'zebra' });
    const all = await control(sandbox, 'GET', `/journal?kind=all&since=${since}`);
    assert.equal(JSON.stringify(all).includes('zebra'), false);
    const changes = await control(sandbox, 'GET', `/journal?kind=change&since=${since}`);
    const created = changes.find(({ event }: Entry) => event === 'conversationCreated');
    assert.equal(created.conversationId, 7004);
    assert.equal(created.mailboxId, 310);
    const added = changes.find(({ event }: Entry) => event === 'threadAdded');
    assert.equal(added.conversationId, 7004);
    const [row] = (await control(sandbox, 'GET', '/conversations?after=7003')).slice(-1);
    assert.equal(added.threadId, row.lastThreadId);
    assert.equal(changes[0].event, 'webhookSaved');
    const seqs = all.map(({ seq }: Entry) => seq);
    assert.deepEqual(
      seqs,
      seqs.map((_: unknown, index: number) => since + 1 + index),
      'all kinds are numbered together, without gaps',
    );
  });

  it('notes every attempt of a delivery', async () => {
    const sandbox = await start();
    const receiver = await startReceiver(500, 200);
    const client = await inboxClient(sandbox);
    const subscription = { url: receiver.url, events: ['convo.note.created'], secret: 's' };
    const webhookId = Number((await client.call('POST', '/v2/webhooks', subscription)).headers.get('resource-id'));
    await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'n' });
    const deliveries = () => control(sandbox, 'GET', '/journal?kind=delivery');
    await until(async () => (await deliveries()).length === 2, 'both attempts');
    const known = { kind: 'delivery', event: 'convo.note.created', conversationId: 7001, webhookId };
    assert.deepEqual(
      (await deliveries()).map(({ seq: _seq, at: _at, ...entry }: Entry) => entry),
      [
        { ...known, attempt: 1, status: 500 },
        { ...known, attempt: 2, status: 200 },
      ],
    );
  });

  it('answers in pages, and only the kinds that are asked for', async () => {
    const sandbox = await start();
    await signIn(sandbox);
    await signIn(sandbox);
    const all: Entry[] = await control(sandbox, 'GET', '/journal?kind=all');
    const paged: Entry[] = [];
    for (let since = 0; ; ) {
      const page: Entry[] = await control(sandbox, 'GET', `/journal?kind=all&limit=3&since=${since}`);
      if (page.length === 0) break;
      paged.push(...page);
      since = Number(page.at(-1)?.seq);
    }
    assert.deepEqual(paged, all);
    const changes = await control(sandbox, 'GET', '/journal?kind=change');
    assert.deepEqual(
      changes.map(({ event }: Entry) => event),
      ['codeIssued', 'codeUsed', 'tokensIssued', 'codeIssued', 'codeUsed', 'tokensIssued'],
    );
    const answer = await fetch(`${sandbox.url}/_control/journal?kind=everything`);
    assert.equal(answer.status, 400);
  });

  it('counts errors, refusals and cut connections by endpoint', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await control(sandbox, 'POST', '/faults', { template: '/v2/users/me', status: 429, count: 1 });
    for (let call = 1; call <= 3; call += 1) await client.call('GET', '/v2/users/me');
    await control(sandbox, 'POST', '/faults', { method: 'GET', effect: { drop: 'before' }, when: { count: 1 } });
    await assert.rejects(client.call('GET', '/v2/users/me'));
    await client.call('GET', '/v2/conversations/1');
    const usage = await control(sandbox, 'GET', '/usage');
    assert.deepEqual(usage['GET /v2/users/me'], { calls: 4, errors: 1, limited: 1, dropped: 1 });
    assert.deepEqual(usage['GET /v2/conversations/{id}'], { calls: 1, errors: 1, limited: 0, dropped: 0 });
  });

  it('moves old entries to a file, from which they are still read in order', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    try {
      const journal = createJournal({ now: Date.now, dataDir, keptInMemory: 100 });
      for (let hash = 1; hash <= 1250; hash += 1) {
        journal.addChange({ kind: 'webhookDeleted', webhookId: hash });
      }
      assert.ok(existsSync(join(dataDir, 'journal.jsonl')));
      const kinds = new Set(['change'] as const);
      const all = journal.read({ since: 0, limit: 10_000, kinds });
      assert.deepEqual(
        all.map((entry) => [entry.seq, 'webhookId' in entry ? entry.webhookId : 0]),
        Array.from({ length: 1250 }, (_, index) => [index + 1, index + 1]),
      );
      for (const since of [0, 99, 100, 101, 1049, 1100, 1199, 1249, 1250]) {
        const read = journal.read({ since, limit: 10_000, kinds });
        assert.deepEqual(read, all.slice(since), `since ${since}`);
      }
      assert.deepEqual(
        journal.read({ since: 195, limit: 10, kinds }).map(({ seq }) => seq),
        Array.from({ length: 10 }, (_, index) => 196 + index),
      );
      journal.close();
      assert.equal(existsSync(join(dataDir, 'journal.jsonl')), false);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});

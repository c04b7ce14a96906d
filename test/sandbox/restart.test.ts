import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CorpusMismatchError } from '../../src/sandbox/store/store.ts';
import { control, corpusOf, decide, inboxClient, postToken, signIn, start, stopAll } from './support.ts';

describe('sandbox: restart', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  });
  afterEach(async () => {
    await stopAll();
    rmSync(dataDir, { recursive: true });
  });

  it('keeps tokens, codes, webhooks, messages, faults and dates', async () => {
    let nowMs = Date.parse('2026-03-01T09:30:00Z');
    const options = { dataDir, now: () => nowMs };
    const first = await start(options);
    const { access_token: token, refresh_token: refreshToken } = await signIn(first);
    const used = await signIn(first);
    await postToken(first, { grant_type: 'refresh_token', refresh_token: used.refresh_token });
    const code = (await decide(first, 'authorize')).searchParams.get('code') ?? '';
    const client = await inboxClient(first);
    await client.call('POST', '/v2/webhooks', { url: 'http://127.0.0.1:9/', events: ['convo.tags'], secret: 's' });
    await control(first, 'POST', '/conversations', {
      subject: 's',
      text: 't',
      customerEmail: 'a@b.example',
      tags: ['x'],
    });
    await control(first, 'POST', '/conversations/7004/messages', { type: 'message', text: 'answer', status: 'closed' });
    await control(first, 'PUT', '/faults/conversations/7001', { threads: '500' });
    await control(first, 'POST', '/faults', { template: '/v2/users/me', status: 503, count: 3 });
    await client.call('GET', '/v2/users/me');
    const read = async (base: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const get = async (path: string) => (await fetch(`${base}${path}`, { headers })).text();
      const texts = [
        await get('/v2/conversations?status=all&embed=threads'),
        await get('/v2/webhooks'),
        await get('/_control/faults'),
      ];
      return texts.map((text) => text.replaceAll(base, '').replace(/"friendly":"[^"]*"/g, ''));
    };
    const before = await read(first.url);
    await stopAll();

    nowMs += 5 * 60 * 1000;
    const second = await start(options);
    assert.deepEqual(await read(second.url), before);
    assert.equal((await postToken(second, { grant_type: 'refresh_token', refresh_token: refreshToken })).status, 200);
    const replay = await postToken(second, { grant_type: 'refresh_token', refresh_token: used.refresh_token });
    assert.equal(replay.status, 400);
    assert.equal((await postToken(second, { grant_type: 'authorization_code', code })).status, 200);
    const created = await control(second, 'POST', '/conversations', {
      subject: 's',
      text: 't',
      customerEmail: 'a@b.example',
    });
    assert.equal(created.conversationId, 7005);
    const data = readFileSync(join(dataDir, 'events.jsonl'), 'utf8');
    for (const secret of [token, refreshToken, code])
      assert.equal(data.includes(secret), false, 'only hashes are kept');
  });

  it('drops a last line that a crash cut off, and goes on', async () => {
    const first = await start({ dataDir });
    await control(first, 'PUT', '/faults/conversations/7001', { threads: '500' });
    await stopAll();
    appendFileSync(join(dataDir, 'events.jsonl'), '{"kind":"threadsBr');
    const second = await start({ dataDir });
    await control(second, 'PUT', '/faults/conversations/7002', { threads: '500' });
    await stopAll();
    const third = await start({ dataDir });
    assert.equal((await control(third, 'GET', '/faults')).conversations.length, 2);
  });

  it('refuses data that was made with another corpus', async () => {
    await start({ dataDir });
    await stopAll();
    await assert.rejects(start({ dataDir, corpus: corpusOf(4) }), CorpusMismatchError);
  });

  it('refuses data of an earlier form in the same way, without reading on', async () => {
    const lines = [
      { kind: 'corpusLoaded', fingerprint: 'of an earlier form' },
      { kind: 'conversationCreated', conversationId: 7004, subject: 'kept differently' },
    ];
    writeFileSync(join(dataDir, 'events.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await assert.rejects(start({ dataDir }), CorpusMismatchError);
  });

  it('says that its port is taken', async () => {
    const { port } = new URL((await start()).url);
    await assert.rejects(start({ dataDir, port: Number(port) }), { code: 'EADDRINUSE' });
  });

  it('spreads a corpus without dates over the 25 days before its first start', async () => {
    const now = () => Date.parse('2026-03-26T00:00:00Z');
    const sandbox = await start({ now, corpus: corpusOf(25) });
    const client = await inboxClient(sandbox);
    const { _embedded } = await client.get('/v2/conversations?sortOrder=asc');
    const dates = _embedded.conversations.map(({ createdAt }: { createdAt: string }) => createdAt);
    assert.equal(dates[0], '2026-03-01T00:00:00Z');
    assert.equal(dates[1], '2026-03-02T00:00:00Z');
    assert.equal(dates[24], '2026-03-25T00:00:00Z');
  });
});

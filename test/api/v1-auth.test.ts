import assert from 'node:assert/strict';
import { type ApiAnswer, addApiKey, apiClient } from '../support/api-client.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const LIST = '/api/v1/insights';

describe('who may call the API', function () {
  this.timeout(60_000);
  const app = useWebApp({ environment: { API_CALLS_PER_MINUTE: '20' } });
  let organizationId: string;

  before(async () => {
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
  });
  afterEach(() => app.setTime(null));

  const key = (options?: Parameters<typeof addApiKey>[2]) => addApiKey(app.storage, organizationId, options);
  const get = (secret: string | null, more?: Record<string, string>) =>
    apiClient(app.origin, secret)('get', LIST, undefined, more);
  const assertProblem = (answer: ApiAnswer, status: number, code: string) => {
    assert.equal(answer.status, status, answer.text);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.equal(answer.body.code, code);
    assert.equal(answer.body.status, status);
    assert.equal(answer.body.type, `/api/v1/docs#problem-${code}`);
    for (const name of ['title', 'detail', 'remedy', 'reference']) assert.ok(answer.body[name], name);
  };

  it('lets a key with the scope in', async () => {
    const { secret } = await key({ scopes: ['insights:read'] });
    const answer = await get(secret);
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { data: [], nextCursor: null });
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  });

  it('refuses calls without a key, and says how to send one', async () => {
    const answer = await get(null);
    assertProblem(answer, 401, 'noKey');
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
    assertProblem(await get(null, { authorization: 'Basic YTpi' }), 401, 'noKey');
  });

  it('refuses what is no key, whatever it looks like', async () => {
    const { secret } = await key();
    const wrong = [
      'x',
      'hsi_',
      `${secret}x`,
      secret.slice(0, -1),
      `hsi_${'A'.repeat(43)}`,
      'hsi_[$ne]',
      'A'.repeat(4000),
    ];
    for (const text of wrong) assertProblem(await get(text), 401, 'unknownKey');
  });

  it('refuses a revoked key at once', async () => {
    const { secret, keyId } = await key();
    assert.equal((await get(secret)).status, 200);
    await app.storage.apiKeys.revoke(organizationId, keyId, new Date());
    assertProblem(await get(secret), 401, 'revokedKey');
  });

  it('refuses an expired key', async () => {
    const { secret } = await key({ expiresAt: new Date('2026-05-01T00:00:00Z') });
    app.setTime(new Date('2026-04-30T23:59:59Z'));
    assert.equal((await get(secret)).status, 200);
    app.setTime(new Date('2026-05-01T00:00:00Z'));
    assertProblem(await get(secret), 401, 'expiredKey');
  });

  it('refuses a key without the scope, and names the scope', async () => {
    const { secret } = await key({ scopes: ['log:read'] });
    const answer = await get(secret);
    assertProblem(answer, 403, 'missingScope');
    assert.match(answer.body.detail, /insights:read/);
  });

  it('never falls back to the session when a key is sent', async () => {
    const browser = await signIn(app, 'administrator@acme.example');
    const answer = await browser.send(LIST, { headers: { authorization: 'Bearer hsi_wrong' } });
    assert.equal(answer.status, 401);
  });

  it('lets somebody signed in read what their role may', async () => {
    await addMember(app.storage, organizationId, 'member@acme.example', 'member');
    const browser = await signIn(app, 'member@acme.example');
    assert.equal((await browser.get(LIST)).status, 200);
    const refused = await browser.get('/api/v1/log/events');
    assert.equal(refused.status, 403);
    assert.match(refused.text, /"missingScope"/);
  });

  it('takes a change of somebody signed in with the form token alone', async () => {
    const browser = await signIn(app, 'administrator@acme.example');
    const csrf = await browser.token('/insights');
    const change = (headers: Record<string, string>) =>
      browser.send('/api/v1/bug-reports/1', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"status":"done"}',
      });
    const forged = await change({});
    assert.equal(forged.status, 403);
    assert.match(forged.text, /"forgedRequest"/);
    assert.equal((await change({ 'x-csrf-token': csrf })).status, 404);
  });

  it('notes when a key was last used, at most once a minute', async () => {
    const { secret, keyId } = await key();
    const lastUsed = async () => (await app.storage.apiKeys.get(organizationId, keyId))?.lastUsedAt?.toISOString();
    assert.equal(await lastUsed(), undefined);
    for (const [now, noted] of [
      ['2026-05-01T10:00:00.000Z', '2026-05-01T10:00:00.000Z'],
      ['2026-05-01T10:00:59.000Z', '2026-05-01T10:00:00.000Z'],
      ['2026-05-01T10:01:00.000Z', '2026-05-01T10:01:00.000Z'],
    ] as const) {
      app.setTime(new Date(now));
      await get(secret);
      assert.equal(await lastUsed(), noted);
    }
  });

  it('holds each key to its calls a minute, and says when to go on', async () => {
    const [one, other] = [await key(), await key()];
    const answers = [];
    for (let n = 0; n < 21; n++) answers.push(await get(one.secret));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [...Array.from({ length: 20 }, () => 200), 429],
    );
    assert.equal(answers[0]?.headers.get('ratelimit-remaining'), '19');
    const refused = answers.at(-1);
    assert.ok(refused);
    assertProblem(refused, 429, 'tooManyCalls');
    const wait = Number(refused.headers.get('retry-after'));
    assert.ok(wait >= 1 && wait <= 60, String(wait));
    assert.equal((await get(other.secret)).status, 200);
  });

  it('stores a hash in place of the key, and logs neither', async () => {
    const { secret } = await key();
    await get(secret);
    const stored = await app.storage.connection.collection('apiKeys').find().toArray();
    assert.ok(stored.length > 0);
    assert.ok(!JSON.stringify(stored).includes(secret));
    assert.ok(!app.logLines.join('').includes(secret));
  });
});

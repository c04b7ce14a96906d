import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ApplicationFailure } from '@temporalio/common';
import { createTokenRefresh } from '../../src/activities/token-refresh.ts';
import { createTokens } from '../../src/activities/tokens.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { createKeyRing } from '../../src/security/key-ring.ts';
import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import { APP, postToken, signIn, start, stopAll } from '../sandbox/support.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';
import { answerSchema } from '../support/tokens/answers.ts';
import type { TokenProcessOptions } from '../support/tokens/token-process.ts';

const PROCESS = fileURLToPath(new URL('../support/tokens/token-process.ts', import.meta.url));
const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const LEASE_MS = 40_000;

describe('token refresh', function () {
  this.timeout(90_000);
  let mongodb: MongodbServer;
  let mongodbUri: string;
  let storage: Storage;
  let sandbox: Sandbox;
  let helpScout: TokenProcessOptions['helpScout'];
  const children = new Set<ChildProcess>();
  const keyRing = createKeyRing(KEYS);
  let laterMs = 0;
  const now = () => new Date(Date.now() + laterMs);

  before(async () => {
    mongodb = await startMongodb();
    mongodbUri = mongodb.newDatabase();
    storage = await connectStorage(mongodbUri);
  });
  beforeEach(async () => {
    sandbox = await start();
    const { appId, appSecret } = APP;
    helpScout = { apiUrl: sandbox.url, docsUrl: sandbox.url, appId, appSecret, callsPerMinute: 400 };
    laterMs = 0;
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
    await stopAll();
  });
  after(async () => {
    await storage?.connection.dropDatabase();
    await storage?.close();
    await mongodb?.stop();
  });

  const here = () => {
    const deps = { storage, keyRing, helpScout, now };
    const tokens = createTokens(deps);
    return { tokens, renew: createTokenRefresh(deps, tokens) };
  };
  /** A process on whose database something happens when it stores the new pair. */
  const renewSaving = (around: (save: () => Promise<number | null>) => Promise<number | null>) => {
    const { integrations } = storage;
    const saveTokens: typeof integrations.saveTokens = (...args) => around(() => integrations.saveTokens(...args));
    const deps = { storage: { ...storage, integrations: { ...integrations, saveTokens } }, keyRing, helpScout, now };
    return createTokenRefresh(deps, createTokens(deps));
  };
  type Scope = TokenProcessOptions['scope'];
  /** A person connects, or connects again. */
  const connect = async ({ organizationId, integrationId }: Scope) => {
    const { access_token: accessToken, refresh_token: refreshToken, expires_in } = await signIn(sandbox);
    const issued = { accessToken, refreshToken, lifetimeMs: expires_in * 1000 };
    const saved = await here().tokens.save({ organizationId, integrationId }, issued, null);
    assert.ok(saved);
    return saved.tokenVersion;
  };
  const newConnection = async () => {
    const organizationId = 'org';
    const { integrationId } = await storage.integrations.create(organizationId);
    const scope = { organizationId, integrationId };
    return { scope, tokenVersion: await connect(scope) };
  };
  const works = async (scope: Scope) => {
    const secrets = await storage.integrations.secrets(scope.organizationId, scope.integrationId);
    const token = keyRing.decrypt(secrets?.accessToken ?? '', { ...scope, purpose: 'accessToken' });
    return (await fetch(`${sandbox.url}/v2/users/me`, { headers: { authorization: `Bearer ${token}` } })).ok;
  };
  const fault = (effect: object, when: object) =>
    fetch(`${sandbox.url}/_control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ api: 'token', effect, when }),
    }).then(({ status }) => assert.equal(status, 201));
  const tokenCalls = async () => {
    const calls: unknown = await (await fetch(`${sandbox.url}/_control/calls`)).json();
    return Object.entries(calls ?? {}).find(([name]) => name === 'POST /v2/oauth2/token')?.[1];
  };
  const startProcess = async (scope: Scope, diesBeforeSaving = false) => {
    const options: TokenProcessOptions = { mongodbUri, keys: KEYS, helpScout, scope, diesBeforeSaving };
    const child = fork(PROCESS, [JSON.stringify(options)], { execArgv: ['--import', 'tsx'] });
    children.add(child);
    await once(child, 'message');
    return child;
  };
  const ask = async (child: ChildProcess, replaces: number) => {
    child.send({ replaces });
    const [answer] = await once(child, 'message');
    return answerSchema.parse(answer);
  };
  const type = (expected: string, nonRetryable: boolean) => (error: unknown) => {
    assert.ok(error instanceof ApplicationFailure);
    assert.deepEqual([error.type, error.nonRetryable], [expected, nonRetryable]);
    return true;
  };

  it('is made once when two processes ask at once, twenty times', async () => {
    let { scope, tokenVersion } = await newConnection();
    const [a, b] = await Promise.all([startProcess(scope), startProcess(scope)]);
    await fault({ delayMs: 50 }, { probability: 1 });
    for (let round = 1; round <= 20; round++) {
      const answers = await Promise.all([ask(a, tokenVersion), ask(b, tokenVersion)]);
      assert.deepEqual(answers, [{ tokenVersion: tokenVersion + 1 }, { tokenVersion: tokenVersion + 1 }]);
      tokenVersion += 1;
    }
    assert.ok(await works(scope));
    assert.equal(await tokenCalls(), 21, 'one code exchange, and one call a round');
    const [counted] = await storage.apiUsage.byEndpoint('org', new Date(0), scope.integrationId);
    assert.deepEqual(counted, { endpoint: 'POST /v2/oauth2/token', calls: 20, errors: 0, refused: 0 });
  });

  it('tells whoever comes second to look again soon', async () => {
    const { scope, tokenVersion } = await newConnection();
    const first = renewSaving(async (save) => {
      await assert.rejects(here().renew(scope, tokenVersion), type('helpScoutUnavailable', false));
      return save();
    });
    assert.equal((await first(scope, tokenVersion)).tokenVersion, tokenVersion + 1);
    assert.equal((await here().renew(scope, tokenVersion)).tokenVersion, tokenVersion + 1);
    assert.equal(await tokenCalls(), 2, 'one code exchange, one refresh');
  });

  it('keeps the new pair while the database is away for a moment', async () => {
    const { scope, tokenVersion } = await newConnection();
    let tries = 0;
    const renew = renewSaving(async (save) => {
      if (++tries <= 2) throw new Error('no server');
      return save();
    });
    assert.equal((await renew(scope, tokenVersion)).tokenVersion, tokenVersion + 1);
    assert.equal(tries, 3);
    assert.ok(await works(scope));
    assert.equal(await tokenCalls(), 2, 'one code exchange, one refresh');
  });

  it('finds the new pair when it was stored, and the database’s answer got lost', async () => {
    const { scope, tokenVersion } = await newConnection();
    let tries = 0;
    const renew = renewSaving(async (save) => {
      const saved = await save();
      if (++tries === 1) throw new Error('connection lost');
      return saved;
    });
    assert.equal((await renew(scope, tokenVersion)).tokenVersion, tokenVersion + 1);
    assert.equal(tries, 2);
    assert.ok(await works(scope));
  });

  it('says so when the database stays away: the pair is lost, and nobody waits for the lease', async () => {
    const { scope, tokenVersion } = await newConnection();
    const renew = renewSaving(() => Promise.reject(new Error('no server')));
    await assert.rejects(renew(scope, tokenVersion), type('internalError', false));
    await assert.rejects(here().renew(scope, tokenVersion), type('authenticationFailed', true));
  });

  it('asks for a new authorization when a process was killed between receiving and storing', async () => {
    const { scope, tokenVersion } = await newConnection();
    const child = await startProcess(scope, true);
    const exit = once(child, 'exit');
    child.send({ replaces: tokenVersion });
    assert.deepEqual(await exit, [null, 'SIGKILL']);

    // Nobody can know yet that it was killed.
    await assert.rejects(here().renew(scope, tokenVersion), type('helpScoutUnavailable', false));
    laterMs = LEASE_MS + 1;
    await assert.rejects(here().renew(scope, tokenVersion), type('authenticationFailed', true));

    const reconnected = await connect(scope);
    assert.equal((await here().renew(scope, reconnected)).tokenVersion, reconnected + 1);
    assert.ok(await works(scope));
  });

  it('asks for a new authorization when the answer was lost after Help Scout had issued it', async () => {
    const { scope, tokenVersion } = await newConnection();
    await fault({ drop: 'after' }, { count: 1 });
    await assert.rejects(here().renew(scope, tokenVersion), type('helpScoutUnavailable', false));
    await assert.rejects(here().renew(scope, tokenVersion), type('authenticationFailed', true));
    const reconnected = await connect(scope);
    assert.equal((await here().renew(scope, reconnected)).tokenVersion, reconnected + 1);
  });

  it('goes on at once after a failure that passes', async () => {
    const { scope, tokenVersion } = await newConnection();
    for (const effect of [{ status: 503 }, { drop: 'before' }]) {
      await fault(effect, { count: 1 });
      await assert.rejects(here().renew(scope, tokenVersion), type('helpScoutUnavailable', false));
    }
    assert.equal((await here().renew(scope, tokenVersion)).tokenVersion, tokenVersion + 1);
  });

  it('keeps what a slow attempt brought after its lease had ended', async () => {
    const { scope, tokenVersion } = await newConnection();
    const renew = renewSaving(async (save) => {
      laterMs = LEASE_MS + 1;
      await assert.rejects(here().renew(scope, tokenVersion), type('authenticationFailed', true));
      return save();
    });
    const renewed = await renew(scope, tokenVersion);
    assert.equal(renewed.tokenVersion, tokenVersion + 1);
    assert.ok(await works(scope));
  });

  it('takes over the pair that a person brought meanwhile', async () => {
    const { scope, tokenVersion } = await newConnection();
    const secrets = await storage.integrations.secrets('org', scope.integrationId);
    const used = keyRing.decrypt(secrets?.refreshToken ?? '', { ...scope, purpose: 'refreshToken' });
    await postToken(sandbox, { grant_type: 'refresh_token', refresh_token: used });
    const { integrations } = storage;
    let reconnected = 0;
    const late: Storage = {
      ...storage,
      integrations: {
        ...integrations,
        async takeRefreshLease(...args: Parameters<typeof integrations.takeRefreshLease>) {
          const taken = await integrations.takeRefreshLease(...args);
          reconnected = await connect(scope);
          return taken;
        },
      },
    };
    const deps = { storage: late, keyRing, helpScout, now };
    const renewed = await createTokenRefresh(deps, createTokens(deps))(scope, tokenVersion);
    assert.equal(renewed.tokenVersion, reconnected);
    assert.ok(await works(scope));
  });
});

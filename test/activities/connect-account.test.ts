import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { z } from 'zod';
import { createConnectionActivities } from '../../src/activities/connection-activities.ts';
import { createConnections } from '../../src/activities/connections.ts';
import { createTokens } from '../../src/activities/tokens.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { APP, control, decide, start, stopAll } from '../sandbox/support.ts';
import { testKeyRing } from '../support/key-ring.ts';
import { useStorage } from '../support/storage.ts';

const resultSchema = z.object({ token: z.object({ tokenVersion: z.number() }), mailboxes: z.array(z.unknown()) });
const keyRing = testKeyRing();

describe('connecting an account', function () {
  this.timeout(60_000);
  const storage = useStorage();
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await start();
  });
  afterEach(stopAll);

  const setUp = async () => {
    const { appId, appSecret } = APP;
    const helpScout = { apiUrl: sandbox.url, docsUrl: sandbox.url, appId, appSecret, callsPerMinute: 400 };
    const deps = { storage, keyRing, helpScout, publicUrl: 'http://127.0.0.1:9', now: () => new Date() };
    const { connectAccount } = createConnectionActivities(deps, createConnections(deps));
    const { integrationId } = await storage.integrations.create('org');
    const scope = { organizationId: 'org', integrationId };
    return {
      scope,
      tokens: createTokens(deps),
      async connect(attempt: number) {
        const logger = new DefaultLogger('ERROR');
        return resultSchema.parse(
          await new MockActivityEnvironment({ attempt }, { logger }).run(connectAccount, scope),
        );
      },
      async bringCode() {
        const code = (await decide(sandbox, 'authorize')).searchParams.get('code') ?? '';
        const ciphertext = keyRing.encrypt(code, { ...scope, purpose: 'authorizationCode' });
        await storage.integrations.saveAuthorizationCode('org', integrationId, ciphertext);
      },
      secrets: async () => (await storage.integrations.secrets('org', integrationId)) ?? assert.fail('no secrets'),
    };
  };
  const type = (expected: string) => (error: unknown) =>
    error instanceof ApplicationFailure && error.type === expected && error.nonRetryable === true;
  const failOnce = () =>
    control(sandbox, 'POST', '/faults', { template: '/v2/users/me', effect: { status: 503 }, when: { count: 1 } });

  it('goes on from the stored tokens when who signed in could not be asked at once', async () => {
    const { connect, bringCode, secrets } = await setUp();
    await bringCode();
    await failOnce();
    await assert.rejects(connect(1));
    const { token, mailboxes } = await connect(2);
    assert.equal(token.tokenVersion, 1);
    assert.ok(mailboxes.length > 0);
    assert.equal((await secrets()).keptTokens, null);
  });

  it('keeps the old tokens when another account signs in, also when that was found out by a later try', async () => {
    const { scope, tokens, connect, bringCode, secrets } = await setUp();
    const account = { userId: -1, companyId: -1, name: 'Ada', email: 'ada@acme.example' };
    await storage.integrations.update('org', scope.integrationId, { account });
    const old = { accessToken: 'old-access', refreshToken: 'old-refresh', lifetimeMs: 3600_000 };
    await tokens.save(scope, old, null);
    const before = await secrets();

    for (const failing of [false, true]) {
      await bringCode();
      if (failing) {
        await failOnce();
        await assert.rejects(connect(1));
        assert.notEqual((await secrets()).accessToken, before.accessToken);
      }
      await assert.rejects(connect(failing ? 2 : 1), type('otherAccount'));
      const { accessToken, refreshToken, tokenExpiresAt } = await secrets();
      assert.deepEqual(
        { accessToken, refreshToken, tokenExpiresAt },
        {
          accessToken: before.accessToken,
          refreshToken: before.refreshToken,
          tokenExpiresAt: before.tokenExpiresAt,
        },
      );
    }
    const shown = await storage.integrations.get('org', scope.integrationId);
    assert.deepEqual(shown?.tokenExpiresAt, before.tokenExpiresAt);
  });
});

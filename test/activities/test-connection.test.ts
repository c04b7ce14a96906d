import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createConnections } from '../../src/activities/connections.ts';
import { createDiagnosticActivities } from '../../src/activities/diagnostic-activities.ts';
import { createTokens } from '../../src/activities/tokens.ts';
import { type DiagnosisCheck, diagnosisSchema } from '../../src/domain/diagnosis.ts';
import { WEBHOOK_EVENTS } from '../../src/helpscout/resources/webhook-wish.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { APP, control, inboxClient, signIn, start, stopAll } from '../sandbox/support.ts';
import { testKeyRing } from '../support/key-ring.ts';
import { useStorage } from '../support/storage.ts';

const PUBLIC_URL = 'http://127.0.0.1:9';
const keyRing = testKeyRing();

describe('testing the connection', function () {
  this.timeout(90_000);
  const storage = useStorage();
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await start();
  });
  afterEach(stopAll);

  /** A live integration with one mailbox chosen; with its webhook, unless told otherwise. */
  async function connect({ webhook = true, now = () => new Date() } = {}) {
    const { appId, appSecret } = APP;
    const helpScout = {
      apiUrl: sandbox.url,
      docsUrl: sandbox.url,
      statusUrl: `${sandbox.url}/status/api/v2/summary.json`,
      appId,
      appSecret,
      callsPerMinute: 400,
      searchLagMs: 0,
    };
    const deps = { storage, keyRing, helpScout, publicUrl: PUBLIC_URL, now };
    const organizationId = 'org';
    const { integrationId } = await storage.integrations.create(organizationId);
    const scope = { organizationId, integrationId };
    const issued = await signIn(sandbox);
    const tokens = { accessToken: issued.access_token, refreshToken: issued.refresh_token, lifetimeMs: 3600_000 };
    await createTokens(deps).save(scope, tokens, null);
    const inbox = await inboxClient(sandbox);
    const { _embedded } = await inbox.get('/v2/mailboxes');
    const mailboxId: number = _embedded.mailboxes[0].id;
    await storage.integrations.update(organizationId, integrationId, {
      state: 'live',
      selectedMailboxIds: [mailboxId],
    });
    const key = await storage.integrations.webhookKey(organizationId, integrationId);
    const hook = (change: Record<string, unknown> = {}) => ({
      url: `${PUBLIC_URL}/webhooks/helpscout/${key}`,
      secret: 'secret',
      events: WEBHOOK_EVENTS,
      payloadVersion: 'V2',
      label: 'Help Scout Insights',
      notification: false,
      mailboxIds: [mailboxId],
      ...change,
    });
    if (webhook) assert.equal((await inbox.call('POST', '/v2/webhooks', hook())).status, 201);
    const { testConnection } = createDiagnosticActivities(deps, createConnections(deps));
    return {
      scope,
      inbox,
      hook,
      async test() {
        const env = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
        const result: unknown = await env.run(() => testConnection(scope, { by: 'ada@acme.example' }));
        const { steps } = diagnosisSchema.parse(result);
        const step = (check: DiagnosisCheck) => steps.find((one) => one.check === check) ?? assert.fail(check);
        return { steps, step, outcomes: Object.fromEntries(steps.map(({ check, outcome }) => [check, outcome])) };
      },
      integration: async () => (await storage.integrations.get(organizationId, integrationId)) ?? assert.fail(),
    };
  }
  const fault = (template: string, effect: Record<string, unknown>) =>
    control(sandbox, 'POST', '/faults', { template, effect, when: { count: 1 } });
  const ALL_WELL = { user: 'ok', mailboxes: 'ok', users: 'ok', webhook: 'ok', clock: 'ok', budget: 'ok' };

  it('finds everything in order, refreshes mailboxes and users, and keeps the result', async () => {
    const { test, scope, integration } = await connect();
    const { outcomes, step, steps } = await test();
    assert.deepEqual(outcomes, ALL_WELL, JSON.stringify(steps));
    assert.match(step('budget').result, /^\d+ of 400 are left in this minute\.$/);
    assert.ok((step('user').latencyMs ?? -1) >= 0);
    const { mailboxes, users, webhookActive } = await integration();
    assert.ok(mailboxes.length > 0 && users.length > 0 && webhookActive);
    const kept = await storage.diagnoses.last(scope.organizationId, scope.integrationId);
    assert.deepEqual(kept?.steps, steps);
    assert.equal(kept?.by, 'ada@acme.example');
    assert.equal((await storage.serviceStatus.last())?.status?.indicator, 'none');
  });

  it('tells that access is refused, once, and tries nothing more', async () => {
    const { test } = await connect();
    await fault('/v2/users/me', { status: 401 });
    const { outcomes, step } = await test();
    assert.deepEqual(outcomes, {
      user: 'failed',
      mailboxes: 'skipped',
      users: 'skipped',
      webhook: 'skipped',
      clock: 'ok',
      budget: 'ok',
    });
    assert.match(step('user').result, /no longer accepts our access.*HTTP 401/);
    assert.match(step('user').remedy, /reconnects/);
  });

  it('tells which step is not allowed, and goes on', async () => {
    const { test, integration } = await connect();
    await fault('/v2/users', { status: 403 });
    const { outcomes, step } = await test();
    assert.deepEqual(outcomes, { ...ALL_WELL, users: 'failed' });
    assert.match(step('users').result, /HTTP 403/);
    assert.notEqual(step('users').remedy, '');
    assert.deepEqual((await integration()).users, []);
  });

  it('tells what is slow', async () => {
    const { test } = await connect();
    await fault('/v2/mailboxes', { delayMs: 3_200 });
    const { outcomes, step } = await test();
    assert.deepEqual(outcomes, { ...ALL_WELL, mailboxes: 'warning' });
    assert.match(step('mailboxes').result, /It took 3\.\d s\./);
  });

  it('tells that the webhook is missing, switched off, tells too little, or is of other mailboxes', async () => {
    const { test, inbox, hook, integration } = await connect({ webhook: false });
    const missing = (await test()).step('webhook');
    assert.equal(missing.outcome, 'failed');
    assert.equal(missing.result, 'Our webhook is not there.');
    assert.equal((await integration()).webhookActive, false);

    const created = await inbox.call('POST', '/v2/webhooks', hook({ events: ['convo.created'] }));
    assert.equal(created.status, 201);
    assert.match((await test()).step('webhook').result, /does not tell of: .*convo\.deleted/);
    const id = created.headers.get('resource-id') ?? '';
    assert.equal((await inbox.call('PUT', `/v2/webhooks/${id}`, hook({ mailboxIds: undefined }))).status, 204);
    assert.match((await test()).step('webhook').result, /other mailboxes/);
    assert.equal((await inbox.call('PUT', `/v2/webhooks/${id}`, hook())).status, 204);
    assert.equal((await test()).step('webhook').outcome, 'ok');
    assert.equal((await inbox.call('POST', '/v2/webhooks', hook())).status, 201);
    const double = (await test()).step('webhook');
    assert.deepEqual([double.outcome, double.result], ['warning', 'There are 2 of ours.']);
  });

  it('names a chosen mailbox that cannot be seen any more', async () => {
    const { test, scope } = await connect();
    const gone = { mailboxId: 999_999, name: 'Partners', email: 'p@acme.example' };
    await storage.integrations.update(scope.organizationId, scope.integrationId, {
      mailboxes: [gone],
      selectedMailboxIds: [gone.mailboxId],
    });
    const { outcome, result } = (await test()).step('mailboxes');
    assert.deepEqual([outcome, result], ['failed', 'Chosen, but not to be seen any more: Partners.']);
  });

  it('says that an administrator has to reconnect without asking Help Scout', async () => {
    const { test, scope } = await connect();
    await storage.integrations.update(scope.organizationId, scope.integrationId, { state: 'needsReauthorization' });
    const { outcomes } = await test();
    assert.equal(outcomes.user, 'failed');
    assert.deepEqual([outcomes.clock, outcomes.budget], ['skipped', 'skipped']);
  });
});

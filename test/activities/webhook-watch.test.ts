import assert from 'node:assert/strict';
import { createWatchActivities } from '../../src/activities/watch-activities.ts';
import { createHelpScoutClient } from '../../src/helpscout/client.ts';
import { FEATURES_IN_USE } from '../../src/helpscout/endpoints.ts';
import { HelpScoutForbidden } from '../../src/helpscout/errors.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { signIn, start, stopAll } from '../sandbox/support.ts';
import { testKeyRing } from '../support/key-ring.ts';
import { useStorage } from '../support/storage.ts';

const HOUR_MS = 3_600_000;
const keyRing = testKeyRing();

describe('looking after webhook and mailboxes', function () {
  this.timeout(60_000);
  const storage = useStorage();
  afterEach(stopAll);

  async function connected() {
    const sandbox = await start();
    const { access_token: accessToken } = await signIn(sandbox);
    const client = createHelpScoutClient({
      ...{ apiUrl: sandbox.url, accessToken, budget: unlimited, features: FEATURES_IN_USE },
    });
    const { organizationId } = await storage.organizations.create({ name: 'Acme', timeZone: 'UTC' });
    const { integrationId } = await storage.integrations.create(organizationId);
    const scope = { organizationId, integrationId };
    const mailboxIds = (await client.mailboxes.list()).map(({ mailboxId }) => mailboxId);
    const clock = { now: new Date('2026-11-21T10:00:00Z') };
    let refuses = false;
    const { inspectConnection } = createWatchActivities(
      { storage, keyRing, publicUrl: 'https://insights.acme.example', now: () => clock.now },
      {
        withHelpScout: (_scope, work) => {
          const ensure = async () => {
            throw new HelpScoutForbidden('no', { endpoint: 'POST /v2/webhooks' });
          };
          return work(refuses ? { ...client, webhooks: { ...client.webhooks, ensure } } : client);
        },
      },
    );
    const url = `https://insights.acme.example/webhooks/helpscout/${await storage.integrations.webhookKey(organizationId, integrationId)}`;
    return {
      scope,
      client,
      mailboxIds,
      clock,
      url,
      refuse: (is: boolean) => {
        refuses = is;
      },
      look: (ids = mailboxIds) => inspectConnection(scope, { mailboxIds: ids }),
      ours: () => client.webhooks.findByUrl(url),
      later: (hours: number) => {
        clock.now = new Date(clock.now.getTime() + hours * HOUR_MS);
      },
    };
  }

  it('puts back one that is gone, once in four hours', async () => {
    const { look, ours, client, later } = await connected();
    assert.deepEqual((await look()).webhook, { outcome: 'repaired', found: 'missing', errorCode: null });
    assert.equal((await look()).webhook, null);
    const [first] = await ours();
    assert.equal(first?.state, 'enabled');
    await client.webhooks.remove(first?.id ?? 0);
    const soon = await look();
    assert.equal(soon.webhook, null);
    assert.notEqual(soon.webhookOffSinceMs, null);
    later(4);
    assert.equal((await look()).webhook?.outcome, 'repaired');
    assert.equal((await ours()).length, 1);
    assert.equal((await look()).webhookOffSinceMs, null);
  });

  it('says what it was not allowed to put back, and that it could in the end', async () => {
    const { look, refuse, later, scope } = await connected();
    refuse(true);
    assert.deepEqual((await look()).webhook, { outcome: 'failed', found: 'missing', errorCode: 'forbidden' });
    const watch = await storage.coverage.watch(scope.organizationId, scope.integrationId);
    assert.deepEqual([watch.webhook?.problem, watch.webhook?.errorCode], ['missing', 'forbidden']);
    refuse(false);
    later(4);
    assert.equal((await look()).webhook?.outcome, 'repaired');
  });

  it('writes one anew that is not heard of though things change, once a day', async () => {
    const { look, clock, scope, later, mailboxIds } = await connected();
    await look();
    later(5);
    const pass = { startedAt: clock.now, since: clock.now, endedAt: clock.now, found: 5, mailboxIds };
    await storage.coverage.notePass(scope.organizationId, scope.integrationId, pass);
    later(20);
    assert.equal((await look()).webhook?.found, 'unheard');
    later(5);
    assert.equal((await look()).webhook, null);
    await storage.arrivals.noteWebhook(scope.organizationId, scope.integrationId, clock.now);
    assert.equal((await look()).webhookOffSinceMs, null);
  });

  it('says which chosen mailbox is not shown, and from when on it has to be looked at once it is back', async () => {
    const { look, mailboxIds, clock, scope, later } = await connected();
    const gone = 999_999;
    const hiddenAt = clock.now.getTime();
    assert.deepEqual((await look([...mailboxIds, gone])).shown, mailboxIds);
    const mailboxes = await storage.coverage.mailboxes(scope.organizationId, scope.integrationId);
    assert.equal(mailboxes.find(({ mailboxId }) => mailboxId === gone)?.hiddenSince?.getTime(), hiddenAt);
    const [first = 0] = mailboxIds;
    const hidden = [{ mailboxId: first }];
    await storage.coverage.noteMailboxes(scope.organizationId, scope.integrationId, {
      shown: [],
      hidden,
      at: clock.now,
    });
    later(3);
    assert.equal((await look()).lookBackToMs, hiddenAt);
  });
});

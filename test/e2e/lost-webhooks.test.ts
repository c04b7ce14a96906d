import assert from 'node:assert/strict';
import { until } from '../support/until.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';

const BEFORE = 3;
const CHANGED = 12;

describe('with every webhook lost', function () {
  this.timeout(240_000);
  let running: RunningStack;
  before(async () => {
    running = await startRunningStack({
      corpus: Array.from({ length: BEFORE }, (_, n) => ({ id: `c-${n}`, text: `The export of report ${n} fails.` })),
      env: { RECONCILE_MINUTES: '0.15' },
    });
  });
  after(async () => {
    await running?.stop();
  });

  it('all conversations still arrive with a comparison, and coverage says so', async () => {
    const { connect, untilScanned, control, storage, organizationId } = running;
    const integrationId = await connect();
    await untilScanned(integrationId);
    const integration = async () => storage.integrations.get(organizationId, integrationId);
    await until(async () => (await integration())?.state === 'live', { what: 'the connection' });
    await control('PATCH', '/switches', { webhooks: { enabled: false } });
    const [mailboxId = 0] = (await integration())?.selectedMailboxIds ?? [];
    for (let n = 0; n < CHANGED; n++) {
      await control('POST', '/conversations', {
        ...{ mailboxId, subject: `Question ${n}`, text: `How do I change setting ${n}?` },
        customerEmail: `customer-${n}@client.example`,
      });
    }
    const classified = async () => (await storage.insights.list(organizationId, {}, { limit: 50 })).insights.length;
    await until(async () => (await classified()) === BEFORE + CHANGED, { what: 'all of them', timeoutMs: 120_000 });

    const day = new Date().toISOString().slice(0, 10);
    const { told, missed, unread, worstDelayMs } = await storage.coverage.day(organizationId, integrationId, day);
    assert.deepEqual({ told, missed, unread }, { told: 0, missed: CHANGED, unread: 0 });
    assert.ok(worstDelayMs !== null && worstDelayMs < 60_000, `${worstDelayMs} ms`);
    const { pass } = await storage.coverage.watch(organizationId, integrationId);
    assert.ok(pass && pass.endedAt >= pass.startedAt);
  });
});

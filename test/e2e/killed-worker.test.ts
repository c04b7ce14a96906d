import assert from 'node:assert/strict';
import { until } from '../support/until.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';

const CONVERSATIONS = 150;

describe('a worker that is killed in the middle of a scan', function () {
  this.timeout(240_000);
  let running: RunningStack;
  before(async () => {
    running = await startRunningStack({
      corpus: Array.from({ length: CONVERSATIONS }, (_, index) => ({
        id: `c-${index}`,
        text: `The export of report ${index % 40} stops with error ${index % 40} since this morning. Please fix it.`,
        customerEmail: `person-${index % 90}@client.example`,
      })),
    });
  });
  after(async () => {
    await running?.stop();
  });

  it('leaves nothing undone and nothing done twice once it is back', async () => {
    const { stack, storage, organizationId, control } = running;
    const integrationId = await running.connect();
    const classified = async () => (await storage.insights.counts(organizationId, {})).total;
    for (const share of [0.2, 0.6]) {
      await until(async () => (await classified()) > CONVERSATIONS * share, { what: 'progress', timeoutMs: 120_000 });
      await stack.kill('worker', 'SIGKILL');
      await stack.restart('worker');
    }
    await running.untilScanned(integrationId);

    const corpus: { conversationId: number }[] = await control('GET', '/conversations');
    const ids = corpus.map(({ conversationId }) => conversationId);
    const insights = await storage.insights.getMany(organizationId, integrationId, ids);
    assert.equal(insights.length, CONVERSATIONS);
    assert.deepEqual([...new Set(insights.map(({ revision }) => revision))], [1]);

    const { events } = await storage.syncEvents.list(
      organizationId,
      { types: ['conversationSynced'] },
      { limit: 1000 },
    );
    assert.equal(events.length, CONVERSATIONS);
    assert.deepEqual([...new Set(events.map(({ status }) => status))], ['success']);
    assert.equal(new Set(events.map(({ conversationId }) => conversationId)).size, CONVERSATIONS);
    assert.deepEqual([...new Set(events.map(({ attempts }) => attempts.length))], [1]);

    const patterns = await storage.patterns.list(organizationId, {}, 10_000);
    const counted = patterns.reduce((sum, { conversations }) => sum + conversations, 0);
    assert.equal(counted, CONVERSATIONS);
  });
});

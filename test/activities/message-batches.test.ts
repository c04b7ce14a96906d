import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createMessageBatchActivities, type Submitted } from '../../src/activities/message-batch-activities.ts';
import type { TakenBatch } from '../../src/activities/message-batch-taking.ts';
import type { Classification } from '../../src/classify/classifier.ts';
import type { BatchInput, BatchItem, MessageBatches } from '../../src/classify/message-batches.ts';
import { organizationSettingsSchema } from '../../src/domain/organization-settings.ts';
import { onePatternEach } from '../support/one-pattern-each.ts';
import { useStorage } from '../support/storage.ts';
import { storedConversation } from '../support/stored-conversation.ts';

const MODEL = 'claude-sonnet-4-6';
const tokens = { inputTokens: 1000, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 100 };
const classified: Classification = {
  ...{ kind: 'classified', category: 'bug', confidence: 0.9, summary: 'It fails', productArea: null, severity: 'high' },
  ...{ evidence: [], documentation: null, further: [], rawAnswer: '{}', requestId: 'req_1', tokens },
};

describe('classifying by message batches', function () {
  this.timeout(60_000);
  const storage = useStorage();
  let organizations = 0;
  const handedIn: { batchId: string; inputs: readonly BatchInput[] }[] = [];
  let outcomeOf: (index: number) => BatchItem['outcome'];
  let running: boolean;
  let hasKey: boolean;
  /** What the classifier was asked singly to go on from. */
  const afters: (Classification | undefined)[] = [];

  beforeEach(() => {
    handedIn.length = 0;
    running = false;
    hasKey = true;
    afters.length = 0;
    outcomeOf = () => classified;
  });

  const batches: MessageBatches = {
    submit: async (inputs) => {
      const batchId = `msgbatch_${organizations}_${handedIn.length}`;
      handedIn.push({ batchId, inputs });
      return { batchId };
    },
    find: async (inputs) => handedIn.find((known) => known.inputs.length === inputs.length) ?? null,
    poll: async () => (running ? 'running' : 'ended'),
    cancel: async () => undefined,
    async *results(_batchId, inputs) {
      for (const [index, { customId }] of inputs.entries()) yield { customId, outcome: outcomeOf(index) };
    },
  };
  const organization = async (count: number, insights: Record<string, unknown> = {}) => {
    const scope = { organizationId: `org-${++organizations}`, integrationId: 'integration' };
    const settings = organizationSettingsSchema.parse({ insights: { batches: true, ...insights } });
    await storage.settings.save(scope.organizationId, { insights: settings.insights });
    const conversationIds = Array.from({ length: count }, (_, index) => index + 1);
    await storage.conversations.saveAll(
      scope.organizationId,
      conversationIds.map((id) => storedConversation(scope, id)),
    );
    const activities = createMessageBatchActivities(
      {
        storage,
        classifierOf: () => ({
          ...{ identity: { kind: 'claude', model: MODEL }, promptVersion: 'test' },
          classify: async (_input, { after } = {}) => {
            afters.push(after);
            return classified;
          },
        }),
        messageBatchesOf: () => (hasKey ? batches : null),
        now: () => new Date(),
      },
      onePatternEach,
    );
    const batch = { batchId: 'batch', workflowId: 'workflow' };
    const environment = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    return {
      ...scope,
      conversationIds,
      submit: (key = 'first'): Promise<Submitted> =>
        environment().run(activities.submitMessageBatch, scope, { ...batch, key, conversationIds }),
      take: (messageBatchId: string): Promise<TakenBatch> =>
        environment().run(activities.takeMessageBatch, scope, { ...batch, messageBatchId, conversationIds }),
    };
  };

  it('hands in once, whatever is lost in between, and waits until it has ended', async () => {
    const some = await organization(3);
    running = true;
    const first = await some.submit();
    assert.deepEqual(first.submitted, [1, 2, 3]);
    assert.deepEqual((await some.submit()).messageBatchId, first.messageBatchId);
    // As if the worker had been killed before it could note the batch's id.
    await storage.connection.model('MessageBatch').updateMany({}, { $set: { messageBatchId: null } });
    assert.deepEqual((await some.submit()).messageBatchId, first.messageBatchId);
    assert.equal(handedIn.length, 1);
    assert.equal((await some.take(first.messageBatchId ?? '')).running, true);
  });

  it('stores each answer with its decision and half the price, once, and leaves the others to be asked singly', async () => {
    const some = await organization(4);
    outcomeOf = (index) =>
      index === 1 ? { kind: 'expired' } : index === 2 ? { kind: 'errored', again: true, requestId: null } : classified;
    const { messageBatchId } = await some.submit();
    const taken = await some.take(messageBatchId ?? '');
    assert.deepEqual(taken.left, [2, 3]);
    assert.deepEqual((await some.take(messageBatchId ?? '')).left, [2, 3]);
    assert.equal((await storage.insights.counts(some.organizationId, {})).bug, 2);
    const [decision] = await storage.decisions.ofConversation(some.organizationId, 1);
    assert.equal(decision?.messageBatchId, messageBatchId);
    const spent = await storage.costs.spentSince(some.organizationId, new Date(0));
    assert.deepEqual([spent.calls, spent.inputTokens], [2, 2000]);
    assert.ok(Math.abs(spent.costUsd - (2 * (1000 * 3 + 100 * 15)) / 1e6 / 2) < 1e-12);
  });

  it('pays for an answer about a conversation that has changed, and does not use it', async () => {
    const some = await organization(2);
    const { messageBatchId } = await some.submit();
    const { organizationId, integrationId } = some;
    const changed = storedConversation({ organizationId, integrationId }, 1, 'It works again, thank you.');
    await storage.conversations.saveAll(organizationId, [changed]);
    assert.deepEqual((await some.take(messageBatchId ?? '')).left, [1]);
    assert.equal((await storage.costs.spentSince(organizationId, new Date(0))).calls, 2);
    assert.equal(await storage.insights.get(organizationId, 1), null);
  });

  it('hands in no more than the day’s money is expected to be enough for', async () => {
    const some = await organization(10, { dailyCapUsd: 0.02 });
    const { submitted } = await some.submit();
    assert.ok(submitted.length > 0 && submitted.length < 10, `${submitted.length} submitted`);
    const next = await some.submit('second');
    assert.equal(next.messageBatchId, null);
    assert.ok((next.waitMs ?? 0) > 0);
  });

  it('leaves all to be asked singly when batches are not wanted any more', async () => {
    const some = await organization(2, { batches: false });
    assert.deepEqual(await some.submit(), { messageBatchId: null, submitted: [], single: [1, 2] });
  });

  it('gives an answer that was cut off its second try, once, and books both', async () => {
    const some = await organization(3);
    const cutOff: Classification = {
      ...{ kind: 'truncated', reason: 'Cut off.', rawAnswer: '{"cat', requestId: 'req_2', tokens },
    };
    outcomeOf = (index) => (index === 1 ? cutOff : classified);
    const { messageBatchId } = await some.submit();
    assert.deepEqual((await some.take(messageBatchId ?? '')).left, []);
    assert.deepEqual((await some.take(messageBatchId ?? '')).left, []);
    assert.deepEqual(afters, [cutOff]);
    assert.equal((await storage.insights.counts(some.organizationId, {})).bug, 3);
    assert.equal((await storage.costs.spentSince(some.organizationId, new Date(0))).calls, 4);
    const batch = await storage.messageBatches.byId(some.organizationId, messageBatchId ?? '');
    assert.deepEqual(batch?.outcomes, { classified: 2, truncated: 1 });
  });

  it('goes the single way when the key was taken away between the note and the hand-in', async () => {
    const some = await organization(2);
    await some.submit();
    const { organizationId } = some;
    await storage.connection.model('MessageBatch').updateMany({ organizationId }, { $set: { messageBatchId: null } });
    hasKey = false;
    const nothing = { messageBatchId: null, submitted: [], single: [1, 2] };
    assert.deepEqual(await some.submit(), nothing);
    assert.deepEqual(await some.submit(), nothing);
    assert.equal(await storage.messageBatches.promisedUsd(organizationId, new Date()), 0);
  });
});

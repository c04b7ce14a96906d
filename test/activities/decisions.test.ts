import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { type ClassifyResult, createClassifyActivities } from '../../src/activities/classify-activities.ts';
import { reviewInsight } from '../../src/api/commands/review-insight.ts';
import type { Classifier } from '../../src/classify/classifier.ts';
import { createClaudeClassifier } from '../../src/classify/claude-classifier.ts';
import { createOfflineClassifier } from '../../src/classify/offline-classifier.ts';
import { loadWeights } from '../../src/classify/weights.ts';
import { organizationSettingsSchema } from '../../src/domain/organization-settings.ts';
import { verifyDecisions } from '../../src/local/decisions-verify/verify.ts';
import { type MessagesApiServer, type Reply, startMessagesApiServer } from '../support/messages-api-server.ts';
import { onePatternEach } from '../support/one-pattern-each.ts';
import { useStorage } from '../support/storage.ts';
import { storedConversation } from '../support/stored-conversation.ts';
import { until } from '../support/until.ts';
import { startUsageRecorder } from '../support/usage-recorder.ts';

const MODEL = 'claude-sonnet-4-6';
const answer = (rest: Record<string, unknown> = {}): Reply => ({
  kind: 'answer',
  value: {
    category: 'bug',
    confidence: 0.9,
    summary: 'The export fails.',
    productArea: null,
    severity: 'high',
    evidence: [],
    documentation: null,
    furtherIssues: [],
    ...rest,
  },
});

describe('decisions', function () {
  this.timeout(60_000);
  const storage = useStorage();
  let api: MessagesApiServer;
  let recorder: Awaited<ReturnType<typeof startUsageRecorder>>;
  let rule: () => Reply;
  const offline = createOfflineClassifier(loadWeights());
  let claude: Classifier;
  let organizations = 0;

  before(async () => {
    api = await startMessagesApiServer({ rule: () => rule() });
    recorder = await startUsageRecorder(api.baseURL);
    claude = createClaudeClassifier({ apiKey: 'key-for-tests', model: MODEL, baseURL: recorder.baseURL });
  });
  after(async () => {
    await recorder?.close();
    await api?.close();
  });
  beforeEach(() => {
    rule = () => answer();
    recorder.bill.length = 0;
  });

  /** An organization of its own with some conversations, each with an open row in the log. */
  const organization = async (count: number, insights: Record<string, unknown> = {}) => {
    const scope = { organizationId: `org-${++organizations}`, integrationId: `integration-${organizations}` };
    const settings = organizationSettingsSchema.parse({ insights });
    await storage.settings.save(scope.organizationId, { insights: settings.insights });
    const conversationIds = Array.from({ length: count }, (_, index) => index + 1);
    await storage.conversations.saveAll(
      scope.organizationId,
      conversationIds.map((id) => storedConversation(scope, id)),
    );
    const batch = { batchId: 'batch', workflowId: 'workflow' };
    await storage.syncEvents.open(
      scope.organizationId,
      conversationIds.map((conversationId) => ({
        ...{ eventId: `batch/${conversationId}`, integrationId: scope.integrationId, workflowId: 'workflow' },
        ...{ type: 'conversationSynced' as const, direction: 'inbound' as const, conversationId },
      })),
    );
    return { scope, request: { ...batch, conversationIds } };
  };
  const activities = (now = () => new Date()) =>
    createClassifyActivities(
      {
        storage,
        classifierOf: (settings) => (settings.classifier === 'offline' ? offline : claude),
        now,
      },
      onePatternEach,
    );
  const run = async (
    { scope, request }: Awaited<ReturnType<typeof organization>>,
    now?: () => Date,
  ): Promise<ClassifyResult> => newEnvironment().run(activities(now).classifyConversations, scope, request);

  it('are kept for each conversation, refusals included, and say what was read and used', async () => {
    const some = await organization(2);
    const replies = [answer(), { kind: 'text', text: '', stopReason: 'refusal' } as const];
    rule = () => replies.shift() ?? answer();
    await run(some);
    const [first] = await storage.decisions.ofConversation(some.scope.organizationId, 1);
    assert.equal(first?.answer.kind, 'classified');
    assert.equal(first?.classifier.model, MODEL);
    assert.match(first?.rawAnswer ?? '', /The export fails/);
    assert.equal(first?.threads.length, 1);
    assert.match(first?.threads[0]?.textHash ?? '', /^[0-9a-f]{64}$/);
    assert.ok((first?.costUsd ?? 0) > 0);
    const [second] = await storage.decisions.ofConversation(some.scope.organizationId, 2);
    assert.equal(second?.answer.kind, 'refused');
    const insight = await storage.insights.get(some.scope.organizationId, 1);
    assert.equal(insight?.decisionId, first?.decisionId);
    assert.equal(JSON.stringify(first).includes('since this morning'), false, 'the conversation’s text is not in it');
  });

  it('leave what is not sure enough to a person, with what it would have been', async () => {
    const some = await organization(1, { reviewBelow: 0.5 });
    rule = () => answer({ confidence: 0.3 });
    await run(some);
    const insight = await storage.insights.get(some.scope.organizationId, 1);
    assert.deepEqual(
      [insight?.outcome, insight?.category, insight?.suggestedCategory, insight?.patternId],
      ['unsure', null, 'bug', null],
    );
    const row = await storage.syncEvents.get(some.scope.organizationId, 'batch/1');
    assert.match(row?.details ?? '', /needs review/);
  });

  it('are not asked for again after a worker was killed between answer and insight', async () => {
    const some = await organization(6);
    const saveMany = storage.insights.saveMany;
    let saved = 0;
    storage.insights.saveMany = async (...args) => {
      if (++saved > 3) throw new Error('killed');
      return saveMany(...args);
    };
    await assert.rejects(run(some));
    storage.insights.saveMany = saveMany;
    assert.equal(recorder.bill.length, 4);
    await run(some);
    assert.equal(recorder.bill.length, 6);
    assert.equal((await storage.insights.counts(some.scope.organizationId, {})).total, 6);
  });

  it('are one record where two activities meet the same conversation at the same moment, and nobody is paid', async () => {
    const some = await organization(3, { classifier: 'offline' });
    const { ofContents } = storage.decisions;
    let waiting = 0;
    // Both have looked before either has decided.
    storage.decisions.ofContents = async () => {
      waiting += 1;
      await until(() => waiting === 2);
      return new Map();
    };
    await Promise.all([run(some), run(some)]);
    storage.decisions.ofContents = ofContents;
    const of = (id: number) => storage.decisions.ofConversation(some.scope.organizationId, id);
    const decisions = await Promise.all(some.request.conversationIds.map(of));
    assert.deepEqual(
      decisions.map(({ length }) => length),
      [1, 1, 1],
    );
    const { insights, equal } = await verifyDecisions(storage, some.scope.organizationId);
    assert.deepEqual([insights, equal], [3, 3]);
  });

  it('have a ledger that is the sum of what the server saw, to the token', async () => {
    const some = await organization(12);
    let asked = 0;
    rule = () => {
      asked += 1;
      if (asked % 5 === 0) return { kind: 'error', status: 529, type: 'overloaded_error' };
      return asked % 4 === 0 ? { kind: 'text', text: 'no JSON' } : answer();
    };
    let again = true;
    for (let tries = 0; again && tries < 20; tries++) {
      again = await run(some).then(
        () => false,
        () => true,
      );
    }
    const {
      calls: _answers,
      unpriced,
      ...ledger
    } = await storage.costs.spentSince(some.scope.organizationId, new Date(0));
    const { calls: _calls, ...bill } = recorder.total();
    assert.equal(unpriced, 0);
    assert.ok(Math.abs(ledger.costUsd - bill.costUsd) < 1e-9);
    assert.deepEqual({ ...ledger, costUsd: 0 }, { ...bill, costUsd: 0 });
    const [day] = await storage.costs.byDay(some.scope.organizationId, new Date(0));
    assert.equal(day?.sum.inputTokens, bill.inputTokens);
  });

  it('queue at the daily cap, say so in the log, and go on the next day', async () => {
    const some = await organization(8, { dailyCapUsd: 0.004 });
    let time = new Date('2026-10-01T22:00:00Z');
    const now = () => time;
    const first = await run(some, now);
    const { left = [] } = first;
    assert.ok(left.length > 0 && left.length < 8, `${left.length} left after ${recorder.total().costUsd}`);
    assert.equal(first.waitMs, 3_600_000);
    const spent = await storage.costs.spentSince(some.scope.organizationId, new Date('2026-10-01T00:00:00Z'));
    assert.ok(spent.costUsd >= 0.004);
    const row = await storage.syncEvents.get(some.scope.organizationId, `batch/${left[0]}`);
    assert.equal(row?.status, 'pending');
    assert.match(row?.details ?? '', /daily limit/);
    assert.deepEqual((await run({ ...some, request: { ...some.request, conversationIds: left } }, now)).left, left);

    let waiting = left;
    for (let day = 2; waiting.length > 0 && day < 10; day++) {
      time = new Date(`2026-10-0${day}T00:00:01Z`);
      waiting = (await run({ ...some, request: { ...some.request, conversationIds: waiting } }, now)).left ?? [];
    }
    assert.equal((await storage.insights.counts(some.scope.organizationId, {})).total, 8);
    const steps = await storage.costs.steps.list(some.scope.organizationId, 10);
    assert.ok(steps.some(({ step, day }) => step === 'waited' && day === '2026-10-01'));
    assert.equal(recorder.bill.length, 8);
  });

  it('step down to the offline model at the cap where the setting says so', async () => {
    const some = await organization(8, { dailyCapUsd: 0.004, atCap: 'offline' });
    assert.equal((await run(some)).left, undefined);
    const decisions = await Promise.all(
      some.request.conversationIds.map((id) => storage.decisions.ofConversation(some.scope.organizationId, id)),
    );
    const kinds = decisions.map(([decision]) => `${decision?.classifier.kind} ${decision?.atCap}`);
    assert.ok(kinds.includes('claude false') && kinds.at(-1) === 'offline true', kinds.join());
    const [step] = await storage.costs.steps.list(some.scope.organizationId, 10);
    assert.equal(step?.step, 'offline');
  });

  it('build every insight again without any model, and tell people’s corrections apart', async () => {
    const some = await organization(60, { classifier: 'offline', reviewBelow: 0.5 });
    await run(some);
    const { organizationId } = some.scope;
    const all = await verifyDecisions(storage, organizationId);
    assert.deepEqual([all.insights, all.equal, all.differences.length], [60, 60, 0]);
    const model = storage.connection.model('Insight');
    await model.updateOne(
      { organizationId, conversationId: 1 },
      { $set: { review: 'corrected', category: 'feature' } },
    );
    await model.updateOne({ organizationId, conversationId: 2 }, { $set: { summary: 'Something else' } });
    const found = await verifyDecisions(storage, organizationId);
    assert.deepEqual([found.equal, found.corrected], [59, 1]);
    assert.deepEqual(found.differences, [{ conversationId: 2, issue: 0, fields: ['summary'] }]);
  });

  it('let what a person said hold, whatever the customer writes next', async () => {
    const some = await organization(1);
    const { organizationId } = some.scope;
    await run(some);
    const correct = () =>
      reviewInsight(
        { storage, now: () => new Date() },
        organizationId,
        { by: 'manager@acme.example', source: 'page' },
        { integrationId: some.scope.integrationId, conversationId: 1, issue: 0 },
        { category: 'feature', severity: null, productArea: null },
      );
    const writeAgain = (text: string) =>
      storage.conversations.saveAll(organizationId, [storedConversation(some.scope, 1, text)]);
    const now = async () => {
      const insight = await storage.insights.get(organizationId, 1);
      return [insight?.category, insight?.review, insight?.revision];
    };
    await correct();
    await run(some);
    assert.deepEqual(await now(), ['feature', 'corrected', 1]);
    await writeAgain('The export fails. Is there any news?');
    await run(some);
    assert.deepEqual(await now(), ['feature', 'corrected', 2]);
    await writeAgain('Thanks, it works. How do I invite a colleague?');
    rule = () => answer({ category: 'question', severity: null });
    await run(some);
    assert.deepEqual(await now(), ['feature', 'corrected', 3]);
  });
});

const newEnvironment = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });

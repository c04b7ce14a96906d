import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createClassifyActivities } from '../../src/activities/classify-activities.ts';
import { createEditionActivities } from '../../src/activities/edition-activities.ts';
import { createWhatIfActivities } from '../../src/activities/what-if-activities.ts';
import type { Classifier } from '../../src/classify/classifier.ts';
import { createOfflineClassifier } from '../../src/classify/offline-classifier.ts';
import { loadWeights } from '../../src/classify/weights.ts';
import { FIRST_TAXONOMY, taxonomyDraftSchema } from '../../src/domain/taxonomy.ts';
import { type WhatIf, whatIfSettingsSchema } from '../../src/domain/what-if.ts';
import { verifyDecisions } from '../../src/local/decisions-verify/verify.ts';
import { recountPatterns } from '../../src/storage/recount-patterns.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import { useStorage } from '../support/storage.ts';
import { storedConversation } from '../support/stored-conversation.ts';

const TEXTS = [
  'The export of the monthly report fails with error 500 since this morning.',
  'The export of the monthly report crashes with an error again.',
  'Please add a dark mode to the settings. It would be nice to have.',
  'How do I change the billing address of my account?',
  'The help article about webhooks is outdated, the documentation is missing the new fields.',
  'Hello there, something.',
];

describe('what-if', function () {
  this.timeout(60_000);
  const storage = useStorage();
  let organizations = 0;
  const offline = createOfflineClassifier(loadWeights());
  /** Says what the instructions say, where there are any: stands for a model that reads them. */
  const obedient: Classifier = {
    ...offline,
    async classify(input, options) {
      const answer = await offline.classify(input, options);
      const wanted = input.taxonomy.instructions;
      return answer.kind === 'classified' && wanted === 'all are features'
        ? { ...answer, category: 'feature' }
        : answer;
    },
  };
  before(quietRuntime);

  const deps = () => ({ storage, classifierOf: () => obedient, now: () => new Date('2026-10-10T12:00:00Z') });
  async function inActivity<A extends unknown[], R>(run: (...args: A) => Promise<R>, ...args: A): Promise<R> {
    return new MockActivityEnvironment().run(run, ...args);
  }

  /** An organization whose conversations are classified by the usual way. */
  async function organization() {
    const scope = { organizationId: `org-${++organizations}`, integrationId: `integration-${organizations}` };
    const conversationIds = TEXTS.map((_, index) => index + 1);
    await storage.conversations.saveAll(
      scope.organizationId,
      conversationIds.map((id) => storedConversation(scope, id, TEXTS[id - 1])),
    );
    await classify(scope, conversationIds);
    return scope;
  }
  const classify = (scope: { organizationId: string; integrationId: string }, conversationIds: number[]) =>
    inActivity(createClassifyActivities(deps()).classifyConversations, scope, {
      ...{ batchId: 'batch', workflowId: 'workflow', conversationIds },
    });

  async function tried(
    { organizationId }: { organizationId: string },
    changes: { instructions?: string; reviewBelow?: number } = {},
  ): Promise<WhatIf> {
    const [{ insights }, taxonomy, { current }] = await Promise.all([
      storage.settings.get(organizationId),
      storage.taxonomies.current(organizationId),
      storage.editions.get(organizationId),
    ]);
    const whatIf: WhatIf = {
      ...{
        whatIfId: `w${Math.random().toString(36).slice(2)}`,
        organizationId,
        by: 'ada',
        createdAt: new Date(),
        days: 30,
      },
      ...{ from: new Date('2026-09-10'), to: new Date('2026-10-10'), changes: [], base: current, state: 'running' },
      draft:
        changes.instructions === undefined
          ? null
          : taxonomyDraftSchema.parse({ ...taxonomy, instructions: changes.instructions }),
      settings: {
        ...whatIfSettingsSchema.parse(insights),
        ...(changes.reviewBelow && { reviewBelow: changes.reviewBelow }),
      },
      ...{ taxonomyVersion: taxonomy.version, problem: '', total: TEXTS.length, done: 0, after: null },
      ...{ former: null, decidedBy: null, endedAt: null },
    };
    await storage.whatIfs.create(whatIf);
    const { whatIfId } = whatIf;
    const { runWhatIf } = createWhatIfActivities(deps());
    while ((await inActivity(runWhatIf, { organizationId, whatIfId })).more);
    return whatIf;
  }
  const itemsOf = ({ organizationId, whatIfId }: WhatIf) =>
    storage.whatIfs.items(organizationId, whatIfId, {}, { limit: 100 });

  async function switchTo({ organizationId, whatIfId }: WhatIf, step: 'publish' | 'undo', meanwhile = async () => {}) {
    const state = step === 'publish' ? ('publishing' as const) : ('undoing' as const);
    await storage.whatIfs.change(organizationId, whatIfId, ['ready', 'published'], { state });
    const input = { organizationId, whatIfId, step, by: 'ada' };
    const activities = createEditionActivities(deps());
    if (step === 'publish') await inActivity(activities.prepareEdition, input);
    await meanwhile();
    await inActivity(activities.putEdition, input);
    await inActivity(activities.settleEdition, input);
  }

  /** Every document of every collection but those that say what a what-if was. */
  async function everything(besides: readonly string[] = []) {
    const left = new Set([
      'whatIfs',
      'whatIfItems',
      'costs',
      'auditTrail',
      'editionMarks',
      'insightEditions',
      ...besides,
    ]);
    const names = Object.values(storage.connection.collections).map(({ name }) => name);
    const contents = names
      .filter((name) => !left.has(name))
      .map(
        async (name) => [name, await storage.connection.collection(name).find({}).sort({ _id: 1 }).toArray()] as const,
      );
    return Object.fromEntries(await Promise.all(contents));
  }
  /** What people see: insights with their patterns, without what says when and how they came about. */
  async function seen({ organizationId }: { organizationId: string }) {
    const { insights } = await storage.insights.list(organizationId, {}, { limit: 100 });
    const patterns = await storage.patterns.list(organizationId);
    return {
      insights: insights.map(({ conversationId, outcome, category, patternId, decisionId, review }) => ({
        ...{ conversationId, outcome, category, patternId, decisionId, review },
      })),
      patterns: patterns.map(({ patternId, title, category, conversations }) => ({
        ...{ patternId, title, category, conversations },
      })),
    };
  }
  const categories = async ({ organizationId }: { organizationId: string }) =>
    (await storage.insights.list(organizationId, {}, { limit: 100 })).insights.map(({ category }) => category);

  it('of no change shows no difference, asks nobody and leaves everything as it is', async () => {
    const here = await organization();
    const before = await everything();
    const whatIf = await tried(here);
    const run = await storage.whatIfs.get(here.organizationId, whatIf.whatIfId);
    assert.deepEqual([run?.state, run?.done, await itemsOf(whatIf)], ['ready', TEXTS.length, []]);
    assert.equal((await storage.whatIfs.summary(here.organizationId, whatIf.whatIfId)).asked, 0);
    assert.deepEqual(await everything(), before);
  });

  it('that asks anew and hears the same shows no difference either', async () => {
    const here = await organization();
    const whatIf = await tried(here, { instructions: 'nothing special' });
    const summary = await storage.whatIfs.summary(here.organizationId, whatIf.whatIfId);
    assert.deepEqual([summary.asked, summary.differing], [TEXTS.length, 0]);
  });

  it('shows what would be otherwise, and changes nothing while it is only tried', async () => {
    const here = await organization();
    const before = await everything();
    const whatIf = await tried(here, { instructions: 'all are features' });
    const items = await itemsOf(whatIf);
    assert.ok(items.length >= 3, `${items.length} differ`);
    assert.ok(items.every(({ changes, categoryAfter }) => changes.includes('moved') && categoryAfter === 'feature'));
    const bugs = await storage.whatIfs.items(here.organizationId, whatIf.whatIfId, { before: 'bug' }, { limit: 100 });
    assert.ok(bugs.length > 0 && bugs.length < items.length);
    assert.deepEqual(await everything(), before);
    await storage.whatIfs.removeItems(here.organizationId, whatIf.whatIfId);
    assert.deepEqual(await everything(), before, 'discarded');
  });

  it('of another threshold costs nothing, and drops what is not sure enough', async () => {
    const here = await organization();
    const whatIf = await tried(here, { reviewBelow: 0.95 });
    const items = await itemsOf(whatIf);
    assert.ok(items.length > 0);
    assert.ok(items.every(({ asked, changes }) => !asked && changes.includes('dropped')));
    await switchTo(whatIf, 'publish');
    assert.ok((await categories(here)).filter((category) => category === null).length >= items.length);
    assert.equal((await storage.settings.get(here.organizationId)).insights.reviewBelow, 0.95);
    const report = await verifyDecisions(storage, here.organizationId);
    assert.deepEqual([report.insights, report.equal, report.differences], [TEXTS.length, TEXTS.length, []]);
  });

  it('is published in one step with its taxonomy, and undone to what was there before', async () => {
    const here = await organization();
    const before = {
      seen: await seen(here),
      all: await everything(['taxonomies', 'decisions', 'recordProposals', 'organizationSettings']),
    };
    const whatIf = await tried(here, { instructions: 'all are features' });
    await switchTo(whatIf, 'publish', async () => {
      assert.deepEqual(await seen(here), before.seen, 'nobody sees it before the step');
    });
    assert.ok((await categories(here)).every((category) => category === null || category === 'feature'));
    const taxonomy = await storage.taxonomies.current(here.organizationId);
    assert.deepEqual([taxonomy.version, taxonomy.instructions], [2, 'all are features']);
    const [insight] = (await storage.insights.list(here.organizationId, {}, { limit: 1 })).insights;
    assert.deepEqual([insight?.organizationId, insight?.taxonomyVersion], [here.organizationId, 2]);
    for (const pattern of await storage.patterns.list(here.organizationId)) {
      assert.equal(pattern.organizationId, here.organizationId);
      assert.equal(pattern.category, 'feature');
    }
    const report = await verifyDecisions(storage, here.organizationId);
    assert.deepEqual([report.equal, report.differences], [TEXTS.length, []]);

    await switchTo(whatIf, 'undo');
    assert.deepEqual(await seen(here), before.seen);
    assert.equal((await storage.taxonomies.current(here.organizationId)).instructions, FIRST_TAXONOMY.instructions);
    assert.deepEqual(
      await everything(['taxonomies', 'decisions', 'recordProposals', 'organizationSettings']),
      before.all,
    );
    assert.equal((await storage.whatIfs.get(here.organizationId, whatIf.whatIfId))?.state, 'undone');
  });

  it('loses nothing that arrives or is decided while it is published, or before it is undone', async () => {
    const here = await organization();
    const { organizationId, integrationId } = here;
    const whatIf = await tried(here, { instructions: 'all are features' });
    const arrive = async (id: number) => {
      await storage.conversations.saveAll(organizationId, [storedConversation(here, id, TEXTS[0])]);
      await classify(here, [id]);
    };
    const judge = (conversationId: number) =>
      storage.insights.setJudged(organizationId, { integrationId, conversationId, issue: 0 }, {
        ...{ outcome: 'classified', category: 'question', suggestedCategory: null, review: 'corrected' },
        ...{ severity: null, productArea: null },
      } as Parameters<Storage['insights']['setJudged']>[2]);
    await switchTo(whatIf, 'publish', async () => {
      await arrive(101);
      await judge(1);
    });
    const get = async (id: number) => storage.insights.get(organizationId, id);
    assert.deepEqual(
      [(await get(101))?.category, (await get(1))?.category, (await get(2))?.category],
      ['bug', 'question', 'feature'],
    );
    const total = async () => (await storage.insights.counts(organizationId, {})).total;
    assert.equal(await total(), TEXTS.length + 1);
    await arrive(102);
    await judge(3);
    const patternId = (await get(102))?.patternId ?? '';
    await storage.patternMembers.move(organizationId, integrationId, [
      { conversationId: 4, issue: 0, from: (await get(4))?.patternId ?? null, to: patternId },
    ]);
    await switchTo(whatIf, 'undo');
    assert.equal(await total(), TEXTS.length + 2);
    assert.deepEqual(
      [(await get(102))?.category, (await get(3))?.category, (await get(2))?.category, (await get(4))?.category],
      ['feature', 'question', 'bug', 'question'],
    );
    assert.equal((await get(4))?.patternId, patternId);
    const counted = async () => (await storage.patterns.get(organizationId, patternId))?.conversations;
    const shown = await counted();
    await recountPatterns(storage, organizationId, [patternId]);
    assert.equal(shown, await counted());
  });

  it('leaves what a person judged as it is', async () => {
    const here = await organization();
    const { organizationId, integrationId } = here;
    await storage.insights.setJudged(organizationId, { integrationId, conversationId: 1, issue: 0 }, {
      ...{ outcome: 'classified', category: 'bug', suggestedCategory: null, review: 'confirmed' },
      ...{ severity: null, productArea: null },
    } as Parameters<Storage['insights']['setJudged']>[2]);
    const whatIf = await tried(here, { instructions: 'all are features' });
    assert.equal(
      (await itemsOf(whatIf)).some(({ conversationId }) => conversationId === 1),
      false,
    );
    await switchTo(whatIf, 'publish');
    assert.equal((await storage.insights.get(organizationId, 1))?.category, 'bug');
  });

  it('is refused when something else was published since', async () => {
    const here = await organization();
    const [first, second] = [await tried(here, { reviewBelow: 0.9 }), await tried(here, { reviewBelow: 0.95 })];
    await switchTo(first, 'publish');
    await assert.rejects(switchTo(second, 'publish'), /Something else was published/);
  });
});

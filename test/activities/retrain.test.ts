import assert from 'node:assert/strict';
import { classifiersOf } from '../../src/activities/classifiers-of.ts';
import type { OwnModel } from '../../src/activities/deps.ts';
import { createRetrainActivities } from '../../src/activities/retrain-activities.ts';
import type { Classifier, ClassifyInput } from '../../src/classify/classifier.ts';
import type { Category } from '../../src/domain/category.ts';
import { organizationSettingsSchema } from '../../src/domain/organization-settings.ts';
import { issueKeyOf, type Said } from '../../src/domain/review.ts';
import { FIRST_TAXONOMY } from '../../src/domain/taxonomy.ts';
import { addClassified } from '../support/classified.ts';
import { useStorage } from '../support/storage.ts';

const AT = new Date('2026-11-18T12:00:00Z');
const said: Said = {
  ...{ outcome: 'classified', category: 'bug', suggestedCategory: null, confidence: 0.9 },
  ...{ productArea: null, severity: null, classifier: { kind: 'offline', model: 'shipped' }, taxonomyVersion: 1 },
};

/** Says "bug" to everything, but for words that its own model has learned. */
const classifierOf = (_settings: unknown, own: OwnModel | null = null): Classifier => ({
  identity: { kind: 'offline', model: 'shipped' },
  promptVersion: 'offline-test',
  async classify({ threads }) {
    const learned = new Map(Object.entries((own?.model ?? {}) as Record<string, Category>));
    const category = learned.get(threads[0]?.text.split(' ')[0] ?? '') ?? 'bug';
    const issue = { category, confidence: 0.9, summary: '', productArea: null, severity: null, evidence: [] };
    return {
      ...{ kind: 'classified', ...issue, documentation: null, further: [] },
      ...{ rawAnswer: '', requestId: null, tokens: null },
    };
  },
});
type Cases = readonly { subject: string; text: string; category: Category }[];
const learnFirstWords = (cases: Cases) =>
  Object.fromEntries(cases.map(({ text, category }) => [text.split(' ')[0], category]));

describe('retraining for an organization', function () {
  this.timeout(60_000);
  const storage = useStorage();

  async function judged(organizationId: string, texts: readonly (readonly [string, Category])[]) {
    const integrationId = 'i1';
    await addClassified(
      storage,
      { organizationId, integrationId },
      texts.map(([text], index) => ({ conversationId: index + 1, category: 'bug', text, reportedAt: AT })),
    );
    for (const [index, [, category]] of texts.entries()) {
      const key = { integrationId, conversationId: index + 1, issue: 0 };
      const judgement = { category, productArea: null, severity: null };
      const verdict = category === 'bug' ? ('confirmed' as const) : ('corrected' as const);
      const entry = { ...key, reviewId: issueKeyOf(key), judgement, verdict, said, by: 'ada', at: AT };
      await storage.regressionCases.put(organizationId, entry);
    }
  }
  async function train(organizationId: string, retrain: (cases: Cases) => unknown = learnFirstWords) {
    const version = await storage.organizationModels.begin(organizationId, 'ada@acme.example', AT);
    const activities = createRetrainActivities({
      ...{ storage, classifierOf },
      retrain: async (cases) => retrain(cases),
    });
    const result = await activities.trainOrganizationModel({ organizationId, version });
    return { version, ...result, entry: (await storage.organizationModels.list(organizationId))[0] };
  }
  const wishes = Array.from({ length: 30 }, (_, n): [string, Category] =>
    n % 3 === 0 ? [`Broken thing ${n}`, 'bug'] : [`Wish number ${n}`, 'feature'],
  );

  it('publishes a model that gets more cases right, each measured without having been trained on it', async () => {
    await judged('better', wishes);
    const seen: number[] = [];
    const { version, state, entry } = await train('better', (cases) => {
      seen.push(cases.length);
      return learnFirstWords(cases);
    });
    assert.equal(state, 'published');
    assert.deepEqual([entry?.report?.cases, entry?.report?.before.right, entry?.report?.after.right], [30, 10, 30]);
    assert.ok(seen.slice(0, -1).every((size) => size < 30));
    assert.equal(seen.at(-1), 30);
    const current = await storage.organizationModels.current('better');
    assert.deepEqual(
      [current?.version, current?.basedOn, current?.model],
      [version, 'shipped', { Broken: 'bug', Wish: 'feature' }],
    );
  });

  it('does not publish a model that is worse, and says so', async () => {
    await judged('worse', wishes);
    const { state, entry } = await train('worse', () => ({ Broken: 'question', Wish: 'question' }));
    assert.equal(state, 'rejected');
    assert.equal(entry?.report?.after.right, 0);
    assert.equal(await storage.organizationModels.current('worse'), null);
  });

  it('does nothing with few cases', async () => {
    await judged('few', wishes.slice(0, 5));
    assert.equal((await train('few')).state, 'failed');
  });

  it('can be taken back to the model before, and to the shipped one', async () => {
    await judged('undone', wishes);
    await train('undone');
    await train('undone');
    assert.equal(await storage.organizationModels.undo('undone', 1, 'ada', AT), false);
    assert.equal(await storage.organizationModels.undo('undone', 2, 'ada', AT), true);
    assert.equal((await storage.organizationModels.current('undone'))?.version, 1);
    assert.equal(await storage.organizationModels.undo('undone', 1, 'ada', AT), true);
    assert.equal(await storage.organizationModels.current('undone'), null);
  });

  it('is repeated after a crash without a second model', async () => {
    await judged('repeated', wishes);
    const { version } = await train('repeated');
    const activities = createRetrainActivities({ storage, classifierOf, retrain: async () => ({}) });
    await activities.trainOrganizationModel({ organizationId: 'repeated', version });
    assert.deepEqual((await storage.organizationModels.current('repeated'))?.model, {
      Broken: 'bug',
      Wish: 'feature',
    });
  });
});

describe('an organization’s own weights', function () {
  this.timeout(60_000);

  it('change its answers, and nobody else’s', async () => {
    const { classifierOf: realOf, retrain } = classifiersOf({ anthropic: null });
    assert.ok(retrain);
    const settings = organizationSettingsSchema.parse({}).insights;
    const words = 'The blue marmalade widget is shown beside the ledger every Tuesday';
    const input: ClassifyInput = {
      subject: 'Widget',
      threads: [{ threadId: 1, author: 'customer', text: words, createdAt: AT }],
      taxonomy: FIRST_TAXONOMY,
      docsExcerpts: [],
    };
    const before = await realOf(settings).classify(input);
    assert.ok(before.kind === 'classified');
    const category = before.category === 'documentation' ? 'feature' : 'documentation';
    const model: unknown = JSON.parse(JSON.stringify(await retrain([{ subject: 'Widget', text: words, category }])));
    const own = realOf(settings, { basedOn: realOf(settings).identity.model, model });
    const after = await own.classify(input);
    assert.equal(after.kind === 'classified' && after.category, category);
    assert.notEqual(own.identity.model, realOf(settings).identity.model);
    const again = await realOf(settings, { basedOn: 'other weights', model }).classify(input);
    assert.equal(again.kind === 'classified' && again.category, before.category);
  });
});

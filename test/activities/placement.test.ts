import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createPlacementActivities } from '../../src/activities/placement-activities.ts';
import { reviewInsight } from '../../src/api/commands/review-insight.ts';
import type { Category } from '../../src/domain/category.ts';
import { addClassified } from '../support/classified.ts';
import { useStorage } from '../support/storage.ts';

const AT = new Date('2026-03-01T08:00:00Z');
const TEXT = 'Exporting invoices to PDF fails with an empty page.';

describe('patterns of what people categorized', function () {
  this.timeout(60_000);
  const storage = useStorage();

  /** An organization with conversations that the classifier was not sure of: ids 1, 2 .. */
  async function unsure(texts: readonly string[]) {
    const { organizationId } = await storage.organizations.create({ name: 'Acme', timeZone: 'Europe/Berlin' });
    const { integrationId } = await storage.integrations.create(organizationId);
    const scope = { organizationId, integrationId };
    await addClassified(
      storage,
      scope,
      texts.map((text, index) => ({ conversationId: index + 1, category: null, text, reportedAt: AT })),
    );
    const activities = createPlacementActivities({ storage });
    return {
      ...scope,
      categorize: (conversationId: number, category: Category) =>
        reviewInsight(
          { storage, now: () => AT },
          organizationId,
          { by: 'ann@acme.example', source: 'lowConfidence' },
          { integrationId, conversationId, issue: 0 },
          { category, productArea: null, severity: null },
        ),
      listed: async () => {
        const all = await activities.listUnplaced();
        return all.filter((one) => one.organizationId === organizationId);
      },
      place: (attempt = 1) =>
        new MockActivityEnvironment({ attempt }).run(activities.placeIssues, { ...scope, from: 0 }),
      patternsOf: async () => {
        const ids = texts.map((_, index) => index + 1);
        return (await storage.insights.getMany(organizationId, integrationId, ids)).map(({ patternId }) => patternId);
      },
    };
  }

  it('are found, counted, and stay; what nobody categorized has none', async () => {
    const { organizationId, integrationId, categorize, listed, place, patternsOf } = await unsure([TEXT, TEXT, 'Hm.']);
    assert.deepEqual(await listed(), []);
    await categorize(1, 'bug');
    await categorize(2, 'bug');
    assert.deepEqual(await listed(), [{ organizationId, integrationId }]);
    assert.deepEqual(await place(), { placed: 2, next: null });
    const [one, two, three] = await patternsOf();
    assert.ok(one);
    assert.deepEqual([two, three], [one, null]);
    const pattern = await storage.patterns.get(organizationId, one);
    assert.deepEqual([pattern?.category, pattern?.conversations, pattern?.customers], ['bug', 2, 2]);
    assert.deepEqual(await listed(), []);
    assert.deepEqual(await place(), { placed: 0, next: null });
    assert.deepEqual(await patternsOf(), [one, one, null]);
  });

  it('are counted by the next try when one was stopped halfway', async () => {
    const { organizationId, categorize, place, patternsOf } = await unsure([TEXT]);
    await categorize(1, 'bug');
    await place();
    const [patternId] = await patternsOf();
    assert.ok(patternId);
    await storage.patterns.saveEmpty(organizationId, [patternId]);
    await place(2);
    assert.equal((await storage.patterns.get(organizationId, patternId))?.conversations, 1);
  });

  it('wait for nothing when a conversation is gone', async () => {
    const { organizationId, categorize, place, patternsOf } = await unsure([TEXT, TEXT]);
    await categorize(1, 'bug');
    await categorize(2, 'bug');
    await storage.connection.collection('conversations').deleteOne({ organizationId, conversationId: 1 });
    assert.deepEqual(await place(), { placed: 1, next: null });
    const [one, two] = await patternsOf();
    assert.equal(one, null);
    assert.ok(two);
  });
});

import assert from 'node:assert/strict';
import type { Insight } from '../../src/domain/insight.ts';
import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';

const ORGANIZATION = 'org';
const at = new Date('2026-10-01T08:00:00Z');

const insight = (
  conversationId: number,
  contentHash: string,
  rest: Partial<Insight> = {},
): Omit<Insight, 'revision' | 'organizationId'> => ({
  integrationId: 'integration',
  conversationId,
  issue: 0,
  outcome: 'classified',
  category: 'bug',
  confidence: 0.9,
  suggestedCategory: null,
  summary: 'It fails',
  productArea: null,
  severity: null,
  evidence: [],
  classifier: { kind: 'offline', model: 'test' },
  taxonomyVersion: 1,
  decisionId: null,
  review: 'none',
  documentation: null,
  patternId: 'p',
  customerKey: 'ada@client.example',
  subject: 'Export',
  mailboxId: 310,
  reportedAt: at,
  classifiedAt: at,
  contentHash,
  ...rest,
});

describe('several issues of one conversation', function () {
  this.timeout(60_000);
  let mongodb: MongodbServer;
  let storage: Storage;
  let uri: string;
  before(async () => {
    mongodb = await startMongodb();
    uri = mongodb.newDatabase();
    storage = await connectStorage(uri);
  });
  after(async () => {
    await storage?.close();
    await mongodb?.stop();
  });

  const issuesOf = async (conversationId: number) =>
    (await storage.insights.ofConversation(ORGANIZATION, conversationId)).map(({ issue, summary, contentHash }) => [
      issue,
      summary,
      contentHash,
    ]);

  it('are replaced together by new content, and left alone by the same', async () => {
    const first = [
      insight(1, 'a'),
      [insight(1, 'a', { issue: 1, summary: 'Slow' }), insight(1, 'a', { issue: 2 })],
    ] as const;
    assert.equal(await storage.insights.save(ORGANIZATION, first[0], first[1]), true);
    assert.equal(await storage.insights.save(ORGANIZATION, first[0], first[1]), false);
    assert.deepEqual(await issuesOf(1), [
      [0, 'It fails', 'a'],
      [1, 'Slow', 'a'],
      [2, 'It fails', 'a'],
    ]);
    assert.equal(await storage.insights.save(ORGANIZATION, insight(1, 'b'), [insight(1, 'b', { issue: 1 })]), true);
    assert.deepEqual(await issuesOf(1), [
      [0, 'It fails', 'b'],
      [1, 'It fails', 'b'],
    ]);
    assert.equal((await storage.insights.get(ORGANIZATION, 1))?.revision, 2);
    const hashes = await storage.insights.contentHashes(ORGANIZATION, 'integration', [1]);
    assert.deepEqual([...hashes], [[1, 'b']]);
  });

  it('are finished by the next try when a replacement was interrupted', async () => {
    await storage.insights.save(ORGANIZATION, insight(2, 'a'));
    const model = storage.connection.model('Insight');
    await model.updateOne({ conversationId: 2, issue: 0 }, { $set: { contentHash: '', revision: 2 } });
    assert.equal(await storage.insights.save(ORGANIZATION, insight(2, 'b'), [insight(2, 'b', { issue: 1 })]), true);
    assert.equal((await issuesOf(2)).length, 2);
  });

  it('store one winner whole when two come at once', async () => {
    const save = (name: string) =>
      storage.insights.save(ORGANIZATION, insight(3, name, { summary: name }), [
        insight(3, name, { issue: 1, summary: name }),
        insight(3, name, { issue: 2, summary: name }),
      ]);
    await Promise.all([save('x'), save('y'), save('z')]);
    const found = await issuesOf(3);
    assert.equal(new Set(found.map(([, summary]) => summary)).size, 1, JSON.stringify(found));
    assert.equal(found.length, 3);
  });

  it('are all listed, in order, whatever the length of a page', async () => {
    for (let conversationId = 10; conversationId < 16; conversationId++) {
      await storage.insights.save(
        ORGANIZATION,
        insight(conversationId, 'a', { mailboxId: 99 }),
        [1, 2].map((issue) => insight(conversationId, 'a', { issue, mailboxId: 99 })),
      );
    }
    const seen: string[] = [];
    let cursor: { at: Date; id: number | string } | undefined;
    do {
      const page = await storage.insights.list(ORGANIZATION, { mailboxId: 99 }, { limit: 4, cursor });
      seen.push(...page.insights.map(({ conversationId, issue }) => `${conversationId}.${issue}`));
      cursor = page.next ?? undefined;
    } while (cursor);
    assert.deepEqual(
      seen,
      [15, 14, 13, 12, 11, 10].flatMap((id) => [0, 1, 2].map((issue) => `${id}.${issue}`)),
    );
  });

  it('count as one conversation, one customer and one report of a pattern', async () => {
    const both = { patternId: 'both', customerKey: 'grace@client.example' };
    await storage.insights.save(ORGANIZATION, insight(20, 'a', both), [insight(20, 'a', { ...both, issue: 1 })]);
    await storage.insights.save(ORGANIZATION, insight(21, 'a', both));
    const [counts] = await storage.insights.patternCounts(ORGANIZATION, ['both']);
    assert.equal(counts?.conversations, 2);
    assert.equal(counts?.customers, 1);
    assert.equal((await storage.insights.reports(ORGANIZATION, ['both'], new Date(0))).length, 2);
  });

  it('fit into a database that is older than them', async () => {
    const model = storage.connection.model('Insight');
    const key = { organizationId: 1, integrationId: 1, conversationId: 1 } as const;
    await model.collection.deleteMany({});
    await model.collection.createIndex(key, { unique: true });
    const {
      issue: _issue,
      suggestedCategory: _suggested,
      review: _review,
      decisionId: _decision,
      ...old
    } = insight(30, 'a');
    await model.collection.insertOne({ ...old, organizationId: ORGANIZATION, revision: 1 });
    const again = await connectStorage(uri);
    try {
      const found = await again.insights.get(ORGANIZATION, 30);
      assert.deepEqual([found?.issue, found?.review, found?.decisionId], [0, 'none', null]);
      assert.equal(await again.insights.save(ORGANIZATION, insight(30, 'a')), false);
      assert.equal(await again.insights.save(ORGANIZATION, insight(30, 'b'), [insight(30, 'b', { issue: 1 })]), true);
      assert.deepEqual(await issuesOf(30), [
        [0, 'It fails', 'b'],
        [1, 'It fails', 'b'],
      ]);
    } finally {
      await again.close();
    }
  });
});

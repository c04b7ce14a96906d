import assert from 'node:assert/strict';
import type { DocumentationNeed } from '../../src/domain/documentation-need.ts';
import { useStorage } from '../support/storage.ts';

const ARTICLE = { articleId: 'a1', title: 'Exporting', url: 'https://help.acme.example/article/1-exporting' };
const day = (number: number) => new Date(Date.UTC(2026, 2, number));

describe('documentation needs', function () {
  this.timeout(60_000);
  const storage = useStorage();
  before(async () => {
    const save = (
      organizationId: string,
      conversationId: number,
      customerKey: string,
      documentation: DocumentationNeed | null,
      patternId: string | null = null,
    ) =>
      storage.insights.save(organizationId, {
        ...{ integrationId: 'i', conversationId, issue: 0, outcome: 'classified', confidence: 0.9, productArea: null },
        ...{ category: documentation ? 'documentation' : 'bug', suggestedCategory: null, severity: null, evidence: [] },
        ...{ classifier: { kind: 'offline', model: 'test' }, taxonomyVersion: 1, decisionId: null, review: 'none' },
        ...{ documentation, patternId, customerKey, subject: 'x', summary: `summary ${conversationId}`, mailboxId: 1 },
        ...{ reportedAt: day(conversationId), classifiedAt: day(20), contentHash: 'h' },
      });
    await save('org', 1, 'ada', { problem: 'wrong', article: ARTICLE });
    await save('org', 2, 'ada', { problem: 'wrong', article: ARTICLE });
    await save('org', 3, 'bo', { problem: 'hardToFind', article: { ...ARTICLE, title: 'Exporting data' } });
    await save('org', 4, 'bo', { problem: 'wrong', article: { ...ARTICLE, articleId: 'a2', title: 'Importing' } });
    await save('org', 5, 'ada', { problem: 'missing', article: null }, 'pattern');
    await save('org', 6, 'cy', { problem: 'missing', article: null }, 'pattern');
    await save('org', 7, 'cy', { problem: 'missing', article: null });
    await save('org', 8, 'cy', null);
    await save('another', 9, 'dee', { problem: 'wrong', article: { ...ARTICLE, title: 'Theirs' } });
  });

  it('lists articles by distinct customers, with what went wrong and the title of the latest', async () => {
    assert.deepEqual(await storage.documentationNeeds.byArticle('org', {}, 10), [
      {
        ...{ articleId: 'a1', title: 'Exporting data', url: ARTICLE.url, customers: 2, conversations: 3 },
        ...{ lastReportedAt: day(3), problems: { missing: 0, hardToFind: 1, wrong: 2 } },
      },
      {
        ...{ articleId: 'a2', title: 'Importing', url: ARTICLE.url, customers: 1, conversations: 1 },
        ...{ lastReportedAt: day(4), problems: { missing: 0, hardToFind: 0, wrong: 1 } },
      },
    ]);
  });

  it('gathers what no article is about by pattern, and by conversation where there is none', async () => {
    const topics = await storage.documentationNeeds.withoutArticle('org', {}, 10);
    assert.deepEqual(
      topics.map(({ patternId, customers, summary }) => [patternId, customers, summary]),
      [
        ['pattern', 2, 'summary 6'],
        [null, 1, 'summary 7'],
      ],
    );
  });

  it('filters by problem and time', async () => {
    const ids = async (filter: Parameters<typeof storage.documentationNeeds.byArticle>[1]) =>
      (await storage.documentationNeeds.byArticle('org', filter, 10)).map(({ articleId }) => articleId);
    assert.deepEqual(await ids({ problem: 'hardToFind' }), ['a1']);
    assert.deepEqual(await ids({ problem: 'missing' }), []);
    assert.deepEqual(await ids({ from: day(4) }), ['a2']);
    assert.equal((await storage.documentationNeeds.withoutArticle('org', { problem: 'wrong' }, 10)).length, 0);
    assert.equal(await storage.documentationNeeds.count('org'), 7);
  });

  it('lists the conversations of an article, newest first, of nobody else', async () => {
    const found = await storage.documentationNeeds.ofArticle('org', 'a1', {}, 10);
    assert.deepEqual(
      found.map(({ conversationId }) => conversationId),
      [3, 2, 1],
    );
    assert.equal((await storage.documentationNeeds.ofArticle('another', 'a1', {}, 10)).length, 1);
  });
});

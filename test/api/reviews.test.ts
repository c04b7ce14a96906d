import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRows } from '../../src/classify/training/dataset.ts';
import { issueKeyOf } from '../../src/domain/review.ts';
import { addApiKey, apiClient } from '../support/api-client.ts';
import type { Browser } from '../support/browser.ts';
import { addClassified } from '../support/classified.ts';
import { useMongodb } from '../support/mongodb.ts';
import { addMember, addOrganization, signIn, startWebApp, type WebApp } from '../support/web-app.ts';

const NOW = new Date('2026-11-18T12:00:00Z');
const MANAGER = 'manager@acme.example';

describe('what people say to insights', function () {
  this.timeout(60_000);
  const mongodb = useMongodb();
  let app: WebApp;
  let organizationId: string;
  let integrationId: string;
  let browser: Browser;
  let seconds = 0;
  beforeEach(async () => {
    app = await startWebApp({ mongodbUri: mongodb.newDatabase() });
    tick();
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
    await addMember(app.storage, organizationId, MANAGER, 'manager');
    ({ integrationId } = await app.storage.integrations.create(organizationId));
    browser = await signIn(app, MANAGER);
  });
  afterEach(() => app?.stop());

  const tick = () => app.setTime(new Date(NOW.getTime() + ++seconds * 1000));
  const fill = (count: number, patternId: string | null = null) =>
    addClassified(
      app.storage,
      { organizationId, integrationId },
      Array.from({ length: count }, (_, index) => ({
        conversationId: 7001 + index,
        category: 'bug' as const,
        text: `Export ${index} fails.`,
        reportedAt: new Date(NOW.getTime() - index * 60_000),
        patternId,
      })),
    );
  const correct = (conversationId: number, fields: Record<string, string>) => {
    tick();
    return browser.submit(`/conversations/${conversationId}/insight`, fields, '/insights');
  };
  const key = (conversationId: number) => ({ integrationId, conversationId, issue: 0 });
  const pattern = () => app.storage.patterns.get(organizationId, 'p1');

  it('are kept with who and before/after, bind later runs, and recount the pattern', async () => {
    await fill(3, 'p1');
    for (const id of [7001, 7002]) {
      assert.equal((await correct(id, { category: 'feature', productArea: 'Export', severity: '' })).status, 303);
    }
    const insight = await app.storage.insights.get(organizationId, 7001);
    assert.deepEqual([insight?.category, insight?.productArea, insight?.review], ['feature', 'Export', 'corrected']);
    assert.equal((await pattern())?.category, 'feature');
    const [review] = await app.storage.reviews.ofConversation(organizationId, 7001);
    assert.deepEqual([review?.by, review?.before.category, review?.after?.category], [MANAGER, 'bug', 'feature']);
    const binding = await app.storage.regressionCases.binding(organizationId, integrationId, [7001, 7003]);
    assert.deepEqual([...binding.keys()], [7001]);
    assert.equal(binding.get(7001)?.[0]?.judgement.category, 'feature');
  });

  it('confirm what they repeat, and mend an issue that had no category', async () => {
    await addClassified(app.storage, { organizationId, integrationId }, [
      { conversationId: 7001, category: 'bug', text: 'It fails.', reportedAt: NOW },
      { conversationId: 7002, category: null, text: 'Hm.', reportedAt: NOW },
    ]);
    await correct(7001, { category: 'bug' });
    await correct(7002, { category: 'question' });
    assert.equal((await app.storage.insights.get(organizationId, 7001))?.review, 'confirmed');
    const mended = await app.storage.insights.get(organizationId, 7002);
    assert.deepEqual([mended?.outcome, mended?.category, mended?.review], ['classified', 'question', 'corrected']);
  });

  it('are taken back one by one, down to what the classifier had said', async () => {
    await fill(1, 'p1');
    await correct(7001, { category: 'feature' });
    await correct(7001, { category: 'question' });
    const undoLast = async () => {
      const [last] = (await app.storage.reviews.ofIssue(organizationId, key(7001))).filter(({ undone }) => !undone);
      tick();
      await browser.submit('/insights/review/undo', { queue: 'random', reviewId: last?.reviewId ?? '' }, '/insights');
      return app.storage.insights.get(organizationId, 7001);
    };
    assert.deepEqual([(await undoLast())?.category, (await pattern())?.category], ['feature', 'feature']);
    const first = await undoLast();
    assert.deepEqual([first?.category, first?.review, (await pattern())?.category], ['bug', 'none', 'bug']);
    assert.equal(await app.storage.regressionCases.get(organizationId, key(7001)), null);
  });

  it('change the record of their pattern, also when they are taken back', async () => {
    await fill(5, 'p1');
    const kind = async () => (await app.storage.issueRecords.byPatterns(organizationId, ['p1']))[0]?.kind;
    for (const id of [7001, 7002, 7003]) await correct(id, { category: 'feature' });
    assert.equal(await kind(), 'feature');
    for (const id of [7003, 7002, 7001]) {
      const [last] = await app.storage.reviews.ofIssue(organizationId, key(id));
      await browser.submit('/insights/review/undo', { queue: 'random', reviewId: last?.reviewId ?? '' }, '/insights');
    }
    assert.equal(await kind(), 'bug');
  });

  it('are not taken back when somebody has judged the issue since', async () => {
    await fill(1);
    await correct(7001, { category: 'feature' });
    const [review] = await app.storage.reviews.ofIssue(organizationId, key(7001));
    await correct(7001, { category: 'question' });
    const fields = { queue: 'random', reviewId: review?.reviewId ?? '' };
    assert.equal((await browser.submit('/insights/review/undo', fields, '/insights')).status, 409);
    assert.equal((await app.storage.insights.get(organizationId, 7001))?.category, 'question');
  });

  it('are asked for in a random sample that is drawn once a week, the same from the same', async () => {
    await fill(120, 'p1');
    await browser.get('/insights/review');
    const sample = await app.storage.reviewSamples.get(organizationId, '2026-11-16');
    assert.deepEqual([sample?.frame, sample?.members.length, sample?.pairs.length], [120, 50, 15]);
    assert.equal(new Set(sample?.members.map(issueKeyOf)).size, 50);
    for (const { conversationIds } of sample?.pairs ?? []) assert.notEqual(conversationIds[0], conversationIds[1]);
    await app.storage.connection.collection('reviewSamples').deleteMany({});
    await browser.get('/insights/review');
    assert.deepEqual((await app.storage.reviewSamples.get(organizationId, '2026-11-16'))?.members, sample?.members);
  });

  it('measure by the random sample alone, however many unsure ones are judged elsewhere', async () => {
    await fill(20, 'p1');
    await browser.get('/insights/review');
    const sample = await app.storage.reviewSamples.get(organizationId, '2026-11-16');
    for (const { conversationId } of sample?.members.slice(2) ?? [])
      await correct(conversationId, { category: 'feature' });
    const first = sample?.members[0];
    assert.ok(first);
    tick();
    await browser.submit(
      '/insights/review',
      {
        queue: 'random',
        ...key(first.conversationId),
        conversationId: String(first.conversationId),
        issue: '0',
        action: 'judge',
        category: 'bug',
      },
      '/insights',
    );
    const client = apiClient(app.origin, (await addApiKey(app.storage, organizationId)).secret);
    const card = (await client('get', '/api/v1/quality')).body;
    assert.deepEqual([card.overall.judged, card.overall.right.share, card.cases.total], [1, 1, 19]);
  });

  it('are exported as rows that the evaluation of classifiers reads', async () => {
    await fill(2);
    await correct(7002, { category: 'documentation' });
    const { text, headers } = await browser.get('/insights/quality/cases/export.jsonl');
    assert.match(headers.get('content-disposition') ?? '', /regression-cases\.jsonl/);
    const folder = mkdtempSync(join(tmpdir(), 'cases-'));
    try {
      writeFileSync(join(folder, 'cases.jsonl'), text);
      const rows = readRows(join(folder, 'cases.jsonl')).map(({ label, text: words }) => [label, words]);
      assert.deepEqual(rows, [['documentation', 'Export 1 fails.']]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('come by the API too', async () => {
    await fill(1);
    const client = apiClient(app.origin, (await addApiKey(app.storage, organizationId)).secret);
    const answer = await client('post', '/api/v1/insights/7001/review', { category: 'feature', severity: 'high' });
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual([answer.body.verdict, answer.body.before.category], ['corrected', 'bug']);
    const { data } = (await client('get', '/api/v1/regression-cases')).body;
    assert.equal(data[0].judgement.severity, 'high');
    assert.equal((await client('get', '/api/v1/review-queue')).body.data.length, 0);
  });
});

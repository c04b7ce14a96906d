import assert from 'node:assert/strict';
import type { Category } from '../../src/domain/category.ts';
import { driftsOf, type WeekCounts, weeksOf } from '../../src/domain/drift.ts';
import { judgedMembers, pairsQuality, qualityByVersion, qualityOf } from '../../src/domain/quality.ts';
import { caseScores, isNotWorse } from '../../src/domain/retraining.ts';
import { boundByReview, issueKeyOf, type Said, verdictOf } from '../../src/domain/review.ts';
import { weekOf } from '../../src/domain/review-sample.ts';
import { wilson } from '../../src/domain/wilson.ts';

const said = (category: Category | null, model = 'm1'): Said => ({
  outcome: category ? 'classified' : 'unsure',
  category,
  suggestedCategory: null,
  confidence: 0.8,
  productArea: null,
  severity: null,
  classifier: { kind: 'offline', model },
  taxonomyVersion: 1,
});
const near = (actual: number, wanted: number) => assert.ok(Math.abs(actual - wanted) < 0.0005, `${actual} ${wanted}`);

describe('the quality card', () => {
  it('gives Wilson’s interval', () => {
    // Newcombe 1998, table I, example: 81 of 263.
    const estimate = wilson(81, 263);
    assert.ok(estimate);
    near(estimate.low, 0.2553);
    near(estimate.high, 0.3662);
    assert.equal(wilson(0, 0), null);
    const [none, all] = [wilson(0, 20), wilson(20, 20)];
    assert.deepEqual([none?.low, all?.high], [0, 1]);
    near(none?.high ?? 0, 0.1611);
  });

  it('counts precision by what was given, recall by what people say, and what was left out as missed', () => {
    const members = [
      { week: 'w', said: said('bug'), actual: 'bug' as const },
      { week: 'w', said: said('bug'), actual: 'question' as const },
      { week: 'w', said: said('feature', 'm2'), actual: 'feature' as const },
      { week: 'w', said: said(null), actual: 'bug' as const },
    ];
    const quality = qualityOf(members);
    const [bug] = quality.byCategory;
    assert.deepEqual([bug?.precision?.hits, bug?.precision?.of], [1, 2]);
    assert.deepEqual([bug?.recall?.hits, bug?.recall?.of], [1, 2]);
    assert.deepEqual([quality.right?.hits, quality.right?.of], [2, 3]);
    assert.deepEqual([quality.leftOut?.hits, quality.leftOut?.of], [1, 4]);
    assert.deepEqual(
      qualityByVersion(members).map(({ classifier, judged }) => [classifier.model, judged]),
      [
        ['m1', 3],
        ['m2', 1],
      ],
    );
  });

  it('does not count members before their turn, which would be the unsure ones, nor an issue twice', () => {
    const member = (conversationId: number) => ({ integrationId: 'i', conversationId, issue: 0, said: said('bug') });
    const judgement = { category: 'bug' as const, productArea: null, severity: null };
    const known = (...ids: number[]) => new Map(ids.map((id) => [issueKeyOf(member(id)), { judgement }]));
    const sample = { week: '1', members: [1, 2, 3, 4].map(member), asked: 2 };
    assert.equal(judgedMembers([sample], known(1, 2, 3, 4)).length, 2);
    assert.equal(judgedMembers([sample], known(2, 4)).length, 1);
    assert.equal(judgedMembers([sample, { ...sample, week: '2' }], known(1, 2)).length, 2);
  });

  it('counts pairs that were answered only', () => {
    const pair = (answer: 'same' | 'different' | 'skipped' | null) => ({
      patternId: 'p',
      conversationIds: [1, 2] as [number, number],
      answer,
      by: null,
    });
    const estimate = pairsQuality([{ pairs: [pair('same'), pair('different'), pair('skipped'), pair(null)] }]);
    assert.deepEqual([estimate?.hits, estimate?.of], [1, 2]);
  });

  it('keeps what a person said of an issue over what a later run says', () => {
    const judgement = { category: 'feature' as const, productArea: 'Export', severity: null };
    const fresh = { issue: 0, ...said('bug'), review: 'none' as const };
    const kept = boundByReview(fresh, [{ issue: 0, judgement, verdict: 'corrected' }]);
    assert.deepEqual([kept.category, kept.productArea, kept.review], ['feature', 'Export', 'corrected']);
    assert.equal(boundByReview(fresh, [{ issue: 1, judgement, verdict: 'corrected' }]), fresh);
    assert.equal(verdictOf(said('bug'), { category: 'bug', productArea: null, severity: null }), 'confirmed');
    assert.equal(verdictOf(said(null), { category: 'bug', productArea: null, severity: null }), 'corrected');
  });

  it('begins a week on Monday', () => {
    assert.equal(weekOf(new Date('2026-11-16T00:00:00Z')), '2026-11-16');
    assert.equal(weekOf(new Date('2026-11-22T23:59:59Z')), '2026-11-16');
  });

  it('takes a model only when it is not worse', () => {
    const before = caseScores([
      ['bug', 'bug'],
      ['feature', 'bug'],
    ]);
    const after = caseScores([
      ['bug', 'bug'],
      ['feature', 'feature'],
    ]);
    assert.equal(after.macroF1, 1);
    assert.ok(isNotWorse({ before, after }));
    assert.ok(!isNotWorse({ before: after, after: before }));
  });
});

describe('the drift alarm', () => {
  const week = (bug: number, rest: number): WeekCounts => ({
    bug,
    feature: 0,
    documentation: 0,
    question: rest,
    leftOut: 0,
  });
  const usual = [20, 22, 19, 21, 20, 18, 21, 20].map((bug) => week(bug, 100 - bug));

  it('is silent while shares move as they do by chance', () => {
    assert.deepEqual(driftsOf(usual, week(27, 73)), []);
  });

  it('names shares beyond three deviations, both ways', () => {
    const found = driftsOf(usual, week(45, 55));
    assert.deepEqual(
      found.map(({ share }) => share),
      ['bug', 'question'],
    );
    assert.ok(found[0] && found[0].now > found[0].high);
  });

  it('is silent about a move that the inbox often makes', () => {
    const moving = [10, 40, 12, 45, 15, 38, 11, 42].map((bug) => week(bug, 100 - bug));
    assert.deepEqual(driftsOf(moving, week(45, 55)), []);
  });

  it('notices what was never seen before', () => {
    const found = driftsOf(usual, { ...week(20, 60), leftOut: 20 });
    assert.ok(found.some(({ share }) => share === 'leftOut'));
  });

  it('says nothing about few issues or few weeks', () => {
    assert.deepEqual(driftsOf(usual.slice(0, 5), week(90, 10)), []);
    assert.deepEqual(driftsOf(usual, week(10, 5)), []);
  });

  it('raises a false alarm in about one week of a hundred at most, over shares that never change', () => {
    // Mulberry32: the same numbers in every run.
    let state = 7;
    const random = () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
    const draw = (): WeekCounts => {
      const counts = { bug: 0, feature: 0, documentation: 0, question: 0, leftOut: 0 };
      for (let n = 0; n < 150; n++) {
        const lot = random();
        counts[
          lot < 0.3 ? 'bug' : lot < 0.45 ? 'feature' : lot < 0.55 ? 'documentation' : lot < 0.9 ? 'question' : 'leftOut'
        ]++;
      }
      return counts;
    };
    let alarms = 0;
    const rounds = 1000;
    for (let n = 0; n < rounds; n++) {
      const weeks = Array.from({ length: 12 }, draw);
      if (driftsOf(weeks, draw()).length > 0) alarms += 1;
    }
    assert.ok(alarms / rounds < 0.03, `${alarms} of ${rounds}`);
  });

  it('puts days together to weeks that end with the last day', () => {
    const days = Array.from({ length: 15 }, (_, n) => `d${n}`);
    const weeks = weeksOf(days, [
      { day: 'd0', category: 'bug', conversations: 9 },
      { day: 'd1', category: 'bug', conversations: 1 },
      { day: 'd14', category: null, conversations: 2 },
    ]);
    assert.deepEqual(
      weeks.map(({ bug, leftOut }) => [bug, leftOut]),
      [
        [1, 0],
        [0, 2],
      ],
    );
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cameBack, judgeOutcome } from '../../src/domain/outcome.ts';

const DAY_MS = 86_400_000;
const fixedAt = new Date('2026-06-01T00:00:00Z');
const checkAt = new Date(fixedAt.getTime() + 14 * DAY_MS);
/** Reports so many days after (or before) the fix, each of a customer of its own. */
const reports = (...days: number[]) =>
  days.map((day, index) => ({ reportedAt: new Date(fixedAt.getTime() + day * DAY_MS), customerKey: `c${index}` }));
const days = (count: number, from: number, to: number) =>
  Array.from({ length: count }, (_, index) => from + ((to - from) * (index + 0.5)) / count);
const judge = (...on: number[]) => judgeOutcome(reports(...on), { fixedAt, checkAt });

describe('the outcome of a fix', () => {
  it('is fixed when nobody writes any more about something that many wrote about', () => {
    const { verdict, before, after } = judge(...days(8, -28, 0));
    assert.equal(verdict, 'fixed');
    assert.deepEqual([before.conversations, before.customers, after.conversations], [8, 8, 0]);
  });

  it('is fixed when far fewer write than before', () => {
    assert.equal(judge(...days(40, -28, 0), 2, 9).verdict, 'fixed');
  });

  it('is not fixed when they go on writing', () => {
    const { verdict, weighed } = judge(...days(8, -28, 0), ...days(4, 0, 14));
    assert.equal(verdict, 'notFixed');
    assert.equal(weighed.length, 4);
  });

  it('cannot be told from silence after few reports, nor from one customer', () => {
    assert.equal(judge(-20, -10).verdict, 'tooFew');
    assert.equal(judge().verdict, 'tooFew');
    assert.equal(judge(-20, -10, 3).verdict, 'tooFew');
  });

  it('does not take one customer who writes every hour for many', () => {
    const one = days(30, -3, 0).map((day) => ({
      reportedAt: new Date(fixedAt.getTime() + day * DAY_MS),
      customerKey: 'ada',
    }));
    assert.equal(judgeOutcome(one, { fixedAt, checkAt }).verdict, 'tooFew');
  });

  it('counts from the first report on, where the pattern is younger than four weeks', () => {
    assert.equal(judge(...days(6, -10, 0)).before.days > 9, true);
    assert.equal(judge(-0.01, -0.02, -0.03).before.days, 7);
  });

  it('says nothing of silence while Help Scout was not heard, but still sees who wrote', () => {
    assert.equal(judgeOutcome(reports(...days(20, -28, 0)), { fixedAt, checkAt }, true).verdict, 'tooFew');
    const going = reports(...days(8, -28, 0), ...days(4, 0, 14));
    assert.equal(judgeOutcome(going, { fixedAt, checkAt }, true).verdict, 'notFixed');
  });

  it('looks at nothing that was written after the time of the check, and at no older report than four weeks', () => {
    const base = judge(...days(8, -28, 0));
    assert.deepEqual(judge(...days(8, -28, 0), 15, 16, 17).after, base.after);
    assert.deepEqual(judgeOutcome(reports(...days(8, -27, 0), -40, -50), { fixedAt, checkAt }).before.conversations, 8);
  });

  it('never gets worse by reports from before the fix', () => {
    const rank = { notFixed: 0, tooFew: 1, fixed: 2 };
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -28, max: -0.001, noNaN: true }), { maxLength: 30 }),
        fc.array(fc.double({ min: 0, max: 13.9, noNaN: true }), { maxLength: 6 }),
        fc.double({ min: -27, max: -0.001, noNaN: true }),
        (before, after, late) => {
          const first = -28;
          const without = judge(first, ...before, ...after).verdict;
          const withLate = judge(first, ...before, ...after, late).verdict;
          assert.ok(rank[withLate] >= rank[without], `${without} became ${withLate}`);
        },
      ),
    );
  });
});

describe('coming back', () => {
  const judged = (...on: number[]) => {
    const { weighed, ...outcome } = judge(...on);
    return { fixedAt, weighed, outcome: { ...outcome, checkedAt: checkAt } };
  };
  const MANY = days(8, -28, 0);

  it('takes two customers who wrote after the fix, however much later', () => {
    assert.equal(cameBack(reports(...MANY, 60), judged(...MANY)), null);
    assert.equal(cameBack(reports(...MANY, 60, 61), judged(...MANY)), 2);
    assert.equal(cameBack(reports(...MANY, 20, 400), judged(...MANY)), 2);
  });

  it('is not decided before the check', () => {
    assert.equal(cameBack(reports(1, 2, 3), { fixedAt, weighed: [], outcome: null }), null);
  });

  it('never comes from reports that were written before the fix', () => {
    assert.equal(cameBack(reports(...MANY, ...days(50, -28, 0)), judged(...MANY)), null);
  });

  it('does not count again what the check has weighed, and counts what it found too few', () => {
    const fixed = judged(...days(40, -28, 0), 2, 9);
    assert.equal(cameBack(reports(...days(40, -28, 0), 2, 9), fixed), null);
    assert.equal(cameBack(reports(...days(40, -28, 0), 2, 9, 30), fixed), null);
    assert.equal(cameBack(reports(...days(40, -28, 0), 2, 9, 30, 31), fixed), 2);
    assert.equal(cameBack(reports(-20, -10, 3, 30), judged(-20, -10, 3)), 2);
  });
});

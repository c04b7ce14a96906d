import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Report, trendOf } from '../../src/domain/pattern-trend.ts';

const NOW = new Date('2025-06-30T12:00:00Z');
const LONG_AGO = new Date('2024-01-01T00:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const reports = (count: number, days: number, who = 'customer'): Report[] =>
  Array.from({ length: count }, (_, n) => ({ reportedAt: daysAgo(days), customerKey: `${who}${n}@example.com` }));
const trend = (all: Report[], first: Date | undefined = LONG_AGO) => trendOf(all, NOW, first).trend;

const RANK = { falling: 0, quiet: 1, steady: 1, rising: 2, new: 3, back: 4 };

describe('trend', () => {
  it('calls small numbers neither rising nor falling', () => {
    assert.equal(trend([...reports(2, 1)]), 'steady');
    assert.equal(trend([...reports(3, 1), ...reports(2, 14)]), 'steady');
    assert.equal(trend(reports(13, 14)), 'quiet');
  });

  it('sees a clear rise and a clear fall', () => {
    assert.equal(trend([...reports(8, 2), ...reports(6, 14)]), 'rising');
    assert.equal(trend(reports(20, 14)), 'falling');
  });

  it('does not take one customer who writes often for a rise', () => {
    const loud = Array.from({ length: 12 }, (): Report => ({ reportedAt: daysAgo(1), customerKey: 'one@example.com' }));
    const result = trendOf([...loud, ...reports(3, 14)], NOW, LONG_AGO);
    assert.deepEqual([result.trend, result.recent], ['steady', { conversations: 12, customers: 1 }]);
  });

  it('is new while the first report is at most a week old, and quiet without reports', () => {
    assert.equal(trendOf(reports(5, 3), NOW).trend, 'new');
    assert.equal(trend([]), 'quiet');
    assert.equal(trendOf([], NOW).trend, 'quiet');
  });

  it('is back when two customers wrote after the fix; one is not enough, nor are late messages from before it', () => {
    const since = (all: Report[], fixedDaysAgo: number) => trendOf(all, NOW, LONG_AGO, daysAgo(fixedDaysAgo)).trend;
    assert.equal(since(reports(2, 3), 10), 'back');
    assert.equal(since(reports(1, 3), 10), 'steady');
    assert.equal(since([...reports(1, 3), ...reports(1, 4)], 10), 'steady');
    assert.equal(since(reports(5, 12), 10), 'quiet');
  });

  it('counts a young pattern against the days it has existed', () => {
    assert.equal(trendOf([...reports(6, 2), ...reports(3, 10)], NOW).trend, 'steady');
    assert.equal(trend([...reports(6, 2), ...reports(3, 10)]), 'rising');
  });

  it('never falls when another customer reports today, nor when reports from the future are there', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(60), (recent, before) => {
        const all = [...reports(recent, 3), ...reports(before, 14)];
        const more: Report = { reportedAt: daysAgo(0), customerKey: 'another@example.com' };
        assert.ok(RANK[trend([...all, more])] >= RANK[trend(all)]);
        assert.equal(trend([...all, ...reports(5, -1)]), trend(all));
      }),
    );
  });
});

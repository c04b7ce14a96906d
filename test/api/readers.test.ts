import assert from 'node:assert/strict';
import { dayFromText, dayOf, dayStart, daysBetween } from '../../src/api/readers/calendar.ts';
import { insightCursor, textCursor, writeCursor } from '../../src/api/readers/cursor.ts';
import { insightsQuery } from '../../src/api/readers/insights-list.ts';
import { logQuery } from '../../src/api/readers/log-query.ts';
import { patternsQuery } from '../../src/api/readers/patterns-list.ts';
import { summarizeTrend, weeklyReports } from '../../src/api/readers/trend.ts';

const now = new Date('2026-03-30T12:00:00Z');
const daysAgo = (...days: number[]) => days.map((day) => new Date(now.getTime() - day * 86_400_000));

describe('calendar', () => {
  it('begins days where the organization is, over a change of clocks', () => {
    const zone = 'Europe/Berlin'; // clocks went forward on 29 March 2026
    assert.equal(dayOf(new Date('2026-03-28T23:30:00Z'), zone), '2026-03-29');
    assert.equal(dayStart(now, zone).toISOString(), '2026-03-29T22:00:00.000Z');
    assert.equal(dayStart(now, zone, 1).toISOString(), '2026-03-28T23:00:00.000Z');
    assert.equal(dayFromText('2026-03-29', zone)?.toISOString(), '2026-03-28T23:00:00.000Z');
    assert.deepEqual(daysBetween(new Date('2026-03-28T23:00:00Z'), now, zone), ['2026-03-29', '2026-03-30']);
  });

  it('knows which days there are', () => {
    for (const text of ['2026-02-30', '2026-13-01', 'today', '']) assert.equal(dayFromText(text, 'UTC'), null);
  });
});

describe('cursors', () => {
  it('come back as they were written, and anything else is the newest page', () => {
    assert.deepEqual(insightCursor(writeCursor({ at: now, id: 7 })), { at: now, id: '7' });
    assert.deepEqual(insightCursor(writeCursor({ at: now, id: '7.2' })), { at: now, id: '7.2' });
    assert.deepEqual(textCursor(writeCursor({ at: now, id: 'scan:a~b:1' })), { at: now, id: 'scan:a~b:1' });
    for (const text of [null, '', 'x', '1~', '~1', '99999999999999999999~1']) assert.equal(textCursor(text), undefined);
    assert.equal(insightCursor('1~x'), undefined);
  });
});

const by = (name: string, ...days: number[]) =>
  daysAgo(...days).map((reportedAt) => ({ reportedAt, customerKey: `${name}@client.example` }));

describe('trend', () => {
  it('compares the last week with the four before, in conversations and in customers', () => {
    const old = new Date('2025-01-01T00:00:00Z');
    assert.deepEqual(summarizeTrend(by('ann', 1, 2, 3, 10, 20), old, now), {
      ...{ trend: 'steady', last7Days: 3, weeklyBefore: 0.5, customers7Days: 1, weeklyCustomersBefore: 0.5 },
    });
    const four = ['ann', 'bob', 'cy', 'di'].flatMap((name) => by(name, 1));
    assert.equal(summarizeTrend(four, old, now).trend, 'rising');
    assert.equal(summarizeTrend(four, old, now, daysAgo(2)[0]).trend, 'back');
  });

  it('counts reports of twelve weeks', () => {
    assert.deepEqual(weeklyReports(by('ann', 0, 1, 8, 83, 90), now), [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
  });
});

describe('filters', () => {
  it('take an empty value, as forms without script send, for none', () => {
    for (const query of [insightsQuery, logQuery, patternsQuery]) {
      const empty = Object.fromEntries(Object.keys(query.shape).map((name) => [name, '']));
      assert.deepEqual(query.parse(empty), query.parse({}));
    }
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type CoverageMark,
  figuresOf,
  gapRate,
  isUnread,
  listedChangeAt,
  mergeMarks,
  seenBy,
  toldChangeAt,
} from '../../src/domain/coverage.ts';

const HOUR_MS = 3_600_000;
const time = fc.date({
  min: new Date('2026-11-01T00:00:00Z'),
  max: new Date('2026-11-30T00:00:00Z'),
  noInvalidDate: true,
});
const maybe = fc.option(time, { nil: null });
const aMark: fc.Arbitrary<CoverageMark> = fc.record({
  toldAt: maybe,
  foundAt: maybe,
  readAt: maybe,
  failedAt: maybe,
  delayMs: fc.option(fc.nat(), { nil: null }),
  hours: fc
    .uniqueArray(fc.integer({ min: 400_000, max: 400_100 }).map((hour) => hour * HOUR_MS))
    .map((hours) => hours.sort((a, b) => a - b)),
});
const nothing: CoverageMark = { toldAt: null, foundAt: null, readAt: null, failedAt: null, delayMs: null, hours: [] };

describe('coverage', () => {
  it('comes to the same in whatever order things are learned, and however often', () => {
    fc.assert(
      fc.property(fc.array(aMark, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (marks, random) => {
        const merged = marks.reduce(mergeMarks, nothing);
        const again = [...marks, ...marks]
          .map((mark) => ({ mark, place: random.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ mark }) => mark);
        assert.deepEqual(again.reduce(mergeMarks, nothing), merged);
        assert.deepEqual(mergeMarks(merged, merged), merged);
      }),
    );
  });

  it('accounts for each conversation once: told, missed or silent', () => {
    fc.assert(
      fc.property(fc.array(aMark, { maxLength: 40 }), (marks) => {
        const figures = figuresOf(marks);
        assert.equal(figures.modified, marks.length);
        assert.equal(figures.told + figures.missed + figures.silent, marks.length);
        assert.ok(figures.unread <= marks.length);
        const delays = marks.flatMap(({ delayMs }) => (delayMs === null ? [] : [delayMs]));
        assert.equal(figures.worstDelayMs, delays.length === 0 ? null : Math.max(...delays));
        const rate = gapRate(figures);
        assert.ok(rate === null ? figures.told + figures.missed === 0 : rate >= 0 && rate <= 1);
        const hours = Object.values(figures.hours).reduce((sum, count) => sum + count, 0);
        assert.equal(
          hours,
          marks.reduce((sum, mark) => sum + mark.hours.length, 0),
        );
      }),
    );
  });

  it('takes what a webhook told of later for told, however early a comparison found it', () => {
    fc.assert(
      fc.property(time, fc.nat({ max: 86_400_000 }), (foundAt, laterMs) => {
        const found = { ...nothing, foundAt };
        assert.equal(seenBy(found), 'missed');
        const told = { ...nothing, toldAt: new Date(foundAt.getTime() + laterMs) };
        assert.equal(seenBy(mergeMarks(found, told)), 'told');
      }),
    );
  });

  it('takes what came after the last webhook for missed', () => {
    const toldAt = new Date('2026-11-21T10:00:00Z');
    assert.equal(seenBy({ toldAt, foundAt: new Date('2026-11-21T10:00:05Z') }), 'told');
    assert.equal(seenBy({ toldAt, foundAt: new Date('2026-11-21T10:30:00Z') }), 'missed');
    assert.equal(seenBy({ toldAt: null, foundAt: null }), 'silent');
  });

  it('never puts a change into the future, nor before the time that was asked for', () => {
    fc.assert(
      fc.property(time, time, time, (one, other, newestAt) => {
        const [since, now] = one < other ? [one, other] : [other, one];
        const at = listedChangeAt({ since, newestAt, now });
        assert.ok(at >= since && at <= now);
        const told = toldChangeAt({ toldAt: now, newestAt, isNew: true });
        assert.ok(told <= now && now.getTime() - told.getTime() <= 24 * HOUR_MS);
      }),
    );
  });

  it('waits for what could not be read until it is', () => {
    const failedAt = new Date('2026-11-21T10:00:00Z');
    assert.equal(isUnread({ readAt: null, failedAt }), true);
    assert.equal(isUnread({ readAt: new Date(failedAt.getTime() - 1), failedAt }), true);
    assert.equal(isUnread({ readAt: failedAt, failedAt }), false);
  });
});

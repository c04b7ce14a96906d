import assert from 'node:assert/strict';
import { isQuiet, poissonAtMost } from '../../src/domain/quiet-hour.ts';

/** Mulberry32: the same numbers at each run. */
function randomOf(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
/** A Poisson number by the waiting times between events. */
function poisson(mean: number, random: () => number): number {
  let count = -1;
  for (let time = 0; time <= mean; count++) time -= Math.log(1 - random());
  return count;
}
const usualAt = (hour: number) => {
  const [day, ofDay] = [Math.floor(hour / 24) % 7, hour % 24];
  const isOpen = ofDay >= 8 && ofDay < 18;
  return day >= 5 ? 4 : isOpen ? 40 : 3;
};
/** A year of hours, where each day is busier or quieter than usual by chance; `change` is what happens to an hour. */
function alarmsIn(
  seed: number,
  spread: number,
  change: (hour: number, count: number) => number = (_hour, count) => count,
) {
  const random = randomOf(seed);
  const counts: number[] = [];
  const alarms: number[] = [];
  for (let hour = 0, factor = 1; hour < 365 * 24; hour++) {
    if (hour % 24 === 0) factor = 1 + spread * (random() * 2 - 1);
    counts.push(change(hour, poisson(usualAt(hour) * factor, random)));
    const before = [1, 2, 3, 4].map((week) => counts[hour - week * 168]);
    if (before.every((count) => count !== undefined) && isQuiet({ count: counts[hour] ?? 0, before }))
      alarms.push(hour);
  }
  return alarms;
}

describe('a quiet hour', () => {
  it('is one that chance does not explain', () => {
    assert.equal(isQuiet({ count: 0, before: [12, 9, 11, 10] }), true);
    assert.equal(isQuiet({ count: 0, before: [9, 9, 9, 9] }), false);
    assert.equal(isQuiet({ count: 2, before: [40, 38, 41, 36] }), true);
    assert.equal(isQuiet({ count: 13, before: [40, 38, 41, 36] }), false);
    assert.equal(isQuiet({ count: 0, before: [] }), false);
  });

  it('is none after a week that was as quiet, such as another holiday', () => {
    assert.equal(isQuiet({ count: 1, before: [40, 2, 41, 36] }), false);
  });

  it('uses the lower tail of the Poisson distribution', () => {
    assert.ok(Math.abs(poissonAtMost(0, 10) - Math.exp(-10)) < 1e-12);
    assert.ok(Math.abs(poissonAtMost(5, 5) - 0.6159606548) < 1e-9);
    assert.ok(poissonAtMost(400, 400) > 0.5 && poissonAtMost(400, 400) < 0.53);
  });

  it('is told falsely at most once in five years, also where days differ by 30 %', () => {
    let alarms = 0;
    for (let seed = 1; seed <= 10; seed++) alarms += alarmsIn(seed, 0).length + alarmsIn(seed, 0.3).length;
    assert.ok(alarms <= 4, `${alarms} in twenty years`);
  });

  it('is told in the first working hour of an outage', () => {
    const begin = 200 * 24 + 10;
    const weekday = Math.floor(begin / 24) % 7;
    assert.ok(weekday < 5);
    for (let seed = 1; seed <= 5; seed++) {
      const alarms = alarmsIn(seed, 0.3, (hour, count) => (hour >= begin && hour < begin + 6 ? 0 : count));
      assert.equal(
        alarms.find((hour) => hour >= begin),
        begin,
      );
    }
  });
});

import type { Curve } from './issue.ts';
import type { Random } from './prng.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** No conversation is older than this. */
const WINDOW_DAYS = 60;
/** Keeps the oldest conversation clear of the window's edge. */
const OLDEST_DAYS = WINDOW_DAYS - 0.5;

/** Age in days for each curve, from draws between 0 and 1. */
const AGE_DAYS: Record<Curve, (random: Random) => number> = {
  // Two thirds of the mail is of the last 30 days.
  usual: (random) => (random.chance(0.7) ? random.next() * 30 : 30 + random.next() * (OLDEST_DAYS - 30)),
  steady: (random) => random.next() * OLDEST_DAYS,
  // Density grows with the square of the time since the start, five days ago.
  rising: (random) => 5 * (1 - Math.cbrt(random.next())),
  // An incident: most reports in its last days, none for three weeks now.
  ended: (random) => 21 + 14 * random.next() ** 2,
};

/** When a conversation on `curve` began: before `now`, whole seconds, mostly in office hours. */
export function startTime(random: Random, curve: Curve, now: Date): Date {
  return inOfficeHours(random, () => now.getTime() - AGE_DAYS[curve](random) * DAY_MS - MINUTE_MS);
}

/** When an agent answers something written at `after`: the same or the next working day. */
export function agentTime(random: Random, after: Date): Date {
  return inOfficeHours(random, () => after.getTime() + 12 * MINUTE_MS + random.next() ** 2 * 30 * HOUR_MS);
}

/** When a customer answers: from within minutes to some days later. */
export function customerTime(random: Random, after: Date): Date {
  return inOfficeHours(random, () => after.getTime() + 5 * MINUTE_MS + random.next() ** 3 * 72 * HOUR_MS);
}

/** Draws until one falls into office hours, which few others are let past. */
function inOfficeHours(random: Random, draw: () => number): Date {
  let time = draw();
  for (let tries = 0; tries < 100 && !random.chance(busyness(new Date(time))); tries++) time = draw();
  return new Date(Math.floor(time / 1000) * 1000);
}

function busyness(date: Date): number {
  const hour = date.getUTCHours();
  const byHour = hour >= 8 && hour < 17 ? 1 : hour >= 6 && hour < 21 ? 0.25 : 0.01;
  const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  return weekend ? byHour * 0.15 : byHour;
}

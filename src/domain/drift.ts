import { CATEGORIES, CATEGORY_TEXT, type Category } from './category.ts';

/** What is watched: the share of each category, and of what no category was given to. */
export const DRIFT_SHARES = [...CATEGORIES, 'leftOut'] as const;
export type DriftShare = (typeof DRIFT_SHARES)[number];

/** Issues of seven days, by what they were given. */
export type WeekCounts = Record<DriftShare, number>;

/** A share that is far from usual. */
export interface Drift {
  share: DriftShare;
  now: number;
  usual: number;
  low: number;
  high: number;
}

/** Weeks that say what is usual: at most, and at least for an alarm. */
export const USUAL_WEEKS = 12;
const FEWEST_WEEKS = 6;
/** A week with fewer issues says nothing about shares. */
export const FEWEST_IN_A_WEEK = 20;
/** Control limits in standard deviations (W. A. Shewhart, 1931). */
const LIMIT = 3;
/** The mean range of two normal values, in standard deviations. */
const MEAN_RANGE = 1.128;

const totalOf = (week: WeekCounts) => DRIFT_SHARES.reduce((sum, share) => sum + week[share], 0);

/**
 * Shares of the last seven days that are beyond the limits of Laney's p'-chart over the weeks before (D. B. Laney,
 * "Improved control charts for attributes", Quality Engineering 14, 2002, 531-537): three standard deviations, where the
 * deviation is that of a sample of this size times how much more than chance the weeks before moved from one to the
 * next. It therefore keeps still where an inbox always moves a lot. Nothing is said about few issues or few weeks.
 * @param before the oldest first
 */
export function driftsOf(before: readonly WeekCounts[], current: WeekCounts): Drift[] {
  const weeks = before.filter((week) => totalOf(week) >= FEWEST_IN_A_WEEK);
  const size = totalOf(current);
  if (weeks.length < FEWEST_WEEKS || size < FEWEST_IN_A_WEEK) return [];
  const all = weeks.reduce((sum, week) => sum + totalOf(week), 0);
  return DRIFT_SHARES.flatMap((share) => {
    const usual = weeks.reduce((sum, week) => sum + week[share], 0) / all;
    // A share that was never (or always) seen has no deviation of its own: one more or less is the least there can be.
    const spread = Math.sqrt(Math.max(usual * (1 - usual), 1 / all));
    const z = weeks.map((week) => (week[share] / totalOf(week) - usual) / (spread / Math.sqrt(totalOf(week))));
    const ranges = z.slice(1).map((value, index) => Math.abs(value - (z[index] ?? value)));
    const moved = ranges.reduce((sum, range) => sum + range, 0) / ranges.length / MEAN_RANGE;
    const half = LIMIT * (spread / Math.sqrt(size)) * Math.max(1, moved);
    const now = current[share] / size;
    const [low, high] = [Math.max(0, usual - half), Math.min(1, usual + half)];
    return now < low || now > high ? [{ share, now, usual, low, high }] : [];
  });
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** `Bug reports: 41 % of the last seven days, 20 % is usual (12 % to 28 %).` */
export function driftText({ share, now, usual, low, high }: Drift): string {
  const name = share === 'leftOut' ? 'Without a category' : CATEGORY_TEXT[share].many;
  return `${name}: ${percent(now)} of the last seven days, ${percent(usual)} is usual (${percent(low)} to ${percent(high)}).`;
}

/** Counts by day put together to weeks of seven days that end with the last of `days`; the oldest first. */
export function weeksOf(
  days: readonly string[],
  daily: readonly { day: string; category: Category | null; conversations: number }[],
): WeekCounts[] {
  const weeks = Array.from(
    { length: Math.floor(days.length / 7) },
    (): WeekCounts => ({
      bug: 0,
      feature: 0,
      documentation: 0,
      question: 0,
      leftOut: 0,
    }),
  );
  const first = days.length - weeks.length * 7;
  const placeOf = new Map(days.map((day, index) => [day, Math.floor((index - first) / 7)]));
  for (const { day, category, conversations } of daily) {
    const week = weeks[placeOf.get(day) ?? -1];
    if (week) week[category ?? 'leftOut'] += conversations;
  }
  return weeks;
}

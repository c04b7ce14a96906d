import { BEFORE_DAYS, RECENT_DAYS, type Report, trendOf } from '../../domain/pattern-trend.ts';
import type { TrendSummary } from '../../ui/props.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** How far back reports are needed: twelve weeks of bars; the trend itself needs five. */
export const TREND_SPAN_MS = 12 * WEEK_MS;
const WEEKS_BEFORE = BEFORE_DAYS / RECENT_DAYS;

/**
 * The trend of a pattern (domain/pattern-trend.ts) with the numbers behind it. `first` is its very first report, `fixedAt`
 * when its record was last done.
 */
export function summarizeTrend(
  reports: readonly Report[],
  first: Date,
  now: Date,
  fixedAt: Date | null = null,
): TrendSummary {
  const { trend, recent, before } = trendOf(reports, now, first, fixedAt);
  return {
    trend,
    last7Days: recent.conversations,
    weeklyBefore: before.conversations / WEEKS_BEFORE,
    customers7Days: recent.customers,
    weeklyCustomersBefore: before.customers / WEEKS_BEFORE,
  };
}

/** Reports of each of the last 12 weeks up to now, oldest first. */
export function weeklyReports(reports: readonly Report[], now: Date): number[] {
  const weeks = Array.from({ length: 12 }, () => 0);
  for (const { reportedAt } of reports) {
    const weeksAgo = Math.floor((now.getTime() - reportedAt.getTime()) / WEEK_MS);
    const index = 11 - weeksAgo;
    if (index >= 0 && index < 12) weeks[index] = (weeks[index] ?? 0) + 1;
  }
  return weeks;
}

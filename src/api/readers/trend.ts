import type { Trend } from '../../domain/pattern.ts';
import type { TrendSummary } from '../../ui/props.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** How far back reports are needed: twelve weeks of bars; the trend itself needs five. */
export const TREND_SPAN_MS = 12 * WEEK_MS;

/** Fewer reports in the last week than this are no rise, whatever the weeks before had. */
const ENOUGH = 2;

/** Reports of the last 7 days against the 4 weeks before. `first` is the pattern's very first report. */
export function summarizeTrend(reports: readonly Date[], first: Date, now: Date): TrendSummary {
  const weekAgo = now.getTime() - WEEK_MS;
  const last7Days = reports.filter((at) => at.getTime() > weekAgo).length;
  const before = reports.filter((at) => at.getTime() <= weekAgo && at.getTime() > weekAgo - 4 * WEEK_MS).length;
  const weeklyBefore = before / 4;
  return { trend: nameTrend(last7Days, weeklyBefore, first.getTime() > weekAgo), last7Days, weeklyBefore };
}

function nameTrend(last7Days: number, weeklyBefore: number, isNew: boolean): Trend {
  if (isNew) return 'new';
  if (last7Days === 0) return weeklyBefore === 0 ? 'quiet' : 'falling';
  if (last7Days >= ENOUGH && last7Days >= weeklyBefore * 1.5) return 'rising';
  return last7Days <= weeklyBefore * 0.5 ? 'falling' : 'steady';
}

/** Reports of each of the last 12 weeks up to now, oldest first. */
export function weeklyReports(reports: readonly Date[], now: Date): number[] {
  const weeks = Array.from({ length: 12 }, () => 0);
  for (const at of reports) {
    const weeksAgo = Math.floor((now.getTime() - at.getTime()) / WEEK_MS);
    const index = 11 - weeksAgo;
    if (index >= 0 && index < 12) weeks[index] = (weeks[index] ?? 0) + 1;
  }
  return weeks;
}

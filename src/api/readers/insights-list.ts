import { z } from 'zod';
import { CATEGORIES } from '../../domain/category.ts';
import type { InsightFilter } from '../../storage/insight-queries.ts';
import type { Storage } from '../../storage/storage.ts';
import {
  ATTENTIONS,
  type DayCounts,
  type InsightsFilter,
  type InsightsListProps,
  LOW_CONFIDENCE,
  RANGES,
  type Range,
  SEARCH_LENGTH,
  type Shell,
} from '../../ui/props.ts';
import { dayOf, dayStart, daysBetween } from './calendar.ts';
import { insightCursor, writeCursor } from './cursor.ts';
import { insightRows } from './insight-rows.ts';
import { oneOf, oneOfOr, queryCursor } from './query-values.ts';

export const insightsQuery = z.object({
  category: oneOf(CATEGORIES),
  mailbox: z.coerce.number().int().positive().nullable().catch(null),
  range: oneOfOr(RANGES, '90d'),
  // What is too long comes through: the page says so.
  q: z.string().trim().catch(''),
  attention: oneOf(ATTENTIONS),
  before: queryCursor,
});

const ROWS = 50;
/** Today and the days before it. */
const DAYS: Record<Exclude<Range, 'all'>, number> = { '7d': 7, '30d': 30, '90d': 90 };
/** The chart of `all` begins with the first report, but not further back than this. */
const LONGEST_CHART_DAYS = 730;

/** Everything below the filters of the Insights page. */
export async function insightsList(
  storage: Storage,
  organizationId: string,
  filter: InsightsFilter,
  shell: Shell,
): Promise<InsightsListProps> {
  const searchTooLong = filter.q.length > SEARCH_LENGTH;
  const wanted = insightFilter(searchTooLong ? { ...filter, q: '' } : filter, shell);
  const cursor = insightCursor(filter.before);
  const [found, counts, all, daily, integrations] = await Promise.all([
    storage.insights.list(organizationId, wanted, { limit: ROWS, ...(cursor && { cursor }) }),
    storage.insights.counts(organizationId, wanted),
    storage.insights.counts(organizationId, {}),
    storage.insights.daily(organizationId, wanted, shell.timeZone),
    storage.integrations.list(organizationId),
  ]);
  const { needsReview, total: _total, ...byCategory } = counts;
  return {
    shell,
    filter,
    rows: await insightRows(storage, organizationId, found.insights),
    counts: byCategory,
    needsReview,
    trend: fillDays(daily, wanted.from, shell),
    older: writeCursor(found.next),
    scan: integrations.find(({ state, scan }) => state === 'scanning' && scan !== null)?.scan ?? null,
    totalInsights: all.total,
    connected: integrations.some(({ state }) => state !== 'connecting' && state !== 'disconnected'),
  };
}

/** The insights that a filter of the page selects. */
export function insightFilter(
  filter: Omit<InsightsFilter, 'before'>,
  { now, timeZone }: Pick<Shell, 'now' | 'timeZone'>,
): InsightFilter {
  const { category, mailbox, range, q, attention } = filter;
  return {
    ...(category && { category }),
    ...(mailbox !== null && { mailboxId: mailbox }),
    ...(range !== 'all' && { from: dayStart(now, timeZone, DAYS[range] - 1) }),
    ...(q !== '' && { search: q }),
    ...(attention === 'needsReview' && { needsReview: true }),
    ...(attention === 'lowConfidence' && { maxConfidence: LOW_CONFIDENCE }),
  };
}

function fillDays(
  daily: Awaited<ReturnType<Storage['insights']['daily']>>,
  from: Date | undefined,
  { now, timeZone }: Shell,
): DayCounts[] {
  const byDay = new Map<string, DayCounts>();
  const first = daily[0]?.day;
  const earliest = dayStart(now, timeZone, LONGEST_CHART_DAYS - 1);
  const days = daysBetween(from ?? earliest, now, timeZone).filter((day) => from || (first && day >= first));
  for (const day of days) byDay.set(day, { day, bug: 0, feature: 0, documentation: 0, question: 0 });
  for (const { day, category, conversations } of daily) {
    const counts = byDay.get(day);
    if (counts && category) counts[category] += conversations;
  }
  return [...byDay.values()];
}

/** Reports of one pattern by day, from its first report on. */
export function reportsByDay(reports: readonly Date[], first: Date, { now, timeZone }: Shell) {
  const counts = new Map(daysBetween(first, now, timeZone).map((day) => [day, 0]));
  for (const at of reports) {
    const day = dayOf(at, timeZone);
    const count = counts.get(day);
    if (count !== undefined) counts.set(day, count + 1);
  }
  return [...counts].map(([day, count]) => ({ day, count }));
}

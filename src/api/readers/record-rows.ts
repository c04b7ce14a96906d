import { type IssueRecord, kindOf } from '../../domain/issue-record.ts';
import type { Pattern } from '../../domain/pattern.ts';
import { priorityOf } from '../../domain/record-priority.ts';
import { utcDay } from '../../domain/utc-day.ts';
import type { Storage } from '../../storage/storage.ts';
import type { RecordRow } from '../../ui/props.ts';
import { reportTimes } from './pattern-rows.ts';
import { summarizeTrend } from './trend.ts';

/** Bug reports or feature requests with the counts and the trend of their patterns, and what follows from them. */
export async function recordRows(
  storage: Storage,
  organizationId: string,
  records: readonly IssueRecord[],
  now: Date,
): Promise<RecordRow[]> {
  const ids = records.map(({ patternId }) => patternId);
  const [times, patterns, severities] = await Promise.all([
    reportTimes(storage, organizationId, ids, now),
    storage.patterns.getMany(organizationId, ids),
    storage.insights.severities(organizationId, ids),
  ]);
  const byId = new Map(patterns.map((pattern) => [pattern.patternId, pattern]));
  return records.map((record) => {
    const pattern = byId.get(record.patternId);
    const customers = pattern?.customers ?? 0;
    const trend = summarizeTrend(
      times.get(record.patternId) ?? [],
      pattern?.firstReportedAt ?? record.createdAt,
      now,
      record.resolution?.fixedAt,
    );
    const severity = record.severity ?? severities.get(record.patternId) ?? null;
    const lastReportedAt = pattern?.lastReportedAt ?? null;
    const scored = priorityOf({ customers, trend: trend.trend, severity, lastReportedAt }, now);
    return {
      ...record,
      ...{ customers, conversations: pattern?.conversations ?? 0, trend, severity, scored },
      priority: record.priority ?? scored.level,
      description: record.description ?? describe(pattern),
      otherCategory: pattern && kindOf(pattern.category) !== record.kind ? pattern.category : null,
    };
  });
}

const many = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What is known without anybody having written it down. */
function describe(pattern: Pattern | undefined): string {
  if (!pattern) return '';
  const { summary, customers, conversations, firstReportedAt, lastReportedAt } = pattern;
  const counts = `${many(customers, 'customer')} wrote about it in ${many(conversations, 'conversation')}`;
  const when = `first on ${utcDay(firstReportedAt)}, last on ${utcDay(lastReportedAt)}`;
  return [summary, `${counts}, ${when}.`].filter((part) => part !== '').join('\n\n');
}

import type { IssueRecord, Pattern } from '../../domain/pattern.ts';
import type { Storage } from '../../storage/storage.ts';
import type { PatternRow, RecordLink, RecordRow } from '../../ui/props.ts';
import { summarizeTrend, TREND_SPAN_MS, weeklyReports } from './trend.ts';

/** When customers reported, by pattern, as far back as trends reach. */
async function reportTimes(storage: Storage, organizationId: string, patternIds: readonly string[], now: Date) {
  const from = new Date(now.getTime() - TREND_SPAN_MS);
  const times = new Map<string, Date[]>();
  for (const { patternId, reportedAt } of await storage.insights.reports(organizationId, patternIds, from)) {
    const known = times.get(patternId);
    if (known) known.push(reportedAt);
    else times.set(patternId, [reportedAt]);
  }
  return times;
}

export const recordLink = ({ kind, number, title, status }: IssueRecord): RecordLink => ({
  kind,
  number,
  title,
  status,
});

/** Patterns with trend, weekly bars and record. */
export async function patternRows(
  storage: Storage,
  organizationId: string,
  patterns: readonly Pattern[],
  now: Date,
): Promise<PatternRow[]> {
  const ids = patterns.map(({ patternId }) => patternId);
  const [times, records] = await Promise.all([
    reportTimes(storage, organizationId, ids, now),
    storage.issueRecords.byPatterns(organizationId, ids),
  ]);
  const links = new Map(records.map((record) => [record.patternId, recordLink(record)]));
  return patterns.map((pattern) => {
    const reports = times.get(pattern.patternId) ?? [];
    return {
      ...pattern,
      trend: summarizeTrend(reports, pattern.firstReportedAt, now),
      weekly: weeklyReports(reports, now),
      record: links.get(pattern.patternId) ?? null,
    };
  });
}

/** Bug reports or feature requests with the counts and the trend of their patterns. */
export async function recordRows(
  storage: Storage,
  organizationId: string,
  records: readonly IssueRecord[],
  now: Date,
): Promise<RecordRow[]> {
  const ids = records.map(({ patternId }) => patternId);
  const [times, patterns] = await Promise.all([
    reportTimes(storage, organizationId, ids, now),
    storage.patterns.getMany(organizationId, ids),
  ]);
  const byId = new Map(patterns.map((pattern) => [pattern.patternId, pattern]));
  return records.map((record) => {
    const pattern = byId.get(record.patternId);
    const first = pattern?.firstReportedAt ?? record.createdAt;
    return {
      ...record,
      customers: pattern?.customers ?? 0,
      conversations: pattern?.conversations ?? 0,
      trend: summarizeTrend(times.get(record.patternId) ?? [], first, now),
    };
  });
}

import type { IssueRecord } from '../../domain/issue-record.ts';
import { type Pattern, patternState } from '../../domain/pattern.ts';
import type { Report } from '../../domain/pattern-trend.ts';
import type { Storage } from '../../storage/storage.ts';
import type { PatternRow, RecordLink } from '../../ui/props.ts';
import { summarizeTrend, TREND_SPAN_MS, weeklyReports } from './trend.ts';

/** When which customers reported, by pattern, as far back as trends reach. */
export async function reportTimes(storage: Storage, organizationId: string, patternIds: readonly string[], now: Date) {
  const from = new Date(now.getTime() - TREND_SPAN_MS);
  const times = new Map<string, Report[]>();
  for (const { patternId, ...report } of await storage.insights.reports(organizationId, patternIds, from)) {
    const known = times.get(patternId);
    if (known) known.push(report);
    else times.set(patternId, [report]);
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
  const byPattern = new Map(records.map((record) => [record.patternId, record]));
  return patterns.map((pattern) => {
    const reports = times.get(pattern.patternId) ?? [];
    const record = byPattern.get(pattern.patternId);
    return {
      ...pattern,
      state: patternState(pattern),
      trend: summarizeTrend(reports, pattern.firstReportedAt, now, record?.resolution?.fixedAt),
      weekly: weeklyReports(reports, now),
      record: record ? recordLink(record) : null,
    };
  });
}

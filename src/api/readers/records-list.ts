import { z } from 'zod';
import { type IssueRecord, isClosed } from '../../domain/issue-record.ts';
import type { Storage } from '../../storage/storage.ts';
import type { RecordRow, RecordsPageProps } from '../../ui/props.ts';
import { recordRows } from './record-rows.ts';

/**
 * Some bug reports or feature requests of a filter. Newest first the cursor is the last number shown; by priority, which
 * changes by the hour, it is how many came before.
 */
export async function findRecords(
  storage: Storage,
  organizationId: string,
  kind: IssueRecord['kind'],
  filter: RecordsPageProps['filter'],
  now: Date,
  limit: number,
): Promise<{ rows: RecordRow[]; older: string | null; totalRecords: number }> {
  const all = await storage.issueRecords.list(organizationId, kind);
  const wanted = all.filter(
    (record) =>
      filter.status === 'all' || (filter.status === 'open' ? !isClosed(record) : record.status === filter.status),
  );
  const cursor = z.coerce
    .number()
    .positive()
    .catch(0)
    .parse(filter.before ?? undefined);
  if (filter.sort === 'priority') {
    const rows = (await recordRows(storage, organizationId, wanted, now)).sort(byPriority);
    const end = cursor + limit;
    return { rows: rows.slice(cursor, end), older: rows.length > end ? String(end) : null, totalRecords: all.length };
  }
  const rest = cursor === 0 ? wanted : wanted.filter(({ number }) => number < cursor);
  const shown = rest.slice(0, limit);
  return {
    rows: await recordRows(storage, organizationId, shown, now),
    older: rest.length > limit ? String(shown.at(-1)?.number) : null,
    totalRecords: all.length,
  };
}

const RANK = { urgent: 0, high: 1, medium: 2, low: 3 } as const;
/** A locked priority counts as what it says; within one, the formula. */
const byPriority = (a: RecordRow, b: RecordRow) =>
  RANK[a.priority] - RANK[b.priority] || b.scored.score - a.scored.score || a.number - b.number;

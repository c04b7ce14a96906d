import { z } from 'zod';
import type { IssueRecord } from '../../domain/pattern.ts';
import type { Storage } from '../../storage/storage.ts';
import type { RecordRow, RecordsPageProps } from '../../ui/props.ts';
import { recordRows } from './pattern-rows.ts';

const CLOSED = ['done', 'dismissed'];

/** Some bug reports or feature requests of a filter, highest number first; the cursor is the last number shown. */
export async function findRecords(
  storage: Storage,
  organizationId: string,
  kind: IssueRecord['kind'],
  filter: RecordsPageProps['filter'],
  now: Date,
  limit: number,
): Promise<{ rows: RecordRow[]; older: string | null; totalRecords: number }> {
  const all = await storage.issueRecords.list(organizationId, kind);
  const wanted = all.filter(({ status }) =>
    filter.status === 'open' ? !CLOSED.includes(status) : filter.status === 'all' || status === filter.status,
  );
  const below = z.coerce
    .number()
    .positive()
    .catch(Number.POSITIVE_INFINITY)
    .parse(filter.before ?? undefined);
  const rest = wanted.filter(({ number }) => number < below);
  const shown = rest.slice(0, limit);
  return {
    rows: await recordRows(storage, organizationId, shown, now),
    older: rest.length > limit ? String(shown.at(-1)?.number) : null,
    totalRecords: all.length,
  };
}

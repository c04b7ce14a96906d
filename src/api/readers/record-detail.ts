import type { IssueRecord } from '../../domain/issue-record.ts';
import type { Role } from '../../domain/roles.ts';
import { mayReadMessages } from '../../domain/roles.ts';
import type { Storage } from '../../storage/storage.ts';
import type { RecordPageProps } from '../../ui/props.ts';
import { insightRows } from './insight-rows.ts';
import { recordLink } from './pattern-rows.ts';
import { latestQuotes } from './quotes.ts';
import { recordRows } from './record-rows.ts';

const CONVERSATIONS = 100;

/** Everything about one record; what customers wrote only for those who may read it. */
export async function recordDetail(
  storage: Storage,
  record: IssueRecord,
  { role, now }: { role: Role; now: Date },
): Promise<Omit<RecordPageProps, 'shell'>> {
  const { organizationId, recordId, patternId } = record;
  const [rows, pattern, newest, history, comments, staying] = await Promise.all([
    recordRows(storage, organizationId, [record], now),
    storage.patterns.get(organizationId, patternId),
    storage.insights.list(organizationId, { patternId }, { limit: CONVERSATIONS }),
    storage.issueRecords.history(organizationId, recordId),
    storage.recordComments.list(organizationId, recordId),
    record.mergedInto ? storage.issueRecords.byId(organizationId, record.mergedInto) : null,
  ]);
  const [row] = rows;
  if (!row) throw new Error('a record has a row');
  const conversations = await insightRows(storage, organizationId, newest.insights);
  return {
    record: row,
    pattern: { patternId, title: pattern?.title ?? record.title },
    mergedInto: staying && recordLink(staying),
    ...{ conversations, history, comments },
    quotes: mayReadMessages(role) ? latestQuotes(newest.insights, conversations) : [],
  };
}

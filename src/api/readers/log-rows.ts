import { z } from 'zod';
import { DIRECTIONS, SYNC_EVENT_TYPES, type SyncStatus } from '../../domain/sync-event.ts';
import type { SyncEventFilter } from '../../storage/sync-events.ts';
import {
  type FieldErrors,
  LOG_RANGES,
  LOG_STATUSES,
  type LogFilter,
  type LogRow,
  type LogRowsProps,
  type LogStatus,
  type Shell,
} from '../../ui/props.ts';
import type { Deps } from '../deps.ts';
import { temporalWebUrl } from '../temporal/web-link.ts';
import { dayFromText, dayStart } from './calendar.ts';
import { textCursor, writeCursor } from './cursor.ts';
import { conversationsByKey } from './insight-rows.ts';
import { oneOf, oneOfOr, queryCursor, queryText } from './query-values.ts';

export const logQuery = z.object({
  range: oneOfOr(LOG_RANGES, '7d'),
  from: queryText,
  to: queryText,
  type: oneOf(SYNC_EVENT_TYPES),
  status: oneOf(LOG_STATUSES),
  direction: oneOf(DIRECTIONS),
  q: queryText,
  before: queryCursor,
});

const ROWS = 50;
const HOUR_MS = 3_600_000;
const CONVERSATION_TYPES = ['conversationSynced', 'conversationUpdated'];

/** Retrying is shown as pending, with its number of attempts. */
const STATUSES: Record<LogStatus, readonly SyncStatus[]> = {
  success: ['success'],
  failed: ['failed'],
  pending: ['pending', 'retrying'],
  skipped: ['skipped'],
};

/** Tiles and table of the HelpScout Log. */
export async function logRows(
  { storage, config }: Deps,
  organizationId: string,
  filter: LogFilter,
  shell: Shell,
): Promise<LogRowsProps & { errors?: FieldErrors }> {
  const { span, errors } = timeSpan(filter, shell);
  const wanted = { ...toStorageFilter(filter), ...span };
  const cursor = textCursor(filter.before);
  const [found, counts, all] = await Promise.all([
    storage.syncEvents.list(organizationId, wanted, { limit: ROWS, ...(cursor && { cursor }) }),
    storage.syncEvents.counts(organizationId, wanted),
    storage.syncEvents.counts(organizationId, {}),
  ]);
  const sum = (rows: typeof counts) => rows.reduce((total, { events }) => total + events, 0);
  const having = (status: LogStatus) => counts.filter((row) => STATUSES[status].includes(row.status));
  return {
    shell,
    filter,
    summary: {
      events: sum(counts),
      succeeded: sum(having('success')),
      failed: sum(having('failed')),
      pending: sum(having('pending')),
      conversationsSynced: sum(having('success').filter(({ type }) => CONVERSATION_TYPES.includes(type))),
    },
    rows: await withConversations(
      storage,
      organizationId,
      found.events.map((event) => ({
        ...event,
        temporalUrl: temporalWebUrl(config, shell.member.role, event.workflowId),
      })),
    ),
    older: writeCursor(found.next),
    totalRows: sum(all),
    ...(errors && { errors }),
  };
}

/** A sync that failed may not have learned whose conversation it is; one that was read before tells. */
async function withConversations(
  storage: Deps['storage'],
  organizationId: string,
  rows: readonly LogRow[],
): Promise<LogRow[]> {
  const unknown = rows.filter((row) => row.conversationId !== null && !(row.customerEmail && row.conversationUrl));
  const known = await conversationsByKey(
    storage,
    organizationId,
    unknown.map(({ integrationId, conversationId }) => ({ integrationId, conversationId: conversationId ?? 0 })),
  );
  return rows.map((row) => {
    const conversation = known.get(`${row.integrationId}:${row.conversationId}`);
    return {
      ...row,
      customerEmail: row.customerEmail ?? conversation?.customer.email ?? null,
      conversationUrl: row.conversationUrl ?? conversation?.webUrl ?? null,
    };
  });
}

function toStorageFilter({ type, status, direction, q }: LogFilter): SyncEventFilter {
  const isId = /^\d{1,15}$/.test(q);
  return {
    ...(type && { types: [type] }),
    ...(status && { statuses: STATUSES[status] }),
    ...(direction && { direction }),
    ...(isId && { conversationId: Number(q) }),
    ...(!isId && q !== '' && { customerEmail: q }),
  };
}

const HOURS = { '24h': 24, '48h': 48, '7d': 7 * 24, '30d': 30 * 24 } as const;

/** The time a filter speaks of; days are those of the organization's time zone, the last one included. */
function timeSpan(
  { range, from, to }: LogFilter,
  { now, timeZone }: Shell,
): { span: Pick<SyncEventFilter, 'from' | 'to'>; errors?: FieldErrors } {
  if (range === 'today') return { span: { from: dayStart(now, timeZone) } };
  if (range !== 'custom') return { span: { from: new Date(now.getTime() - HOURS[range] * HOUR_MS) } };
  const first = from === '' ? null : dayFromText(from, timeZone);
  const last = to === '' ? null : dayFromText(to, timeZone);
  const errors = {
    ...(from !== '' && !first && { from: 'Use a date such as 2026-03-01.' }),
    ...(to !== '' && !last && { to: 'Use a date such as 2026-03-31.' }),
    ...(first && last && first > last && { to: 'The end is before the beginning.' }),
  };
  const span = { ...(first && { from: first }), ...(last && { to: dayStart(last, timeZone, -1) }) };
  return Object.keys(errors).length > 0 ? { span, errors } : { span };
}

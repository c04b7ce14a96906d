import type { SyncEvent } from '../../domain/sync-event.ts';
import type { Storage } from '../../storage/storage.ts';
import type { SyncEventFilter } from '../../storage/sync-events.ts';
import type { LogRow } from '../../ui/components/log-table.tsx';
import type { LogTool } from '../../ui/components/log-tools.tsx';
import { type LogFilter, USUAL_LOG_FILTER } from '../../ui/log-filter.ts';
import type { Shell } from '../../ui/props.ts';
import type { LogPageProps, LogRowsProps } from '../../ui/views/log.tsx';
import type { Deps } from '../deps.ts';
import { temporalWebUrl } from '../temporal/web-link.ts';
import { textCursor, writeCursor } from './cursor.ts';
import { conversationsByKey } from './insight-rows.ts';
import { customerSearched, logSelection } from './log-query.ts';
import { countRows, logSummary } from './log-summary.ts';

const ROWS = 50;
/** Addresses offered for a half-typed one. */
const SIMILAR = 8;

/** Tiles, chart and table of the HelpScout Log. */
export async function logRows(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  organizationId: string,
  filter: LogFilter,
  shell: Shell,
): Promise<LogRowsProps> {
  const { wanted, errors } = logSelection(filter, shell);
  const cursor = textCursor(filter.before);
  const [found, summary, anyRows] = await Promise.all([
    storage.syncEvents.list(organizationId, wanted, { limit: ROWS, ...(cursor && { cursor }) }),
    logSummary(storage, organizationId, filter, wanted, shell),
    storage.syncEvents.exists(organizationId),
  ]);
  const rows = await withConversations(storage, organizationId, found.events, { links: true });
  return {
    shell,
    filter,
    summary,
    rows: rows.map((row) => ({
      ...row,
      temporalUrl: temporalWebUrl(config, shell.member.role, row.workflowId),
    })),
    older: writeCursor(found.next),
    anyRows,
    similar: rows.length > 0 ? [] : await similarAddresses(storage, organizationId, wanted),
    ...(errors && { errors }),
  };
}

/** Customers whose address begins with what was searched for. */
const similarAddresses = ({ syncEvents }: Storage, organizationId: string, { customerEmail }: SyncEventFilter) =>
  customerEmail === undefined ? [] : syncEvents.addressesBeginningWith(organizationId, customerEmail, SIMILAR);

/** What surrounds the rows: quick filters with their counts, and the member's saved views. */
export async function logTools(
  { storage }: Pick<Deps, 'storage'>,
  organizationId: string,
  memberId: string,
  filter: LogFilter,
  shell: Shell,
): Promise<Pick<LogPageProps, 'quick' | 'savedViews'>> {
  const [quick, savedViews] = await Promise.all([
    Promise.all(
      quickFilters(filter).map(async ({ text, ...filter }): Promise<LogTool> => {
        const wanted = logSelection({ ...USUAL_LOG_FILTER, ...filter }, shell).wanted;
        return { text, filter, count: await countRows(storage, organizationId, wanted) };
      }),
    ),
    storage.savedViews.list(organizationId, memberId),
  ]);
  return { quick, savedViews };
}

/** The questions that are asked every morning; about one customer, when one is searched for. */
function quickFilters({ q }: LogFilter): (Partial<LogFilter> & { text: string })[] {
  const customer = customerSearched(q);
  return [
    { text: 'Failed in the last 24 hours', range: '24h', status: ['failed'] },
    { text: 'Ticket Created failed today', range: 'today', type: ['ticketCreated'], status: ['failed'] },
    { text: 'All events, 48 hours', range: '48h' },
    ...(customer
      ? [
          {
            text: 'This customer’s Ticket Created',
            range: '30d' as const,
            type: ['ticketCreated' as const],
            q: customer,
          },
          {
            text: 'This customer’s Customer Synced',
            range: '30d' as const,
            type: ['customerSynced' as const],
            q: customer,
          },
        ]
      : []),
  ];
}

/** A row as pages and exports show it. */
export type ShownEvent = SyncEvent & Pick<LogRow, 'conversationKnown'>;

/**
 * A sync that failed may not have learned whose conversation it is; one that was read before tells. `links`: also look
 * for the conversations of tickets, which are read only once something happens to them.
 */
export async function withConversations(
  storage: Storage,
  organizationId: string,
  rows: readonly SyncEvent[],
  { links }: { links: boolean },
): Promise<ShownEvent[]> {
  const lookedFor = rows.flatMap(({ integrationId, conversationId, customerEmail, conversationUrl, type }) => {
    const complete = customerEmail !== null && conversationUrl !== null;
    const wanted = conversationId !== null && (!complete || (links && type === 'ticketCreated'));
    return wanted ? [{ integrationId, conversationId }] : [];
  });
  const known = await conversationsByKey(storage, organizationId, lookedFor);
  return rows.map((row) => {
    const conversation = known.get(`${row.integrationId}:${row.conversationId}`);
    const wasRead = row.status === 'success' && ['conversationSynced', 'conversationUpdated'].includes(row.type);
    return {
      ...row,
      customerEmail: row.customerEmail ?? conversation?.customer.email ?? null,
      conversationUrl: row.conversationUrl ?? conversation?.webUrl ?? null,
      conversationKnown: conversation !== undefined || wasRead,
    };
  });
}

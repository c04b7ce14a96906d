import { awaitsDecision, SYNC_EVENT_NAMES, type SyncEvent } from '../../../domain/sync-event.ts';
import { Time } from '../../components/content.tsx';
import { ListCard } from '../../components/list-card.tsx';
import { TableHead } from '../../components/table.tsx';
import { plural } from '../../format.ts';
import { conversationHref, customerHref, failureHref, logEventHref } from '../../links.ts';
import type { Shell } from '../../props.ts';

interface RowsProps {
  rows: readonly SyncEvent[];
  more: boolean;
  count: number;
  shell: Shell;
  choose?: boolean;
}

/** The rows; with `choose`, whoever may retry can tick them. */
export function Rows({ rows, more, count, shell, choose = false }: RowsProps) {
  return (
    <ListCard id="rows" title={more ? `The newest ${rows.length} of ${count}` : plural(rows.length, 'row')}>
      <table class="stack">
        <caption class="visually-hidden">Failed rows, newest first</caption>
        <TableHead
          columns={[
            choose && { unseen: 'Choose' },
            'Event',
            'Customer',
            'Conversation',
            'What failed',
            'When',
            { unseen: 'Open' },
          ]}
        />
        <tbody>
          {rows.map((row) => (
            <tr key={row.eventId}>
              {choose && (
                <td class="choose-cell">
                  {awaitsDecision(row) && (
                    <input
                      type="checkbox"
                      name="eventIds"
                      value={row.eventId}
                      aria-label={`Choose ${SYNC_EVENT_NAMES[row.type]} of ${row.customerEmail ?? 'an unknown customer'}`}
                    />
                  )}
                </td>
              )}
              <td class="lead-cell">
                <a class="row-title" href={logEventHref(row.eventId)}>
                  {SYNC_EVENT_NAMES[row.type]}
                </a>
              </td>
              <td data-label="Customer">
                {row.customerEmail ? (
                  <a class="ellipsis" href={customerHref(row.customerEmail)}>
                    {row.customerEmail}
                  </a>
                ) : (
                  <span class="sub">–</span>
                )}
              </td>
              <td data-label="Conversation">
                {row.conversationId === null ? (
                  <span class="sub">–</span>
                ) : (
                  <a href={conversationHref(row.conversationId)}>{row.conversationId}</a>
                )}
              </td>
              <td class="details-cell">{row.details || row.error?.message}</td>
              <td data-label="When" class="nowrap">
                <Time at={row.createdAt} clock={shell} />
                {row.attempts.length > 1 && <span class="sub block">{plural(row.attempts.length, 'attempt')}</span>}
              </td>
              <td class="row-actions">
                {choose && awaitsDecision(row) && <a href={failureHref(row.eventId)}>Correct or retry</a>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListCard>
  );
}

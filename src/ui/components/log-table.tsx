import { hasRole } from '../../domain/roles.ts';
import { awaitsDecision, type Direction, SYNC_EVENT_NAMES, type SyncEvent } from '../../domain/sync-event.ts';
import { plural } from '../format.ts';
import { conversationHref, customerHref, LOG_PATH, logEventHref, logHref, ticketHref } from '../links.ts';
import type { LogFilter } from '../log-filter.ts';
import type { Shell } from '../props.ts';
import { SyncStatusBadge } from './badges.tsx';
import { ExternalLink, Time } from './content.tsx';
import { PostButton } from './form.tsx';
import { Icon } from './icon.tsx';
import { LogAttempts } from './log-attempts.tsx';
import { Cause } from './log-cause.tsx';
import { TableHead } from './table.tsx';

export interface LogRow extends SyncEvent {
  /** The row's workflow in Temporal Web; null where the reader may not go there. */
  temporalUrl: string | null;
  /** Whether the conversation was read, and so has a page of ours. */
  conversationKnown: boolean;
}

export const DIRECTION: Record<Direction, string> = { inbound: 'Inbound', outbound: 'Outbound', internal: 'Internal' };
const COLUMNS = 9;

interface RowsProps {
  shell: Shell;
  filter: LogFilter;
}

/**
 * Each event is two rows: what happened, and its attempts. The second shows when the `<details>` of the first is open,
 * which the stylesheet decides, so that it needs no script and survives a live refresh.
 */
export function LogTable({ rows, shell, filter }: { rows: readonly LogRow[] } & RowsProps) {
  return (
    <table class="stack log-table">
      <caption class="visually-hidden">{plural(rows.length, 'event')}</caption>
      <TableHead
        columns={[
          'Time',
          'Event',
          'Customer',
          'Ticket, conversation',
          'Status',
          'Direction',
          'Details',
          'Error',
          { unseen: 'Attempts' },
        ]}
      />
      <tbody>
        {rows.map((row) => (
          <Event key={row.eventId} row={row} shell={shell} filter={filter} />
        ))}
      </tbody>
    </table>
  );
}

function Event({ row, shell, filter }: { row: LogRow } & RowsProps) {
  const failed = row.status === 'failed';
  return (
    <>
      <tr class={failed ? 'event failed-row' : 'event'} id={`event-${row.eventId}`}>
        <td class="nowrap">
          <Time at={row.createdAt} clock={shell} exact />
        </td>
        <td class="event-cell">
          <a class="row-title" href={logEventHref(row.eventId)}>
            {SYNC_EVENT_NAMES[row.type]}
          </a>
        </td>
        <td data-label="Customer">
          <CustomerLink email={row.customerEmail} />
        </td>
        <td data-label="Ticket">
          <TicketLinks row={row} />
        </td>
        <td>
          <SyncStatusBadge status={row.status} attempts={row.attempts.length} />
        </td>
        <td data-label="Direction">{DIRECTION[row.direction]}</td>
        <td class="details-cell">{row.details}</td>
        <td class="error-cell">
          {row.error && <Cause error={row.error} status={row.status} />}
          {/* Who works through a filtered list stays in it. */}
          <Decide row={row} shell={shell} returnTo={logHref(filter)} />
        </td>
        <td class="expand-cell">
          <details class="expander">
            <summary>
              <span class="visually-hidden">Attempts of {SYNC_EVENT_NAMES[row.type]}</span>
              <span class="expander-word" aria-hidden="true">
                Attempts
              </span>
              <Icon name="chevron" />
            </summary>
          </details>
        </td>
      </tr>
      <tr class="event-more" id={`more-${row.eventId}`}>
        <td colspan={COLUMNS}>
          <More row={row} shell={shell} />
        </td>
      </tr>
    </>
  );
}

/** The customer's own page, from everywhere an address is shown; what is no address cannot have one. */
export function CustomerLink({ email }: { email: string | null }) {
  if (!email) return <span class="sub">–</span>;
  return (
    <a class="ellipsis" href={customerHref(email)} title={email}>
      {email}
    </a>
  );
}

/** Retry and dismiss, for whoever may and while it makes sense. */
export function Decide({ row, shell, returnTo }: { row: SyncEvent; shell: Shell; returnTo: string }) {
  if (!awaitsDecision(row) || !hasRole(shell.member.role, 'administrator')) return null;
  const path = `${LOG_PATH}/${encodeURIComponent(row.eventId)}`;
  return (
    <span class="button-row">
      <PostButton action={`${path}/retry`} csrfToken={shell.csrfToken} fields={{ returnTo }}>
        Retry
      </PostButton>
      <PostButton
        action={`${path}/dismiss`}
        csrfToken={shell.csrfToken}
        kind="quiet"
        fields={{ returnTo }}
        confirm="Dismiss this sync? It will not be retried."
      >
        Dismiss
      </PostButton>
    </span>
  );
}

function TicketLinks({ row }: { row: LogRow }) {
  if (row.conversationId === null && row.submissionId === null) return <span class="sub">–</span>;
  return (
    <span class="stacked">
      {row.conversationId !== null &&
        (row.conversationKnown ? (
          <a href={conversationHref(row.conversationId)}>{row.conversationId}</a>
        ) : (
          <span>{row.conversationId}</span>
        ))}
      {row.submissionId !== null && (
        <a class="sub nowrap" href={ticketHref(row.submissionId)} title={`Ticket ${row.submissionId}`}>
          {`Ticket ${row.submissionId.slice(0, 8)}`}
        </a>
      )}
      {row.conversationUrl && (
        <ExternalLink href={row.conversationUrl} class="sub">
          Help Scout
        </ExternalLink>
      )}
    </span>
  );
}

function More({ row, shell }: { row: LogRow; shell: Shell }) {
  return (
    <div class="attempts">
      <LogAttempts attempts={row.attempts} clock={shell} />
      <p class="sub dots">
        {row.error && row.attempts.length === 0 && (
          <span>
            Cause <code>{row.error.code}</code>
          </span>
        )}
        <span>
          Workflow <code>{row.workflowId}</code>
        </span>
        {row.temporalUrl && <ExternalLink href={row.temporalUrl}>Open in Temporal Web</ExternalLink>}
        <a href={logEventHref(row.eventId)}>Everything about this event</a>
      </p>
    </div>
  );
}

import { hasRole } from '../../domain/roles.ts';
import { awaitsDecision, type Direction, SYNC_EVENT_NAMES } from '../../domain/sync-event.ts';
import { plural } from '../format.ts';
import { conversationHref, LOG_PATH, logHref } from '../links.ts';
import type { LogRow, LogRowsProps } from '../props.ts';
import { AttemptBadge, SyncStatusBadge } from './badges.tsx';
import { ExternalLink, Time } from './content.tsx';
import { PostButton } from './form.tsx';
import { Icon } from './icon.tsx';

const DIRECTION: Record<Direction, string> = { inbound: 'Inbound', outbound: 'Outbound', internal: 'Internal' };
const COLUMNS = 8;

/**
 * Each event is two rows: what happened, and its attempts. The second shows when the `<details>` of the first is open,
 * which the stylesheet decides, so that it needs no script and survives a live refresh.
 */
export function LogTable({ rows, shell, filter }: Pick<LogRowsProps, 'rows' | 'shell' | 'filter'>) {
  return (
    <table class="stack log-table">
      <caption class="visually-hidden">{plural(rows.length, 'event')}</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Event</th>
          <th scope="col">Status</th>
          <th scope="col">Customer</th>
          <th scope="col">Conversation</th>
          <th scope="col">Direction</th>
          <th scope="col">Details</th>
          <th scope="col">
            <span class="visually-hidden">Attempts</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Event key={row.eventId} row={row} shell={shell} filter={filter} />
        ))}
      </tbody>
    </table>
  );
}

function Event({ row, shell, filter }: { row: LogRow } & Pick<LogRowsProps, 'shell' | 'filter'>) {
  const failed = row.status === 'failed';
  const retryable = awaitsDecision(row) && hasRole(shell.member.role, 'administrator');
  const path = `${LOG_PATH}/${encodeURIComponent(row.eventId)}`;
  // Who works through a filtered list stays in it.
  const fields = { returnTo: logHref(filter) };
  return (
    <>
      <tr class={failed ? 'event failed-row' : 'event'} id={`event-${row.eventId}`}>
        <td class="nowrap">
          <Time at={row.createdAt} clock={shell} exact />
        </td>
        <td class="lead-cell">
          <span class="row-title">{SYNC_EVENT_NAMES[row.type]}</span>
        </td>
        <td>
          <SyncStatusBadge status={row.status} attempts={row.attempts.length} />
        </td>
        <td data-label="Customer">
          {row.customerEmail ? <span class="ellipsis">{row.customerEmail}</span> : <span class="sub">–</span>}
        </td>
        <td data-label="Conversation">
          <ConversationLinks row={row} />
        </td>
        <td data-label="Direction">{DIRECTION[row.direction]}</td>
        <td class="details-cell">
          {row.error ? <Cause error={row.error} failed={failed} /> : row.details}
          {retryable && (
            <span class="button-row">
              <PostButton action={`${path}/retry`} csrfToken={shell.csrfToken} fields={fields}>
                Retry
              </PostButton>
              <PostButton
                action={`${path}/dismiss`}
                csrfToken={shell.csrfToken}
                kind="quiet"
                fields={fields}
                confirm="Dismiss this sync? It will not be retried."
              >
                Dismiss
              </PostButton>
            </span>
          )}
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

/** What a manager needs to know; the technical detail is with the attempts. */
function Cause({ error, failed }: { error: NonNullable<LogRow['error']>; failed: boolean }) {
  return (
    <>
      <span class={failed ? 'row-cause bad' : 'row-cause'}>{error.message}</span>{' '}
      <span class="row-remedy">{failed ? error.remedy : 'It is tried again by itself.'}</span>
    </>
  );
}

function ConversationLinks({ row }: { row: LogRow }) {
  if (row.conversationId === null) return <span class="sub">–</span>;
  return (
    <span class="stacked">
      <a href={conversationHref(row.conversationId)}>{row.conversationId}</a>
      {row.conversationUrl && (
        <ExternalLink href={row.conversationUrl} class="sub">
          Help Scout
        </ExternalLink>
      )}
    </span>
  );
}

function More({ row, shell }: { row: LogRow; shell: LogRowsProps['shell'] }) {
  return (
    <div class="attempts">
      {row.attempts.length === 0 ? (
        <p class="sub">No attempt has ended yet.</p>
      ) : (
        <ol class="attempt-list">
          {row.attempts.map((attempt, index) => (
            <li key={`${attempt.at.getTime()}-${attempt.outcome}`}>
              <span class="sub">Attempt {index + 1}</span>
              <AttemptBadge outcome={attempt.outcome} />
              <Time at={attempt.at} clock={shell} exact />
              <span>{attempt.by === 'automatic' ? 'automatic' : `by ${attempt.by}`}</span>
              {(attempt.errorCode || attempt.httpStatus) && (
                <code>
                  {[attempt.errorCode, attempt.httpStatus && `HTTP ${attempt.httpStatus}`].filter(Boolean).join(' · ')}
                </code>
              )}
            </li>
          ))}
        </ol>
      )}
      <p class="sub dots">
        {row.error && row.details && <span>{row.details}</span>}
        {row.error && row.attempts.length === 0 && (
          <span>
            Cause <code>{row.error.code}</code>
          </span>
        )}
        <span>
          Workflow <code>{row.workflowId}</code>
        </span>
        {row.temporalUrl && <ExternalLink href={row.temporalUrl}>Open in Temporal Web</ExternalLink>}
      </p>
    </div>
  );
}

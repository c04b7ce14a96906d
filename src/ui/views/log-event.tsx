import { hasRole } from '../../domain/roles.ts';
import { SYNC_EVENT_NAMES } from '../../domain/sync-event.ts';
import { SyncStatusBadge } from '../components/badges.tsx';
import { PageHead } from '../components/content.tsx';
import { Field, PostButton, PostForm } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { LogAttempts } from '../components/log-attempts.tsx';
import type { LogRow } from '../components/log-table.tsx';
import { formatMoment } from '../format.ts';
import { failureHref, LOG_PATH, logEventHref, TICKETS_PATH, withQuery } from '../links.ts';
import type { Shell } from '../props.ts';
import { Edits, Transferred } from './log-event-data.tsx';
import { Facts } from './log-event-facts.tsx';

export interface TransferredField {
  name: string;
  /** Null where the reader's role may not see it. */
  value: string | null;
  /** Of several lines. */
  long?: boolean;
}

/** GET /tools/integrations/helpscout-log/:eventId. */
export interface LogEventPageProps {
  shell: Shell;
  row: LogRow;
  /** What went to Help Scout, or was to go; empty where nothing of a customer's was sent. */
  transferred: readonly TransferredField[];
  kind: 'ticket' | 'customer' | 'conversation';
  conversation: { subject: string; status: string } | null;
  /** What people corrected before a retry, oldest first; null values may not be seen. */
  edits: readonly { at: Date; by: string; field: string; before: string | null; after: string | null }[];
  canRetry: boolean;
  canEdit: boolean;
}

export function LogEventPage(props: LogEventPageProps) {
  const { shell, row } = props;
  const name = SYNC_EVENT_NAMES[row.type];
  return (
    <Page shell={shell} title={`${name} · HelpScout Log`}>
      <PageHead
        back={{ href: LOG_PATH, text: 'HelpScout Log' }}
        title={name}
        lead={formatMoment(row.createdAt, shell)}
        actions={<SyncStatusBadge status={row.status} attempts={row.attempts.length} />}
      />
      {row.error && (
        <p class={row.status === 'failed' ? 'notice tone-red' : 'notice tone-amber'}>
          <span>
            <strong>{row.error.message}</strong> {row.error.remedy} <code>{row.error.code}</code>
          </span>
        </p>
      )}
      <NextSteps {...props} />
      <div class="columns">
        <div>
          <section class="card" aria-labelledby="attempts-heading">
            <h2 id="attempts-heading">Attempts</h2>
            <LogAttempts attempts={row.attempts} clock={shell} />
          </section>
          <Transferred {...props} />
          <Edits {...props} />
        </div>
        <Facts {...props} />
      </div>
    </Page>
  );
}

/** What can be done about a row that waits; people who may not do it are told who may. */
function NextSteps({ shell, row, kind, canRetry, canEdit }: LogEventPageProps) {
  if (!canRetry) return null;
  const path = logEventHref(row.eventId);
  const decides = hasRole(shell.member.role, 'administrator');
  const returnTo = { returnTo: path };
  return (
    <section class="card emphasis" aria-labelledby="next-heading">
      <h2 id="next-heading">What to do</h2>
      {!decides && <p class="sub">This waits for a decision. An administrator can retry or dismiss it.</p>}
      <div class="button-row">
        {decides && canEdit && (
          <a class="button primary" href={failureHref(row.eventId)}>
            Edit and retry
          </a>
        )}
        {decides && (
          <PostButton action={`${path}/retry`} csrfToken={shell.csrfToken} fields={returnTo}>
            {row.status === 'skipped' ? 'Send anyway' : 'Retry'}
          </PostButton>
        )}
        {kind === 'ticket' && (
          <a class="button secondary" href={withQuery(`${TICKETS_PATH}/new`, { from: row.submissionId })}>
            Create a ticket by hand
          </a>
        )}
      </div>
      {decides && (
        <PostForm action={`${path}/dismiss`} csrfToken={shell.csrfToken} class="dismiss-form">
          <input type="hidden" name="returnTo" value={path} />
          <Field id="dismiss-reason" name="reason" label="Or dismiss it, with a reason" maxLength={200} />
          <button type="submit" class="button quiet">
            Dismiss
          </button>
        </PostForm>
      )}
    </section>
  );
}

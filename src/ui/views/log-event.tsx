import { hasRole } from '../../domain/roles.ts';
import { SYNC_EVENT_NAMES } from '../../domain/sync-event.ts';
import { SyncStatusBadge } from '../components/badges.tsx';
import { ExternalLink, PageHead, Time } from '../components/content.tsx';
import { Field, PostButton, PostForm } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { LogAttempts } from '../components/log-attempts.tsx';
import { CustomerLink, DIRECTION, type LogRow } from '../components/log-table.tsx';
import { formatMoment } from '../format.ts';
import {
  conversationHref,
  failureHref,
  LOG_PATH,
  logEventHref,
  logHref,
  TICKETS_PATH,
  ticketHref,
  withQuery,
} from '../links.ts';
import type { Shell } from '../props.ts';

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

const KIND_TEXT = { ticket: 'Ticket', customer: 'Customer', conversation: 'Conversation' } as const;

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

function Transferred({ transferred, kind, row, conversation }: LogEventPageProps) {
  return (
    <section class="card" aria-labelledby="data-heading">
      <h2 id="data-heading">Data transferred</h2>
      {transferred.length > 0 ? (
        <dl class="facts transferred">
          {transferred.map((field) => (
            <FieldValue key={field.name} field={field} />
          ))}
        </dl>
      ) : kind === 'conversation' && conversation ? (
        <dl class="facts">
          <dt>Subject</dt>
          <dd>{conversation.subject || 'No subject'}</dd>
          <dt>Status</dt>
          <dd>{conversation.status}</dd>
        </dl>
      ) : (
        <p class="sub">{row.details || 'Nothing of a ticket, a customer or a conversation.'}</p>
      )}
    </section>
  );
}

function FieldValue({ field }: { field: TransferredField }) {
  return (
    <>
      <dt>{field.name}</dt>
      <dd class={field.long ? 'long-text' : undefined}>
        {field.value === null ? (
          <span class="sub">Your role may not see this.</span>
        ) : (
          field.value || <span class="sub">Empty</span>
        )}
      </dd>
    </>
  );
}

function Edits({ edits, shell }: LogEventPageProps) {
  if (edits.length === 0) return null;
  return (
    <section class="card flush" aria-labelledby="edits-heading">
      <div class="card-head">
        <h2 id="edits-heading">Corrected before a retry</h2>
      </div>
      <table class="stack">
        <caption class="visually-hidden">Corrections, oldest first</caption>
        <thead>
          <tr>
            <th scope="col">When, by whom</th>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {edits.map((edit) => (
            <tr key={`${edit.at.getTime()}-${edit.field}`}>
              <td>
                <Time at={edit.at} clock={shell} exact /> <span class="sub">{edit.by}</span>
              </td>
              <td data-label="Field">{edit.field}</td>
              <td data-label="Before" class="long-text">
                <EditedText text={edit.before} />
              </td>
              <td data-label="After" class="long-text">
                <EditedText text={edit.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function EditedText({ text }: { text: string | null }) {
  if (text === null) return <span class="sub">not for your role</span>;
  return text === '' ? <span class="sub">empty</span> : <span>{text}</span>;
}

function Facts({ shell, row, kind }: LogEventPageProps) {
  return (
    <section class="card" aria-labelledby="facts-heading">
      <h2 id="facts-heading">{KIND_TEXT[kind]} and links</h2>
      <dl class="facts">
        <dt>Customer</dt>
        <dd>
          <CustomerLink email={row.customerEmail} />
        </dd>
        {row.customerExternalId !== null && (
          <>
            <dt>External id</dt>
            <dd>{row.customerExternalId}</dd>
          </>
        )}
        {row.submissionId !== null && (
          <>
            <dt>Ticket</dt>
            <dd>
              <a href={ticketHref(row.submissionId)}>{row.submissionId}</a>
            </dd>
          </>
        )}
        <dt>Conversation</dt>
        <dd>
          <Conversation row={row} />
        </dd>
        <dt>Direction</dt>
        <dd>{DIRECTION[row.direction]}</dd>
        <dt>Details</dt>
        <dd>{row.details || <span class="sub">–</span>}</dd>
        <dt>Settled</dt>
        <dd>{row.settledAt ? <Time at={row.settledAt} clock={shell} exact /> : <span class="sub">Not yet</span>}</dd>
        <dt>Workflow</dt>
        <dd>
          <code>{row.workflowId}</code>
        </dd>
      </dl>
      <p class="link-list">
        {row.temporalUrl && <ExternalLink href={row.temporalUrl}>Open in Temporal Web</ExternalLink>}
        {row.customerEmail && (
          <a href={logHref({ range: '30d', q: row.customerEmail })}>All events of this customer, 30 days</a>
        )}
        {row.conversationId !== null && (
          <a href={logHref({ range: '30d', q: String(row.conversationId) })}>
            All events of this conversation, 30 days
          </a>
        )}
      </p>
    </section>
  );
}

function Conversation({ row }: { row: LogRow }) {
  if (row.conversationId === null) return <span class="sub">None yet</span>;
  return (
    <span class="stacked">
      {row.conversationKnown ? (
        <a href={conversationHref(row.conversationId)}>{row.conversationId}</a>
      ) : (
        <span>{row.conversationId}</span>
      )}
      {row.conversationUrl && <ExternalLink href={row.conversationUrl}>Open in Help Scout</ExternalLink>}
    </span>
  );
}

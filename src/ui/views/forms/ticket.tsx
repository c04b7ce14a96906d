import type { ComponentChildren } from 'preact';
import { mayReadMessages } from '../../../domain/roles.ts';
import type { Submission } from '../../../domain/submission.ts';
import { ticketFieldText } from '../../../domain/submission-problem.ts';
import { awaitsDecision, type SyncEvent } from '../../../domain/sync-event.ts';
import { SyncStatusBadge } from '../../components/badges.tsx';
import { ExternalLink, PageHead, Time } from '../../components/content.tsx';
import { Page } from '../../components/layout.tsx';
import { SubmissionStateBadge } from '../../components/submission-state.tsx';
import { TicketActions } from '../../components/ticket-actions.tsx';
import { customerHref, failureHref, logEventHref, TICKETS_PATH, ticketHref, withQuery } from '../../links.ts';
import type { Shell } from '../../props.ts';

/** GET /tickets/:submissionId. */
export interface TicketPageProps {
  shell: Shell;
  submission: Submission;
  /** The form it came through; null for one by hand, or when the form was deleted. */
  formName: string | null;
  mailboxName: string;
  /** Its rows of the log, newest first. */
  rows: readonly SyncEvent[];
  /** The submission that this one seems to repeat. */
  first: Submission | null;
  /** Whether this person may retry, send and dismiss. */
  mayDecide: boolean;
}

export function TicketPage(props: TicketPageProps) {
  const { shell, submission, formName, mailboxName, rows, first, mayDecide } = props;
  const mayRead = mayReadMessages(shell.member.role);
  const { submissionId, state, problem, conversationId, customerEmail } = submission;
  const title = submission.subject || 'Ticket without a subject';
  const waiting = rows.find(awaitsDecision);
  const url = rows.find((row) => row.conversationUrl)?.conversationUrl;
  return (
    <Page shell={shell} title={title}>
      <PageHead
        title={title}
        lead={
          <span class="dots">
            <SubmissionStateBadge state={state} />
            <span>
              {submission.source === 'manual' ? `By hand, by ${submission.createdBy}` : (formName ?? 'Contact form')}
            </span>
            <span>
              received <Time at={submission.receivedAt} clock={shell} />
            </span>
          </span>
        }
        actions={
          <>
            {mayDecide && problem && state === 'failed' && waiting && (
              <a class="button primary" href={failureHref(waiting.eventId)}>
                Edit and retry
              </a>
            )}
            {mayDecide && <TicketActions submission={submission} shell={shell} returnTo={ticketHref(submissionId)} />}
            {(state === 'failed' || state === 'held') && (
              <a class="button secondary" href={withQuery(`${TICKETS_PATH}/new`, { from: submissionId })}>
                Create it by hand
              </a>
            )}
          </>
        }
      />
      {problem && state !== 'created' && (
        <p class="notice tone-red">
          <span>
            {problem.code === 'requiredFieldMissing' ? 'Something is missing' : 'A value does not fit'}:{' '}
            {ticketFieldText(problem.field)}. It is not sent until this is corrected.
          </span>
        </p>
      )}
      {first && (
        <p class="notice tone-violet">
          <span>
            It says the same as <a href={ticketHref(first.submissionId)}>an earlier one</a>, received{' '}
            <Time at={first.receivedAt} clock={shell} exact />
            {state === 'held' ? ', and was held back.' : '.'}
          </span>
        </p>
      )}
      <div class="columns">
        <div>
          <section class="card" aria-labelledby="ticket-submitted">
            <h2 id="ticket-submitted">What was submitted</h2>
            <dl class="facts">
              <Fact name="Customer">
                {submission.customerName !== '' && <span class="block">{submission.customerName}</span>}
                {customerEmail === '' ? (
                  <span class="sub">No address</span>
                ) : (
                  <a href={customerHref(customerEmail)}>{customerEmail}</a>
                )}
              </Fact>
              <Fact name="Subject">{submission.subject || <span class="sub">None</span>}</Fact>
              {submission.answers.map(({ label, value }) => (
                <Fact key={label} name={label}>
                  {mayRead ? <span class="written">{value}</span> : <NotForThisRole />}
                </Fact>
              ))}
            </dl>
            <h3 class="ticket-heading">Message</h3>
            {submission.message === '' ? (
              <p class="sub">None</p>
            ) : mayRead ? (
              <p class="written">{submission.message}</p>
            ) : (
              <p>
                <NotForThisRole />
              </p>
            )}
          </section>
          {submission.edits.length > 0 && <Edits {...props} />}
        </div>
        <div>
          <section class="card" aria-labelledby="ticket-sent">
            <h2 id="ticket-sent">Ticket</h2>
            <dl class="facts">
              <Fact name="Conversation">
                {conversationId === null ? (
                  <span class="sub">Not created</span>
                ) : url ? (
                  <ExternalLink href={url}>{String(conversationId)}</ExternalLink>
                ) : (
                  String(conversationId)
                )}
              </Fact>
              <Fact name="Mailbox">{mailboxName}</Fact>
              <Fact name="Tags">{submission.tags.join(', ') || <span class="sub">None</span>}</Fact>
              <Fact name="Auto-reply">{submission.autoReplyText === '' ? 'No' : 'Yes'}</Fact>
              <Fact name="Reference">
                <code>{submissionId}</code>
              </Fact>
            </dl>
          </section>
          <section class="card" aria-labelledby="ticket-log">
            <h2 id="ticket-log">HelpScout Log</h2>
            {rows.length === 0 ? (
              <p class="sub">Its row is no longer kept.</p>
            ) : (
              <ul class="log-list">
                {rows.map((row) => (
                  <li key={row.eventId}>
                    <span class="stacked">
                      <a href={logEventHref(row.eventId)}>{row.details || 'Row of the log'}</a>
                      {row.error && <span>{row.error.message}</span>}
                      {row.error && <span class="sub">{row.error.remedy}</span>}
                      <span class="sub">
                        <Time at={row.createdAt} clock={shell} exact />
                      </span>
                    </span>
                    <SyncStatusBadge status={row.status} attempts={row.attempts.length} />
                  </li>
                ))}
              </ul>
            )}
          </section>
        </div>
      </div>
    </Page>
  );
}

const NotForThisRole = () => <span class="sub">Your role may not see this.</span>;

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Edits({ submission, shell }: TicketPageProps) {
  const mayRead = mayReadMessages(shell.member.role);
  const shown = (field: string, text: string) => {
    if (text === '') return <span class="sub">Empty</span>;
    return field === 'message' && !mayRead ? <NotForThisRole /> : text;
  };
  return (
    <section class="card flush" aria-label="Corrections">
      <div class="card-head">
        <h2>Corrections</h2>
      </div>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {submission.edits.map((edit, index) => (
            <tr key={index}>
              <td class="lead-cell">{ticketFieldText(edit.field)}</td>
              <td data-label="Before" class="written">
                {shown(edit.field, edit.before)}
              </td>
              <td data-label="After" class="written">
                {shown(edit.field, edit.after)}
              </td>
              <td data-label="By">
                {edit.by}
                <span class="sub block">
                  <Time at={edit.at} clock={shell} exact />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

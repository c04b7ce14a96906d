import { mayReadMessages } from '../../../domain/roles.ts';
import { ticketFieldText } from '../../../domain/submission-problem.ts';
import { SyncStatusBadge } from '../../components/badges.tsx';
import { ExternalLink, Time } from '../../components/content.tsx';
import { Fact } from '../../components/fact.tsx';
import { TableHead } from '../../components/table.tsx';
import { customerHref, logEventHref } from '../../links.ts';
import type { TicketPageProps } from './ticket.tsx';

/** What came in, as far as the reader may see it. */
export function Submitted({ shell, submission }: TicketPageProps) {
  const mayRead = mayReadMessages(shell.member.role);
  const { customerEmail } = submission;
  return (
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
  );
}

/** What Help Scout has of it. */
export function Sent({ submission, mailboxName, rows }: TicketPageProps) {
  const { submissionId, conversationId } = submission;
  const url = rows.find((row) => row.conversationUrl)?.conversationUrl;
  return (
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
  );
}

/** Its rows of the log. */
export function Rows({ shell, rows }: TicketPageProps) {
  return (
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
  );
}

const NotForThisRole = () => <span class="sub">Your role may not see this.</span>;

/** What people corrected before a retry. */
export function Edits({ submission, shell }: TicketPageProps) {
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
        <TableHead columns={['Field', 'Before', 'After', 'By']} />
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

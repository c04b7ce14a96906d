import { Badge } from '../../components/badge.tsx';
import { EmptyState, PageHead } from '../../components/content.tsx';
import { FilterSearch, FilterSelect } from '../../components/filter-fields.tsx';
import { FilterForm } from '../../components/filter-form.tsx';
import { choicesOf } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { CursorPager } from '../../components/pager.tsx';
import { TableHead, TimeCell } from '../../components/table.tsx';
import { conversationHref, customerHref, SENT_EMAILS_PATH, ticketHref } from '../../links.ts';
import type { Shell } from '../../props.ts';

type Kind = 'autoReply' | 'notification';

export interface SentEmailRow {
  emailId: string;
  kind: Kind;
  to: string;
  subject: string;
  status: 'sent' | 'failed';
  error: string;
  customerEmail: string | null;
  conversationId: number | null;
  submissionId: string | null;
  at: Date;
}

/** GET /tools/integrations/e-mails. Query: `customer`, `kind`, `before` (cursor). */
export interface SentEmailsPageProps {
  shell: Shell;
  filter: { customer: string; kind: Kind | null; before: string | null };
  rows: readonly SentEmailRow[];
  older: string | null;
}

const KIND_TEXT: Record<Kind, string> = { autoReply: 'Auto-reply', notification: 'Notification' };

export function SentEmailsPage({ shell, filter, rows, older }: SentEmailsPageProps) {
  const filtered = filter.customer !== '' || filter.kind !== null || filter.before !== null;
  return (
    <Page shell={shell} title="E-mail log">
      <PageHead title="E-mail log" lead="What was sent automatically: auto-replies to customers, and notifications." />
      <FilterForm action={SENT_EMAILS_PATH} target="sent-emails" label="Filter the e-mails">
        <FilterSearch name="customer" label="Customer" value={filter.customer} placeholder="The whole e-mail address" />
        <FilterSelect name="kind" label="Kind" value={filter.kind} any="All kinds" options={choicesOf(KIND_TEXT)} />
      </FilterForm>
      <div id="sent-emails" class="results">
        {rows.length > 0 ? (
          <section class="card flush" aria-label="E-mails">
            <table class="stack">
              <caption class="visually-hidden">E-mails, newest first</caption>
              <TableHead columns={['E-mail', 'Kind', 'Customer', 'Belongs to', 'Status', 'Time']} />
              <tbody>
                {rows.map((row) => (
                  <Line key={row.emailId} row={row} shell={shell} />
                ))}
              </tbody>
            </table>
          </section>
        ) : (
          <div class="card">
            {filtered ? (
              <EmptyState
                icon="search"
                title="No e-mail matches"
                action={{ href: SENT_EMAILS_PATH, text: 'Clear filters' }}
              >
                <p>Search for the whole address, or leave a filter out.</p>
              </EmptyState>
            ) : (
              <EmptyState icon="inbox" title="Nothing has been sent yet">
                <p>Auto-replies of contact forms and notifications are listed here once they are sent.</p>
              </EmptyState>
            )}
          </div>
        )}
        <CursorPager path={SENT_EMAILS_PATH} filter={filter} older={older} />
      </div>
    </Page>
  );
}

function Line({ row, shell }: { row: SentEmailRow; shell: Shell }) {
  return (
    <tr>
      <td class="lead-cell">
        <span class="row-title">{row.subject || 'Without a subject'}</span>
        <span class="sub block">to {row.to}</span>
      </td>
      <td>{KIND_TEXT[row.kind]}</td>
      <td data-label="Customer">
        {row.customerEmail ? (
          <a href={customerHref(row.customerEmail)}>{row.customerEmail}</a>
        ) : (
          <span class="sub">–</span>
        )}
      </td>
      <td data-label="Belongs to">
        <span class="stacked">
          {row.conversationId !== null && (
            <a href={conversationHref(row.conversationId)}>{`Conversation ${row.conversationId}`}</a>
          )}
          {row.submissionId && <a href={ticketHref(row.submissionId)}>Ticket</a>}
          {row.conversationId === null && !row.submissionId && <span class="sub">–</span>}
        </span>
      </td>
      <td>
        <span class="stacked">
          {row.status === 'sent' ? (
            <Badge tone="green" icon="check">
              Sent
            </Badge>
          ) : (
            <Badge tone="red" icon="cross">
              Failed
            </Badge>
          )}
          {row.error !== '' && <span class="sub">{row.error}</span>}
        </span>
      </td>
      <TimeCell label="Time" at={row.at} clock={shell} exact />
    </tr>
  );
}

import type { IssueRecord } from '../../domain/issue-record.ts';
import { MESSAGE_KIND_TEXT, MESSAGE_KINDS, type RecordMessage } from '../../domain/record-message.ts';
import { Customer, EmptyCard, ExternalLink, PageHead } from '../components/content.tsx';
import { Select } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { TableHead, TimeCell } from '../components/table.tsx';
import { plural } from '../format.ts';
import { conversationHref, recordCustomersHref, recordHref, withQuery } from '../links.ts';
import type { Shell } from '../props.ts';

/** One place where a customer asked, and what it was told. */
interface AskedIn {
  integrationId: string;
  conversationId: number;
  number: number;
  subject: string;
  reportedAt: Date;
  webUrl: string | null;
  told: readonly Pick<RecordMessage, 'kind' | 'state' | 'by' | 'at'>[];
}

export interface AskingCustomer {
  customerKey: string;
  name: string | null;
  email: string | null;
  conversations: AskedIn[];
}

/** GET /bug-reports/:number/customers and the same of feature requests. */
export interface RecordCustomersPageProps {
  shell: Shell;
  record: IssueRecord;
  customers: readonly AskingCustomer[];
  /** Query `select`: who is ticked when the page opens. */
  select: 'none' | 'all';
}

const STATE_TEXT: Record<RecordMessage['state'], string> = {
  accepted: 'on the way',
  sent: 'in Help Scout',
  failed: 'failed: see the log',
  dismissed: 'given up',
};

/** The customers who asked, and the choice of whom to tell. Nothing is sent from here: a preview comes first. */
export function RecordCustomersPage({ shell, record, customers, select }: RecordCustomersPageProps) {
  const conversations = customers.reduce((sum, customer) => sum + customer.conversations.length, 0);
  return (
    <Page shell={shell} title={`Customers of #${record.number}`}>
      <PageHead
        back={{ href: recordHref(record), text: `#${record.number} ${record.title}` }}
        title="Customers who asked"
        lead={`${plural(customers.length, 'customer')} in ${plural(conversations, 'conversation')}. Choose conversations, then read and change what they are told before anything is sent.`}
      />
      {customers.length === 0 ? (
        <EmptyCard icon="inbox" title="Nobody">
          <p>Its pattern has no conversations any more.</p>
        </EmptyCard>
      ) : (
        <form method="get" action={`${recordCustomersHref(record)}/preview`}>
          <p>
            <a
              class="button secondary"
              href={withQuery(recordCustomersHref(record), { select: select === 'all' ? null : 'all' })}
            >
              {select === 'all' ? 'Select none' : 'Select all'}
            </a>
          </p>
          <div class="card flush">
            <table class="stack">
              <caption class="visually-hidden">{plural(conversations, 'conversation')}</caption>
              <TableHead columns={[{ unseen: 'Choose' }, 'Customer', 'Conversation', 'Wrote', 'Told']} />
              <tbody>
                {customers.flatMap((customer) =>
                  customer.conversations.map((asked) => (
                    <Row
                      key={asked.conversationId}
                      shell={shell}
                      customer={customer}
                      asked={asked}
                      checked={select === 'all'}
                    />
                  )),
                )}
              </tbody>
            </table>
          </div>
          <div class="form-rows">
            <Select
              id="message-kind"
              name="message"
              label="Prepare"
              value="note"
              options={MESSAGE_KINDS.map((kind) => ({
                value: kind,
                text: kind === 'note' ? 'A private note: only the team sees it' : 'A draft reply: an agent sends it',
              }))}
            />
            <button type="submit" class="button primary">
              Preview
            </button>
          </div>
        </form>
      )}
    </Page>
  );
}

interface RowProps {
  shell: Shell;
  customer: AskingCustomer;
  asked: AskedIn;
  checked: boolean;
}

function Row({ shell, customer, asked, checked }: RowProps) {
  const { conversationId, number, subject, reportedAt, webUrl, told } = asked;
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          name="conversation"
          value={conversationId}
          aria-label={`Choose conversation ${number}`}
          checked={checked}
        />
      </td>
      <td data-label="Customer">
        <Customer customer={customer} />
      </td>
      <td class="lead-cell">
        <a class="row-title" href={conversationHref(conversationId)}>
          {subject || `Conversation #${number}`}
        </a>
        {webUrl && <ExternalLink href={webUrl}>{`#${number}`}</ExternalLink>}
      </td>
      <TimeCell label="Wrote" at={reportedAt} clock={shell} />
      <td data-label="Told">
        {told.length === 0
          ? 'Not yet'
          : told.map(({ kind, state, by }) => (
              <span key={kind} class="sub" title={by}>
                {MESSAGE_KIND_TEXT[kind]}: {STATE_TEXT[state]}{' '}
              </span>
            ))}
      </td>
    </tr>
  );
}

import { ExternalLink, Time } from '../components/content.tsx';
import { Fact } from '../components/fact.tsx';
import { CustomerLink, DIRECTION, type LogRow } from '../components/log-table.tsx';
import { conversationHref, logHref, ticketHref } from '../links.ts';
import type { LogEventPageProps } from './log-event.tsx';

const KIND_TEXT = { ticket: 'Ticket', customer: 'Customer', conversation: 'Conversation' } as const;

/** Whom and what the row is about, and where to go on. */
export function Facts({ shell, row, kind }: LogEventPageProps) {
  return (
    <section class="card" aria-labelledby="facts-heading">
      <h2 id="facts-heading">{KIND_TEXT[kind]} and links</h2>
      <dl class="facts">
        <Fact name="Customer">
          <CustomerLink email={row.customerEmail} />
        </Fact>
        {row.customerExternalId !== null && <Fact name="External id">{row.customerExternalId}</Fact>}
        {row.submissionId !== null && (
          <Fact name="Ticket">
            <a href={ticketHref(row.submissionId)}>{row.submissionId}</a>
          </Fact>
        )}
        <Fact name="Conversation">
          <Conversation row={row} />
        </Fact>
        <Fact name="Direction">{DIRECTION[row.direction]}</Fact>
        <Fact name="Details">{row.details || <span class="sub">–</span>}</Fact>
        <Fact name="Settled">
          {row.settledAt ? <Time at={row.settledAt} clock={shell} exact /> : <span class="sub">Not yet</span>}
        </Fact>
        <Fact name="Workflow">
          <code>{row.workflowId}</code>
        </Fact>
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

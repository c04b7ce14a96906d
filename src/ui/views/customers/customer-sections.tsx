import type { ComponentChildren } from 'preact';
import { CUSTOMER_FIELD_NAMES, CUSTOMER_FIELD_TEXT } from '../../../domain/customer-record.ts';
import { SYNC_EVENT_NAMES } from '../../../domain/sync-event.ts';
import { SyncStatusBadge } from '../../components/badges.tsx';
import { Time } from '../../components/content.tsx';
import { CustomerStateBadge } from '../../components/customer-state.tsx';
import { Fact } from '../../components/fact.tsx';
import { InsightTable } from '../../components/insight-table.tsx';
import { Cause } from '../../components/log-cause.tsx';
import { SubmissionStateBadge } from '../../components/submission-state.tsx';
import { conversationHref, LOG_PATH, logEventHref, SENT_EMAILS_PATH, ticketHref, withQuery } from '../../links.ts';
import type { CustomerPageProps } from './customer.tsx';

function Section({
  id,
  title,
  children,
  more,
}: {
  id: string;
  title: string;
  children: ComponentChildren;
  more?: ComponentChildren;
}) {
  return (
    <section class="card customer-section" aria-labelledby={`${id}-heading`}>
      <div class="card-head inner">
        <h2 id={`${id}-heading`}>{title}</h2>
        {more}
      </div>
      {children}
    </section>
  );
}

/** What their own record says, and what Help Scout does not have of it yet. */
export function Fields({ record, shell }: CustomerPageProps) {
  if (!record) {
    return (
      <Section id="fields" title="Synced fields">
        <p class="sub">Your own systems have not sent this customer: what is shown here comes from Help Scout.</p>
      </Section>
    );
  }
  const { fields, syncedFields, externalId, state, syncedAt } = record;
  const known = CUSTOMER_FIELD_NAMES.filter((name) => fields[name] !== undefined || syncedFields?.[name]);
  return (
    <Section id="fields" title="Synced fields" more={<CustomerStateBadge state={state} />}>
      <dl class="facts">
        <Fact name="Your id">{externalId}</Fact>
        {known.map((name) => (
          <>
            <dt key={`${name}-name`}>{CUSTOMER_FIELD_TEXT[name]}</dt>
            <dd key={`${name}-value`}>
              {fields[name] || <span class="sub">Empty</span>}
              {syncedFields && fields[name] !== undefined && fields[name] !== syncedFields[name] && (
                <span class="sub customer-pending">Not in Help Scout yet; there: {syncedFields[name] || 'empty'}</span>
              )}
            </dd>
          </>
        ))}
        <Fact name="Last sync">
          {syncedAt ? <Time at={syncedAt} clock={shell} exact /> : <span class="sub">Never</span>}
        </Fact>
      </dl>
    </Section>
  );
}

/** What they wrote. */
export function Conversations({ insights, conversations, shell }: CustomerPageProps) {
  if (insights.length + conversations.length === 0) {
    return (
      <Section id="conversations" title="Conversations">
        <p class="sub">No conversation of this address has been read.</p>
      </Section>
    );
  }
  return (
    <Section id="conversations" title="Conversations">
      {insights.length > 0 && <InsightTable rows={insights} clock={shell} showCustomer={false} />}
      {conversations.length > 0 && (
        <ul class="customer-list">
          {conversations.map((conversation) => (
            <li key={conversation.conversationId}>
              <a href={conversationHref(conversation.conversationId)}>
                {conversation.subject || `Conversation #${conversation.number}`}
              </a>
              <span class="sub">
                {conversation.status}, <Time at={conversation.createdAt} clock={shell} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What was made of forms they filled in. */
export function Tickets({ tickets, shell }: CustomerPageProps) {
  return (
    <Section id="tickets" title="Tickets">
      {tickets.length === 0 ? (
        <p class="sub">No form was filled in, and no ticket created, with this address.</p>
      ) : (
        <ul class="customer-list">
          {tickets.map(({ submissionId, subject, state, receivedAt }) => (
            <li key={submissionId}>
              <a href={ticketHref(submissionId)}>{subject || 'Without a subject'}</a>
              <span class="sub">
                <Time at={receivedAt} clock={shell} />
              </span>
              <SubmissionStateBadge state={state} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What was sent to them automatically. */
export function Emails({ emails, email, shell }: CustomerPageProps) {
  return (
    <Section
      id="emails"
      title="E-mails sent"
      more={emails.length > 0 && <a href={withQuery(SENT_EMAILS_PATH, { customer: email })}>All</a>}
    >
      {emails.length === 0 ? (
        <p class="sub">None was sent automatically.</p>
      ) : (
        <ul class="customer-list">
          {emails.map((sent) => (
            <li key={sent.emailId}>
              <span>{sent.subject}</span>
              <span class="sub">
                {sent.status === 'sent' ? 'Sent' : `Not sent: ${sent.error}`}, <Time at={sent.at} clock={shell} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What was synced of them. */
export function Log({ log, email, shell }: CustomerPageProps) {
  return (
    <Section
      id="log"
      title="Log"
      more={log.length > 0 && <a href={withQuery(LOG_PATH, { range: '30d', q: email })}>All in the HelpScout Log</a>}
    >
      {log.length === 0 ? (
        <p class="sub">Nothing has gone to or come from Help Scout for this address.</p>
      ) : (
        <ul class="customer-list">
          {log.map((row) => (
            <li key={row.eventId}>
              <a href={logEventHref(row.eventId)}>{SYNC_EVENT_NAMES[row.type]}</a>
              <span class="sub">
                <Time at={row.createdAt} clock={shell} exact />
              </span>
              <SyncStatusBadge status={row.status} attempts={row.attempts.length} />
              <span class="customer-details">
                {row.error ? <Cause error={row.error} status={row.status} /> : row.details}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

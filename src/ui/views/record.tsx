import { CATEGORY_TEXT } from '../../domain/category.ts';
import { hasRole } from '../../domain/roles.ts';
import { SeverityBadge, TrendBadge } from '../components/badges.tsx';
import { PageHead, Time } from '../components/content.tsx';
import { InsightTable } from '../components/insight-table.tsx';
import { Page } from '../components/layout.tsx';
import { PriorityBadge, RecordStatusBadge } from '../components/record-badges.tsx';
import { formatCount } from '../format.ts';
import { conversationHref, patternHref, recordCustomersHref, recordHref, recordsPath } from '../links.ts';
import type { RecordPageProps } from '../props.ts';
import { RecordChangeCard } from './record-change.tsx';
import { RecordOutcome } from './record-outcome.tsx';
import { RecordPriority } from './record-priority.tsx';
import { RecordTalk } from './record-talk.tsx';

/** A bug report or feature request with everything that is known of it. */
export function RecordPage(props: RecordPageProps) {
  const { shell, record, pattern, mergedInto, conversations } = props;
  const kind = CATEGORY_TEXT[record.kind];
  const mayChange = hasRole(shell.member.role, 'manager');
  return (
    <Page shell={shell} title={`#${record.number} ${record.title}`}>
      <PageHead
        back={{ href: recordsPath(record.kind), text: kind.many }}
        title={record.title}
        lead={
          <span class="dots">
            <span>
              {kind.one} #{record.number}
            </span>
            <RecordStatusBadge status={record.status} />
            <PriorityBadge priority={record.priority} />
            {record.severity && <SeverityBadge severity={record.severity} />}
            <span>
              Pattern: <a href={patternHref(pattern.patternId)}>{pattern.title}</a>
            </span>
          </span>
        }
        actions={
          mayChange && (
            <a class="button secondary" href={recordCustomersHref(record)}>
              Customers who asked
            </a>
          )
        }
      />
      {mergedInto && (
        <p class="notice tone-amber">
          Its pattern was merged into another one, whose record stays:{' '}
          <a href={recordHref(mergedInto)}>
            #{mergedInto.number} {mergedInto.title}
          </a>
          . This one is kept for its history, and stands for itself again when the merge is taken back.
        </p>
      )}
      {record.status === 'dismissed' && record.dismissedReason && (
        <p class="notice tone-neutral">Dismissed: {record.dismissedReason}</p>
      )}
      <Numbers {...props} />
      <RecordOutcome shell={shell} record={record} />
      <Evidence {...props} />
      <RecordPriority record={record} />
      {mayChange && <RecordChangeCard {...props} />}
      <RecordTalk {...props} mayChange={mayChange} />
      <section class="card flush" aria-labelledby="conversations-heading">
        <div class="card-head">
          <h2 id="conversations-heading">Linked conversations</h2>
          {conversations.length < record.conversations && (
            <span class="sub">
              Latest {formatCount(conversations.length)} of {formatCount(record.conversations)}
            </span>
          )}
        </div>
        <InsightTable rows={conversations} clock={shell} showPattern={false} />
      </section>
    </Page>
  );
}

function Numbers({ shell, record }: RecordPageProps) {
  const rows = [
    ['Customers', formatCount(record.customers)],
    ['Conversations', formatCount(record.conversations)],
    ['Trend', <TrendBadge key="trend" summary={record.trend} />],
    ['Created', <Time key="created" at={record.createdAt} clock={shell} />],
    ['Updated', <Time key="updated" at={record.updatedAt} clock={shell} />],
  ] as const;
  return (
    <dl class="numbers">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Evidence({ shell, record, quotes }: RecordPageProps) {
  return (
    <section class="card" aria-labelledby="quotes-heading">
      <h2 id="quotes-heading">Description and evidence</h2>
      <p class="record-text">{record.description}</p>
      {quotes.length === 0 ? (
        <p class="sub">No quote was found in these conversations; open one below to read it.</p>
      ) : (
        <ul class="quotes">
          {quotes.map((quote) => (
            <li key={`${quote.conversationId}-${quote.quote}`}>
              <blockquote>{quote.quote}</blockquote>
              <p class="sub dots">
                <span>{quote.customer.name || quote.customer.email || 'Unknown customer'}</span>
                <a href={conversationHref(quote.conversationId)}>#{quote.number}</a>
                <Time at={quote.reportedAt} clock={shell} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

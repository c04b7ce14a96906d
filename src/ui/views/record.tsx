import { CATEGORY_TEXT } from '../../domain/category.ts';
import { RECORD_STATUSES } from '../../domain/pattern.ts';
import { hasRole } from '../../domain/roles.ts';
import { RECORD_STATUS_TEXT, RecordStatusBadge, TrendBadge } from '../components/badges.tsx';
import { PageHead, Time } from '../components/content.tsx';
import { PostForm, Select } from '../components/form.tsx';
import { InsightTable } from '../components/insight-table.tsx';
import { Page } from '../components/layout.tsx';
import { formatCount } from '../format.ts';
import { conversationHref, patternHref, recordHref, recordsPath } from '../links.ts';
import type { RecordPageProps } from '../props.ts';

export function RecordPage({ shell, record, pattern, conversations, quotes }: RecordPageProps) {
  const kind = CATEGORY_TEXT[record.kind];
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
            <span>
              Pattern: <a href={patternHref(pattern.patternId)}>{pattern.title}</a>
            </span>
          </span>
        }
        actions={
          hasRole(shell.member.role, 'manager') && (
            <PostForm action={`${recordHref(record)}/status`} csrfToken={shell.csrfToken} class="inline-form">
              <Select
                id="record-status"
                name="status"
                label="Status"
                hideLabel
                value={record.status}
                options={RECORD_STATUSES.map((status) => ({ value: status, text: RECORD_STATUS_TEXT[status] }))}
              />
              <button type="submit" class="button secondary">
                Set status
              </button>
            </PostForm>
          )
        }
      />
      <dl class="numbers">
        <div>
          <dt>Customers</dt>
          <dd>{formatCount(record.customers)}</dd>
        </div>
        <div>
          <dt>Conversations</dt>
          <dd>{formatCount(record.conversations)}</dd>
        </div>
        <div>
          <dt>Trend</dt>
          <dd>
            <TrendBadge summary={record.trend} />
          </dd>
        </div>
        <div>
          <dt>Created</dt>
          <dd>
            <Time at={record.createdAt} clock={shell} />
          </dd>
        </div>
        <div>
          <dt>Updated</dt>
          <dd>
            <Time at={record.updatedAt} clock={shell} />
          </dd>
        </div>
      </dl>
      <section class="card" aria-labelledby="quotes-heading">
        <h2 id="quotes-heading">In customers’ words</h2>
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

import type { Insight } from '../../domain/insight.ts';
import { hasRole, mayReadMessages } from '../../domain/roles.ts';
import { SYNC_EVENT_NAMES } from '../../domain/sync-event.ts';
import { Confidence, OutcomeBadge, RecordStatusBadge, SeverityBadge, SyncStatusBadge } from '../components/badges.tsx';
import { ExternalLink, PageHead, Time } from '../components/content.tsx';
import { Corrections } from '../components/correct-insight.tsx';
import { DocumentationNeed } from '../components/documentation-need.tsx';
import { Explain } from '../components/explain.tsx';
import { Page } from '../components/layout.tsx';
import { ThreadItem } from '../components/thread-item.tsx';
import { plural } from '../format.ts';
import { INSIGHTS_PATH, LOG_PATH, patternHref, recordHref, withQuery } from '../links.ts';
import { noPattern } from '../no-pattern.ts';
import type { ConversationPageProps } from '../props.ts';

export function ConversationPage(props: ConversationPageProps) {
  const { shell, conversation, mailboxName, insight, log, further = [], decision, correction } = props;
  const { customer, threads } = conversation;
  return (
    <Page shell={shell} title={conversation.subject || `Conversation #${conversation.number}`}>
      <PageHead
        back={{ href: INSIGHTS_PATH, text: 'Insights' }}
        title={conversation.subject || `Conversation #${conversation.number}`}
        lead={
          <span class="dots">
            <span>#{conversation.number}</span>
            <span>{customer.name || customer.email || 'Unknown customer'}</span>
            <span>{mailboxName}</span>
            <span>{conversation.status}</span>
            <Time at={conversation.createdAt} clock={shell} />
          </span>
        }
        actions={
          <ExternalLink href={conversation.webUrl} class="button secondary">
            Open in Help Scout
          </ExternalLink>
        }
      />
      <div class="columns conversation">
        <section aria-label={plural(threads.length, 'message')}>
          {insight?.gone && (
            <p class="card sub">
              {insight.gone.mergedInto === null
                ? 'Help Scout has this conversation no more. It counts in no pattern and no number.'
                : `In Help Scout this conversation went on in another one, ${insight.gone.mergedInto}. It counts in no pattern and no number itself.`}
            </p>
          )}
          {threads.length === 0 && (
            <p class="card sub">
              {mayReadMessages(shell.member.role)
                ? 'This conversation has no messages.'
                : 'Your role may not read messages.'}
            </p>
          )}
          <ol class="threads">
            {threads.map((thread) => (
              <ThreadItem
                key={thread.threadId}
                thread={thread}
                clock={shell}
                evidence={[...(insight?.evidence ?? []), ...further.flatMap(({ evidence }) => evidence)].filter(
                  ({ threadId }) => threadId === thread.threadId,
                )}
              />
            ))}
          </ol>
        </section>
        <div class="aside">
          <section class="card" aria-labelledby="insight-heading">
            <h2 id="insight-heading">Insight</h2>
            {insight ? (
              <>
                <InsightCard {...props} insight={insight} />
                <FurtherIssues issues={further} />
                {correction && <Corrections shell={shell} issues={[insight, ...further]} correction={correction} />}
                {decision && <Explain decision={decision} clock={shell} />}
              </>
            ) : (
              <p class="sub">Not classified yet. It is read again when the customer writes, or with the next scan.</p>
            )}
          </section>
          {hasRole(shell.member.role, 'manager') && (
            <section class="card" aria-labelledby="log-heading">
              <h2 id="log-heading">Recent log</h2>
              {log.length === 0 ? (
                <p class="sub">Nothing was synced for this conversation yet.</p>
              ) : (
                <ul class="log-list">
                  {log.map((event) => (
                    <li key={event.eventId}>
                      <span class="stacked">
                        {SYNC_EVENT_NAMES[event.type]}
                        <span class="sub">
                          <Time at={event.createdAt} clock={shell} />
                        </span>
                      </span>
                      <SyncStatusBadge status={event.status} attempts={event.attempts.length} />
                    </li>
                  ))}
                </ul>
              )}
              <a href={withQuery(LOG_PATH, { range: '30d', q: conversation.conversationId })}>All rows in the log</a>
            </section>
          )}
        </div>
      </div>
    </Page>
  );
}

function InsightCard({ shell, insight, pattern, record }: ConversationPageProps & { insight: Insight }) {
  const classified = insight.outcome === 'classified';
  return (
    <>
      <p class="badges">
        <OutcomeBadge outcome={insight.outcome} category={insight.category} />
        {classified && insight.severity && <SeverityBadge severity={insight.severity} />}
      </p>
      {insight.summary && <p class="insight-summary">{insight.summary}</p>}
      <dl class="facts">
        {classified && (
          <>
            <dt>Confidence</dt>
            <dd>
              <Confidence value={insight.confidence} />
            </dd>
          </>
        )}
        {insight.documentation && (
          <>
            <dt>Help article</dt>
            <dd>
              <DocumentationNeed need={insight.documentation} />
            </dd>
          </>
        )}
        {insight.productArea && (
          <>
            <dt>Product area</dt>
            <dd>{insight.productArea}</dd>
          </>
        )}
        <dt>Evidence</dt>
        <dd>{insight.evidence.length > 0 ? `${plural(insight.evidence.length, 'quote')}, marked` : 'No quote'}</dd>
        <dt>Pattern</dt>
        <dd>{pattern ? <a href={patternHref(pattern.patternId)}>{pattern.title}</a> : noPattern(insight)}</dd>
        {record && (
          <>
            <dt>{record.kind === 'bug' ? 'Bug report' : 'Feature request'}</dt>
            <dd>
              <a href={recordHref(record)}>
                #{record.number} {record.title}
              </a>{' '}
              <RecordStatusBadge status={record.status} />
            </dd>
          </>
        )}
        <dt>Classified</dt>
        <dd>
          <Time at={insight.classifiedAt} clock={shell} /> by{' '}
          {insight.classifier.kind === 'claude' ? 'Claude' : 'the offline model'}{' '}
          <span class="sub">
            ({insight.classifier.model}
            {insight.revision > 1 ? `, revision ${insight.revision}` : ''})
          </span>
        </dd>
      </dl>
    </>
  );
}

/** What else the customer brought up in the same conversation. */
function FurtherIssues({ issues }: { issues: readonly Insight[] }) {
  if (issues.length === 0) return null;
  return (
    <section class="further-issues" aria-label="Further issues">
      <h3>Also in this conversation</h3>
      <ul>
        {issues.map(({ issue, outcome, category, summary, patternId }) => (
          <li key={issue}>
            <OutcomeBadge outcome={outcome} category={category} />{' '}
            {patternId ? <a href={patternHref(patternId)}>{summary}</a> : summary}
          </li>
        ))}
      </ul>
    </section>
  );
}

import { hasRole } from '../../domain/roles.ts';
import { SYNC_EVENT_NAMES } from '../../domain/sync-event.ts';
import { SyncStatusBadge } from '../components/badges.tsx';
import { ExternalLink, PageHead, Time } from '../components/content.tsx';
import { Corrections } from '../components/correct-insight.tsx';
import { Explain } from '../components/explain.tsx';
import { Page } from '../components/layout.tsx';
import { Threads } from '../components/threads.tsx';
import { plural } from '../format.ts';
import { INSIGHTS_PATH, LOG_PATH, withQuery } from '../links.ts';
import type { ConversationPageProps } from '../props.ts';
import { FurtherIssues, InsightCard } from './conversation-insight.tsx';

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
          <Threads
            shell={shell}
            threads={threads}
            evidence={[...(insight?.evidence ?? []), ...further.flatMap(({ evidence }) => evidence)]}
          />
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

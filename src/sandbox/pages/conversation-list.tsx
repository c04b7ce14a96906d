import type { Conversation } from '../store/model.ts';
import { Page } from './layout.tsx';
import { Time } from './time.tsx';

export interface ConversationRow {
  conversation: Conversation;
  customerEmail: string;
  mailboxName: string;
}

export interface ConversationListProps {
  rows: ConversationRow[];
  search: string;
  page: number;
  totalPages: number;
  total: number;
}

export const conversationPath = ({ id, number }: Conversation): string => `/conversation/${id}/${number}`;

function threadCount({ threads }: Conversation): string {
  return threads.length === 1 ? '1 thread' : `${threads.length} threads`;
}

export function ConversationList({ rows, search, page, totalPages, total }: ConversationListProps) {
  const pageLink = (number: number) => `/?${new URLSearchParams({ ...(search && { search }), page: String(number) })}`;
  return (
    <Page title="Conversations">
      <h1>Conversations</h1>
      <search>
        <form method="get" action="/" class="actions">
          <input
            type="search"
            name="search"
            value={search}
            placeholder="Words, an address or an id"
            aria-label="Search conversations"
          />
          <button type="submit" class="secondary">
            Search
          </button>
        </form>
      </search>
      <p>
        <a href="/conversations/new">New conversation</a>
        <span class="muted">
          {' '}
          · {total} {total === 1 ? 'conversation' : 'conversations'}
          {search && ` with “${search}”`}, latest activity first
        </span>
      </p>
      {rows.length === 0 ? (
        <p>Nothing found.</p>
      ) : (
        <ul class="list">
          {rows.map(({ conversation, customerEmail, mailboxName }) => (
            <li key={conversation.id}>
              <a href={conversationPath(conversation)}>{conversation.subject}</a>
              <span class="badge">{conversation.status}</span>
              <div class="muted">
                {customerEmail} · {mailboxName} · #{conversation.number} · {threadCount(conversation)} ·{' '}
                <Time ms={conversation.activity.modifiedAtMs} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {totalPages > 1 && (
        <nav class="actions" aria-label="Pages">
          {page > 1 && <a href={pageLink(page - 1)}>Previous</a>}
          <span class="muted">
            Page {page} of {totalPages}
          </span>
          {page < totalPages && <a href={pageLink(page + 1)}>Next</a>}
        </nav>
      )}
    </Page>
  );
}

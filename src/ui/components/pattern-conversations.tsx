import { formatCount } from '../format.ts';
import { patternHref, withQuery } from '../links.ts';
import type { PatternConversation, PatternPageProps } from '../props.ts';
import { PostForm } from './form.tsx';
import { InsightTable } from './insight-table.tsx';
import { SplitControls } from './pattern-actions.tsx';

type Props = Pick<PatternPageProps, 'shell' | 'pattern' | 'conversations' | 'others'> & { mayChange: boolean };

/** A pattern's conversations; whoever may change it can tick those that do not belong, or move one. */
export function PatternConversations({ shell, pattern, conversations, others, mayChange }: Props) {
  const path = patternHref(pattern.patternId);
  const splits = mayChange && pattern.conversations > 1;
  const table = (
    <InsightTable
      rows={conversations}
      clock={shell}
      showPattern={false}
      {...(splits && { before: (_row, index) => <Choice path={path} conversation={conversations[index]} /> })}
    />
  );
  return (
    <section class="card flush" aria-labelledby="conversations-heading">
      <div class="card-head">
        <h2 id="conversations-heading">Conversations</h2>
        {conversations.length < pattern.conversations && (
          <span class="sub">
            Latest {formatCount(conversations.length)} of {formatCount(pattern.conversations)}
          </span>
        )}
      </div>
      {splits ? (
        <PostForm action={`${path}/split`} csrfToken={shell.csrfToken}>
          {table}
          <SplitControls others={others} />
        </PostForm>
      ) : (
        table
      )}
    </section>
  );
}

function Choice({ path, conversation }: { path: string; conversation: PatternConversation | undefined }) {
  if (!conversation) return null;
  const { conversationId, issue, subject, number } = conversation;
  const member = `${conversationId}/${issue}`;
  const name = subject || `conversation #${number}`;
  return (
    <span class="dots">
      <input class="pattern-tick" type="checkbox" name="members" value={member} aria-label={`Not the same: ${name}`} />
      <a
        class="sub"
        href={withQuery(`${path}/move/${conversationId}`, { issue: issue || null })}
        aria-label={`Move ${name}`}
      >
        Move…
      </a>
    </span>
  );
}

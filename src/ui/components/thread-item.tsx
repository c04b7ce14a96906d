import type { Thread } from '../../domain/conversation.ts';
import type { Evidence } from '../../domain/insight.ts';
import type { Clock } from '../format.ts';
import { highlight } from '../highlight.ts';
import { Badge } from './badges.tsx';
import { Time } from './content.tsx';
import { Icon } from './icon.tsx';

interface ThreadItemProps {
  thread: Thread;
  evidence: readonly Evidence[];
  clock: Clock;
}

/** One message of a conversation; quotes that an insight rests on are marked. */
export function ThreadItem({ thread, evidence, clock }: ThreadItemProps) {
  const kind = threadKind(thread);
  const author = thread.author.name || thread.author.email || (kind === 'customer' ? 'Customer' : 'Help Scout');
  return (
    <li class={`thread ${kind}`} id={`thread-${thread.threadId}`}>
      <div class="thread-head">
        <strong class="ellipsis">{author}</strong>
        {kind === 'customer' && <Badge tone="blue">Customer</Badge>}
        {kind === 'agent' && <Badge tone="neutral">Agent</Badge>}
        {kind === 'note' && (
          <Badge tone="amber" icon="lock">
            Private note
          </Badge>
        )}
        {evidence.length > 0 && (
          <span class="sub evidence-note">
            <Icon name="spark" />
            Evidence
          </span>
        )}
        <span class="sub thread-time">
          <Time at={thread.createdAt} clock={clock} exact />
        </span>
      </div>
      <p class="thread-text">
        {highlight(thread.text, evidence).map((piece, index) =>
          piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text,
        )}
      </p>
    </li>
  );
}

function threadKind({ type, author }: Thread): 'note' | 'event' | 'customer' | 'agent' {
  if (type === 'note') return 'note';
  if (type === 'lineitem') return 'event';
  return author.kind === 'customer' ? 'customer' : 'agent';
}

import type { RemovedPart, Thread } from '../../domain/conversation.ts';
import type { Evidence } from '../../domain/insight.ts';
import { type Clock, plural } from '../format.ts';
import { highlight, passages } from '../highlight.ts';
import { Badge } from './badge.tsx';
import { Time } from './content.tsx';
import { Icon } from './icon.tsx';

interface ThreadItemProps {
  thread: Thread;
  evidence: readonly Evidence[];
  clock: Clock;
}

/** One message of a conversation; quotes that an insight rests on are marked. */
export function ThreadItem({ thread, evidence, clock }: ThreadItemProps) {
  const { attachments = [], removed = [] } = thread;
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
      {passages(highlight(thread.text, evidence), removed).map((passage, index) =>
        passage.kind === 'left-out' ? (
          <p key={index} class="sub">
            {leftOut(passage.part)}
          </p>
        ) : (
          <p key={index} class="thread-text">
            {passage.pieces.map((piece, at) => (piece.marked ? <mark key={at}>{piece.text}</mark> : piece.text))}
          </p>
        ),
      )}
      {attachments.length > 0 && (
        <p class="sub">
          {attachments.length === 1 ? 'Attachment' : 'Attachments'}, not read:{' '}
          {attachments.map(({ name, size }) => (size ? `${name} (${fileSize(size)})` : name)).join(', ')}
        </p>
      )}
    </li>
  );
}

/** Says what is not shown of a message, which Help Scout shows in full. */
function leftOut({ kind, characters }: RemovedPart): string {
  const amount = plural(characters, 'character');
  if (kind === 'quote') return `${amount} of quoted history left out`;
  return kind === 'signature' ? `Signature of ${amount} left out` : `${amount} of hidden text left out`;
}

const SIZES = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** `640 B`, `19.6 kB`, `2.1 MB`: as mail programs count. */
function fileSize(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 999_950 ? `${SIZES.format(size / 1000)} kB` : `${SIZES.format(size / 1_000_000)} MB`;
}

function threadKind({ type, author }: Thread): 'note' | 'event' | 'customer' | 'agent' {
  if (type === 'note') return 'note';
  if (type === 'lineitem') return 'event';
  return author.kind === 'customer' ? 'customer' : 'agent';
}

import type { Thread } from '../../domain/conversation.ts';
import type { Evidence } from '../../domain/insight.ts';
import { mayReadMessages } from '../../domain/roles.ts';
import type { Shell } from '../props.ts';
import { ThreadItem } from './thread-item.tsx';

interface ThreadsProps {
  shell: Shell;
  /** Empty for people who may not read messages. */
  threads: readonly Thread[];
  /** Quotes of any of the messages. */
  evidence: readonly Evidence[];
}

/** The messages of a conversation with what insights rest on, or why there are none. */
export function Threads({ shell, threads, evidence }: ThreadsProps) {
  return (
    <>
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
            evidence={evidence.filter(({ threadId }) => threadId === thread.threadId)}
          />
        ))}
      </ol>
    </>
  );
}

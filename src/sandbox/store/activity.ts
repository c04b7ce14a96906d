import type { Activity, Thread } from './model.ts';

/** What the times follow from. */
export type ThreadOutline = Pick<Thread, 'type' | 'state' | 'author' | 'createdAtMs'>;

/** What a conversation's threads (oldest first) say about its times. */
export function activityOf(threads: readonly ThreadOutline[], createdAtMs: number): Activity {
  const replies = threads.filter(isReply);
  const lastReply = replies.at(-1);
  const lastAnswerIndex = replies.findLastIndex((thread) => thread.author.type !== 'customer');
  const firstUnanswered = replies[lastAnswerIndex + 1];
  const waitingSinceMs = (firstUnanswered ?? lastReply)?.createdAtMs ?? createdAtMs;
  const lastThread = threads.at(-1);
  return {
    modifiedAtMs: lastThread?.createdAtMs ?? createdAtMs,
    waitingSinceMs,
    latestReplyFrom: lastReply !== undefined && lastReply.author.type !== 'customer' ? 'user' : 'customer',
    // Help Scout repeats the waiting time here when no user did anything since the customer's last message.
    userUpdatedAtMs:
      lastThread !== undefined && lastThread.author.type !== 'customer' ? lastThread.createdAtMs : waitingSinceMs,
    publishedThreads: replies.length,
  };
}

/** Whether it counts as a message between customer and users: it must be published, and of such a type. */
export function isReply({ type, state }: Pick<Thread, 'type' | 'state'>): boolean {
  return state === 'published' && isReplyType(type);
}

export function isReplyType(type: Thread['type']): boolean {
  return type !== 'note' && type !== 'lineitem';
}

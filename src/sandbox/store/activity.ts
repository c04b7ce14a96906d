import type { Activity, Thread } from './model.ts';

/** What a conversation's threads (oldest first, at least one) say about its times. */
export function activityOf(threads: readonly Thread[], createdAtMs: number): Activity {
  const replies = threads.filter((thread) => thread.type !== 'note');
  const lastReply = replies.at(-1);
  const lastAnswerIndex = replies.findLastIndex((thread) => thread.type === 'message');
  const firstUnanswered = replies[lastAnswerIndex + 1];
  const waitingSinceMs = (firstUnanswered ?? lastReply)?.createdAtMs ?? createdAtMs;
  const lastThread = threads.at(-1);
  return {
    modifiedAtMs: lastThread?.createdAtMs ?? createdAtMs,
    waitingSinceMs,
    latestReplyFrom: lastReply?.type === 'message' ? 'user' : 'customer',
    // Help Scout repeats the waiting time here when no user did anything since the customer's last message.
    userUpdatedAtMs:
      lastThread !== undefined && lastThread.type !== 'customer' ? lastThread.createdAtMs : waitingSinceMs,
    publishedThreads: replies.length,
  };
}

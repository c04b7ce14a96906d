import { beginningOf } from './beginning-of.ts';
import { type ClassifyThread, isFromCustomer } from './classifier.ts';

/** A thread as it is sent: `text` is a beginning of the thread's own text, so that quotes of it stay verbatim. */
export type CutThread = { threadId: number; author: 'customer' | 'agent'; text: string };
export type CutConversation = { threads: CutThread[]; omittedThreads: number };

/**
 * Brings a conversation under a budget of characters (UTF-16 code units). The first and the last customer thread always
 * stay, each cut to half of the budget at most; then the other customer threads are taken from the newest back, then
 * the agents' replies likewise, each only when it fits whole. Order is kept.
 */
export function cutConversation(threads: readonly ClassifyThread[], budget: number): CutConversation {
  const customers = threads.filter(isFromCustomer);
  const agents = threads.filter((thread) => !isFromCustomer(thread));
  const ends = new Set([customers.at(0), customers.at(-1)].filter((thread) => thread !== undefined));
  const share = Math.floor(budget / 2);
  const kept = new Map<ClassifyThread, string>();
  let left = budget;
  for (const thread of ends) {
    const text = ends.size === 1 ? beginningOf(thread.text, budget) : beginningOf(thread.text, share);
    kept.set(thread, text);
    left -= text.length;
  }
  const others = [...customers.filter((thread) => !ends.has(thread)).toReversed(), ...agents.toReversed()];
  for (const thread of others) {
    if (thread.text.length > left) continue;
    kept.set(thread, thread.text);
    left -= thread.text.length;
  }
  const cut = threads.flatMap((thread) => {
    const text = kept.get(thread);
    return text === undefined ? [] : [{ threadId: thread.threadId, author: thread.author, text }];
  });
  return { threads: cut, omittedThreads: threads.length - cut.length };
}

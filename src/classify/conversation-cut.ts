import { beginningOf } from './beginning-of.ts';
import { type ClassifyThread, isFromCustomer } from './classifier.ts';

/** A thread as it is sent: `text` is a beginning of the thread's own text, so that quotes of it stay verbatim. */
export type CutThread = Pick<ClassifyThread, 'threadId' | 'author' | 'text'>;
export type CutConversation = { threads: CutThread[]; omittedThreads: number };

/** Keeps a short "thanks, all good" from counting as dense. */
const SHORT_TEXT = 200;

/**
 * Brings a conversation under a budget of characters (UTF-16 code units) and of threads (at least two). The first and
 * the last customer thread always stay; when they do not fit together, each keeps its beginning, half of the budget or
 * what the other leaves. Then come the other customer threads, the densest first, then agents' replies and notes, the
 * newest first, each only when it fits whole. Order is kept.
 */
export function cutConversation(
  threads: readonly ClassifyThread[],
  budget: number,
  mostThreads = Number.POSITIVE_INFINITY,
): CutConversation {
  const customers = threads.filter(isFromCustomer);
  const kept = new Map(endsOf(customers, budget));
  let left = budget - [...kept.values()].reduce((sum, text) => sum + text.length, 0);
  const others = customers.filter((thread) => !kept.has(thread)).toReversed();
  const byDensity = others
    .map((thread) => ({ thread, density: densityOf(thread.text) }))
    .toSorted((one, other) => other.density - one.density)
    .map(({ thread }) => thread);
  const of = (author: ClassifyThread['author']) => threads.filter((thread) => thread.author === author).toReversed();
  for (const thread of [...byDensity, ...of('agent'), ...of('note')]) {
    if (kept.size >= mostThreads || thread.text.length > left) continue;
    kept.set(thread, thread.text);
    left -= thread.text.length;
  }
  const cut = threads.flatMap((thread) => {
    const text = kept.get(thread);
    return text === undefined ? [] : [{ threadId: thread.threadId, author: thread.author, text }];
  });
  return { threads: cut, omittedThreads: threads.length - cut.length };
}

function endsOf(customers: readonly ClassifyThread[], budget: number): [ClassifyThread, string][] {
  const [first] = customers;
  const last = customers.at(-1);
  if (first === undefined || last === undefined) return [];
  if (first === last) return [[first, beginningOf(first.text, budget)]];
  const half = Math.floor(budget / 2);
  const firstText = beginningOf(first.text, budget - Math.min(last.text.length, half));
  return [
    [first, firstText],
    [last, beginningOf(last.text, budget - firstText.length)],
  ];
}

/** Distinct words for its length: a pasted log repeats itself, a description does not. */
function densityOf(text: string): number {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return new Set(words).size / (text.length + SHORT_TEXT);
}

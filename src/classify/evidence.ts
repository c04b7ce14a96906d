import type { Evidence } from '../domain/insight.ts';
import { type ClassifyThread, isFromCustomer } from './classifier.ts';

/** What a model says it read, and where. */
export type QuoteClaim = { threadId: number; quote: string };

const MOST_QUOTES = 5;

/**
 * Keeps the quotes that stand word for word in the customer thread they name, as places in its text. Anything else is
 * dropped: a changed word, a quote from an agent, a thread that is not there, the same place a second time. White space
 * at a quote's ends is not part of it.
 */
export function locateEvidence(claims: readonly QuoteClaim[], threads: readonly ClassifyThread[]): Evidence[] {
  const customers = new Map(threads.filter(isFromCustomer).map((thread) => [thread.threadId, thread.text]));
  const found = new Map<string, Evidence>();
  for (const claim of claims) {
    const quote = claim.quote.trim();
    const start = customers.get(claim.threadId)?.indexOf(quote) ?? -1;
    if (quote === '' || start < 0) continue;
    const end = start + quote.length;
    found.set(`${claim.threadId}:${start}:${end}`, { threadId: claim.threadId, start, end, quote });
  }
  return [...found.values()].slice(0, MOST_QUOTES);
}

/** Whether a quote stands where it says in these threads: for places found in a text that something was taken out of. */
export function isVerbatimIn(threads: readonly ClassifyThread[]): (evidence: Evidence) => boolean {
  const customers = new Map(threads.filter(isFromCustomer).map((thread) => [thread.threadId, thread.text]));
  return ({ threadId, start, end, quote }) => customers.get(threadId)?.slice(start, end) === quote;
}

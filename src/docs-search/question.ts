import type { LibraryStatistics } from '../domain/article.ts';
import { inverseFrequency } from '../patterns/inverse-frequency.ts';
import { countsOf, searchTermsOf } from './terms.ts';

/** What a search needs to know of a conversation. */
export interface AskedConversation {
  subject: string;
  threads: readonly { author: 'customer' | 'agent'; text: string }[];
}

/** A term to look for, and how much it says about what is meant. */
export type WeightedTerm = [term: string, weight: number];

/** What a conversation is about, for a search: few terms, so that a long one costs no more than a short one. */
const MOST_TERMS = 16;
/** Characters read of each message: what follows in a longer one is a log or an old mail. */
const MOST_TEXT = 3_000;
const SUBJECT_WEIGHT = 1.5;
const LATER_WEIGHT = 0.4;

/**
 * The most telling terms of what the customer wrote, the heaviest first. Terms that no article has are among them: they
 * tell that an article is not about the matter.
 */
export function questionOf(
  { subject, threads }: AskedConversation,
  statistics: LibraryStatistics,
): readonly WeightedTerm[] {
  const amounts = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const [term, count] of countsOf(searchTermsOf(text.slice(0, MOST_TEXT)))) {
      amounts.set(term, (amounts.get(term) ?? 0) + weight * Math.sqrt(count));
    }
  };
  add(subject, SUBJECT_WEIGHT);
  threads
    .filter(({ author }) => author === 'customer')
    .forEach(({ text }, at) => {
      add(text, at === 0 ? 1 : LATER_WEIGHT);
    });
  return [...amounts]
    .map(([term, amount]): WeightedTerm => [term, Math.sqrt(amount) * weightOf(term, statistics)])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_TERMS);
}

/** How telling a term is: rare in the library (BM25's inverse document frequency), and rare in mail of any kind. */
function weightOf(term: string, { articles, documentFrequency }: LibraryStatistics): number {
  const having = documentFrequency(term);
  const inLibrary = Math.log(1 + (articles - having + 0.5) / (having + 0.5));
  return Math.sqrt(inLibrary * inverseFrequency(term));
}

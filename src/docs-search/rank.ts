import type { ArticleCandidate, LibraryStatistics, TermCounts } from '../domain/article.ts';
import { lengthOf } from './profile.ts';
import type { WeightedTerm } from './question.ts';

/** BM25's usual values: how soon repeating a term stops counting, and how much long texts are discounted. */
const SATURATION = 1.2;
const LENGTH_DISCOUNT = 0.6;
/** A term of the title counts like so many in the text. */
const TITLE_WEIGHT = 3;
/** The best passage beside the whole article: what is asked is answered in one place. */
const PASSAGE_SHARE = 0.3;

/** Terms that no article has count so much against each of them: much of a message is about other things. */
const UNKNOWN_SHARE = 0.4;

/** An article with how much of what is asked it covers. */
export interface RankedArticle {
  article: ArticleCandidate;
  /** 0 to 1: the part of the question's weight that the article covers. */
  similarity: number;
  /** The passage that covers most. */
  passage: number;
}

/** Candidates by how well they answer a question, best first: BM25 over title, text and the best passage. */
export function rank(
  question: readonly WeightedTerm[],
  candidates: readonly ArticleCandidate[],
  statistics: LibraryStatistics,
): RankedArticle[] {
  const ideal = question.reduce(
    (sum, [term, weight]) => sum + weight * (statistics.documentFrequency(term) > 0 ? 1 : UNKNOWN_SHARE),
    0,
  );
  if (ideal === 0) return [];
  const asked = new Set(question.map(([term]) => term));
  const countsOf = (counts: TermCounts) => new Map(counts.filter(([term]) => asked.has(term)));
  return candidates
    .map((article) => {
      const { profile } = article;
      const title = countsOf(profile.title);
      const passages = profile.passages.map(countsOf);
      const discount = 1 - LENGTH_DISCOUNT + (LENGTH_DISCOUNT * lengthOf(profile)) / Math.max(1, statistics.meanLength);
      const body = (term: string) => passages.reduce((sum, counts) => sum + (counts.get(term) ?? 0), 0);
      const whole = covered(question, (term) => TITLE_WEIGHT * (title.get(term) ?? 0) + body(term) / discount);
      const best = bestPassage(question, passages, title);
      const similarity = ((1 - PASSAGE_SHARE) * whole + PASSAGE_SHARE * best.covered) / ideal;
      return { article, similarity, passage: best.passage };
    })
    .sort((a, b) => b.similarity - a.similarity || (a.article.articleId < b.article.articleId ? -1 : 1));
}

/** BM25's sum, scaled so that a term that occurs ever so often counts its whole weight. */
function covered(question: readonly WeightedTerm[], amount: (term: string) => number): number {
  return question.reduce((sum, [term, weight]) => {
    const occurs = amount(term);
    return sum + (weight * occurs) / (occurs + SATURATION);
  }, 0);
}

function bestPassage(
  question: readonly WeightedTerm[],
  passages: readonly ReadonlyMap<string, number>[],
  title: ReadonlyMap<string, number>,
) {
  let best = { passage: 0, covered: 0 };
  passages.forEach((counts, passage) => {
    const sum = covered(question, (term) => (counts.get(term) ?? 0) + (title.get(term) ?? 0));
    if (sum > best.covered) best = { passage, covered: sum };
  });
  return best;
}

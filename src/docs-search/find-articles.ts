import type { Article, ArticleCandidate, LibraryStatistics } from '../domain/article.ts';
import { type AskedConversation, questionOf, type WeightedTerm } from './question.ts';
import { type RankedArticle, rank } from './rank.ts';

/** Where a search looks: storage, or a library in memory. */
export interface ArticleSource {
  statistics: LibraryStatistics;
  /** Articles that have at least one of the terms; `limit` at most. */
  candidates(terms: readonly string[], limit: number): Promise<ArticleCandidate[]>;
  /** Articles with their texts; what is gone meanwhile is left out. */
  texts(articleIds: readonly string[]): Promise<Article[]>;
}

/** Articles compared with one conversation at most, however many there are. */
export const MOST_CANDIDATES = 100;

/** The articles nearest to a conversation, best first, out of a bounded number of candidates. */
export async function findArticles(source: ArticleSource, conversation: AskedConversation): Promise<RankedArticle[]> {
  const question = questionOf(conversation, source.statistics);
  const terms = lookedUp(question, source.statistics);
  if (terms.length === 0) return [];
  const ranked = rank(question, await source.candidates(terms, MOST_CANDIDATES), source.statistics);
  return linkedFirst(ranked, conversation);
}

/** An article that somebody in the conversation links to, customer or agent, is the one that is meant. */
function linkedFirst(ranked: RankedArticle[], { threads }: AskedConversation): RankedArticle[] {
  const text = threads.map((thread) => thread.text).join('\n');
  if (!text.includes('/article/')) return ranked;
  const isLinked = ({ article }: RankedArticle) => {
    const path = /\/article\/\d+-[^?#]+/.exec(article.url)?.[0];
    return path !== undefined && text.includes(path);
  };
  const linked = ranked.filter(isLinked).map((found) => ({ ...found, similarity: 1 }));
  return linked.length === 0 ? ranked : [...linked, ...ranked.filter((found) => !isLinked(found))];
}

/** The most telling terms, as long as they bring no more candidates than are compared; always the first that is known. */
function lookedUp(question: readonly WeightedTerm[], { documentFrequency }: LibraryStatistics): string[] {
  const terms: string[] = [];
  let brought = 0;
  for (const [term] of question) {
    const having = documentFrequency(term);
    if (having === 0 || (terms.length > 0 && brought + having > MOST_CANDIDATES)) continue;
    terms.push(term);
    brought += having;
  }
  return terms;
}

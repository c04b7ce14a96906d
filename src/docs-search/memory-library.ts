import type { Article } from '../domain/article.ts';
import type { ArticleSource } from './find-articles.ts';
import { libraryOf } from './library.ts';
import { indexTermsOf, profileOf } from './profile.ts';

/** A library held in memory, searched like the stored one: for measuring without a database. */
export async function createMemoryLibrary(
  articles: readonly (Pick<Article, 'articleId' | 'title' | 'text'> & Partial<Article> & { keywords?: string[] })[],
): Promise<ArticleSource> {
  const entries = articles.map(
    ({ articleId, title, text, url = '', collectionId = '', version = '', keywords = [] }) => {
      const profile = profileOf({ title, keywords, text });
      return {
        article: { articleId, title, text, url, collectionId, version },
        candidate: { articleId, title, url, profile },
        terms: new Set(indexTermsOf(profile)),
      };
    },
  );
  const {
    articles: count,
    meanLength,
    frequencies,
  } = await libraryOf(entries.map(({ candidate }) => candidate.profile));
  return {
    statistics: { articles: count, meanLength, documentFrequency: (term) => frequencies.get(term) ?? 0 },
    candidates: async (terms, limit) =>
      entries
        .filter((entry) => terms.some((term) => entry.terms.has(term)))
        .slice(0, limit)
        .map(({ candidate }) => candidate),
    texts: async (articleIds) =>
      entries.filter(({ article }) => articleIds.includes(article.articleId)).map(({ article }) => article),
  };
}

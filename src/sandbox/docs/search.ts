import { z } from 'zod';
import { cutText } from '../cut-text.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { articlePath } from './articles.ts';
import { docsPage, docsPageSchema, parseDocsQuery, sendDocs } from './docs-http.ts';
import type { Article, Library } from './library.ts';

const PREVIEW_LENGTH = 160;
const searchSchema = docsPageSchema.extend({
  query: z.string().trim().min(1),
  collectionId: z.string().optional(),
  siteId: z.string().optional(),
  status: z.enum(['all', 'published', 'notpublished']).default('all'),
  visibility: z.enum(['all', 'public', 'private']).default('all'),
});

/** Full-text search: articles with any of the words, those with more of them (and in the name) first. */
export function searchEndpoint(library: Library, baseUrl: string): Endpoint {
  const resultJson = (article: Article) => ({
    id: article.id,
    collectionId: article.collectionId,
    categoryIds: [article.categoryId],
    number: article.number,
    slug: article.slug,
    name: article.name,
    preview: cutText(article.text, PREVIEW_LENGTH),
    url: `${baseUrl}${articlePath(article)}`,
    docsUrl: `/docs/${article.collectionId}/article/${article.id}`,
    status: article.status,
    visibility: 'public',
  });

  return {
    method: 'GET',
    template: '/v1/search/articles',
    handle(request, response) {
      const query = parseDocsQuery(searchSchema, request.query);
      const isPossible = query.visibility !== 'private' && (query.siteId ?? library.site.id) === library.site.id;
      const words = wordsOf(query.query);
      const hits = library.articles
        .filter((article) => isPossible && (query.status === 'all' || query.status === article.status))
        .filter((article) => (query.collectionId ?? article.collectionId) === article.collectionId)
        .map((article) => ({ article, score: scoreOf(article, words) }))
        .filter(({ score }) => score > 0)
        .toSorted((a, b) => b.score - a.score || a.article.number - b.article.number)
        .map(({ article }) => article);
      sendDocs(response, docsPage('articles', hits, query, resultJson));
    },
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function scoreOf(article: Article, words: readonly string[]): number {
  const name = new Set(wordsOf(article.name));
  const rest = new Set(wordsOf(`${article.text} ${article.keywords.join(' ')}`));
  return words.reduce((score, word) => score + (name.has(word) ? 3 : 0) + (rest.has(word) ? 1 : 0), 0);
}

import { z } from 'zod';
import { type Endpoint, textParam } from '../http/endpoint.ts';
import { docsPage, docsPageSchema, found, parseDocsQuery, sendDocs, sortedBy } from './docs-http.ts';
import { type Article, findByKey, type Library } from './library.ts';

const listSchema = docsPageSchema.extend({
  status: z.enum(['all', 'published', 'notpublished']).default('all'),
  sort: z.enum(['order', 'number', 'status', 'name', 'popularity', 'createdAt', 'updatedAt']).default('order'),
  order: z.enum(['asc', 'desc']).default('asc'),
});

export const articlePath = ({ number, slug }: Article): string => `/article/${number}-${slug}`;

export function articleEndpoints(library: Library, baseUrl: string): Endpoint[] {
  /** How lists show an article: without its text. */
  const referenceJson = (article: Article) => ({
    id: article.id,
    number: article.number,
    collectionId: article.collectionId,
    slug: article.slug,
    status: article.status,
    hasDraft: false,
    name: article.name,
    publicUrl: `${baseUrl}${articlePath(article)}`,
    popularity: 0,
    viewCount: 0,
    createdBy: library.createdBy,
    updatedBy: article.updatedAt === null ? null : library.createdBy,
    createdAt: article.createdAt,
    updatedAt: article.updatedAt,
    lastPublishedAt: article.createdAt,
  });
  const keys = {
    order: (article: Article) => article.number,
    number: (article: Article) => article.number,
    name: (article: Article) => article.name.toLowerCase(),
    createdAt: (article: Article) => article.createdAt,
    status: (article: Article) => article.status,
    updatedAt: (article: Article) => article.updatedAt ?? '',
    // Equal for all articles of the sandbox.
    popularity: () => 0,
  };
  /** Articles that belong to what the path names; `wanted` throws 404 when there is no such thing. */
  const listEndpoint = (template: string, wanted: (key: string) => (article: Article) => boolean): Endpoint => ({
    method: 'GET',
    template,
    handle(request, response) {
      const query = parseDocsQuery(listSchema, request.query);
      const isWanted = wanted(textParam(request, 'id'));
      const articles = library.articles.filter(
        (article) => isWanted(article) && (query.status === 'all' || query.status === article.status),
      );
      const sorted = sortedBy(articles, keys, query.sort, query.order);
      sendDocs(response, docsPage('articles', sorted, query, referenceJson));
    },
  });

  return [
    listEndpoint('/v1/collections/{id}/articles', (key) => {
      const { id } = found(findByKey(library.collections, key));
      return ({ collectionId }) => collectionId === id;
    }),
    listEndpoint('/v1/categories/{id}/articles', (key) => {
      const { id } = found(findByKey(library.categories, key));
      return ({ categoryId }) => categoryId === id;
    }),
    listEndpoint('/v1/articles/{id}/related', (key) => {
      found(findByKey(library.articles, key));
      // A corpus relates no articles to each other.
      return () => false;
    }),
    {
      method: 'GET',
      template: '/v1/articles/{id}',
      handle(request, response) {
        const article = found(findByKey(library.articles, textParam(request, 'id')));
        sendDocs(response, {
          article: {
            ...referenceJson(article),
            text: article.html,
            categories: [article.categoryId],
            related: [],
            keywords: article.keywords,
          },
        });
      },
    },
  ];
}

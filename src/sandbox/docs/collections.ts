import { z } from 'zod';
import { type Endpoint, textParam } from '../http/endpoint.ts';
import { docsPage, docsPageSchema, found, parseDocsQuery, sendDocs, sortedBy } from './docs-http.ts';
import { type Collection, findByKey, type Library } from './library.ts';

const listSchema = docsPageSchema.extend({
  siteId: z.string().optional(),
  visibility: z.enum(['all', 'public', 'private']).default('all'),
  sort: z.enum(['number', 'visibility', 'order', 'name', 'createdAt', 'updatedAt']).default('order'),
  order: z.enum(['asc', 'desc']).default('asc'),
});

export function collectionEndpoints(library: Library, baseUrl: string): Endpoint[] {
  const collectionJson = ({ id, number, slug, order, name }: Collection) => {
    const articles = library.articles.filter((article) => article.collectionId === id);
    return {
      id,
      siteId: library.site.id,
      number,
      slug,
      visibility: 'public',
      order,
      name,
      description: '',
      publicUrl: `${baseUrl}/collection/${number}-${slug}`,
      articleCount: articles.length,
      publishedArticleCount: articles.filter(({ status }) => status === 'published').length,
      createdBy: library.createdBy,
      updatedBy: null,
      createdAt: library.createdAt,
      updatedAt: null,
    };
  };
  const keys = {
    number: (item: Collection) => item.number,
    order: (item: Collection) => item.order,
    name: (item: Collection) => item.name.toLowerCase(),
    // Equal for all collections of the sandbox.
    visibility: () => 0,
    createdAt: () => 0,
    updatedAt: () => 0,
  };

  return [
    {
      method: 'GET',
      template: '/v1/collections',
      handle(request, response) {
        const query = parseDocsQuery(listSchema, request.query);
        const isWanted = query.visibility !== 'private' && (query.siteId ?? library.site.id) === library.site.id;
        const collections = isWanted ? sortedBy(library.collections, keys, query.sort, query.order) : [];
        sendDocs(response, docsPage('collections', collections, query, collectionJson));
      },
    },
    {
      method: 'GET',
      template: '/v1/collections/{id}',
      handle(request, response) {
        const collection = found(findByKey(library.collections, textParam(request, 'id')));
        sendDocs(response, { collection: collectionJson(collection) });
      },
    },
  ];
}

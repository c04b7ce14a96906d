import { z } from 'zod';
import { type Endpoint, textParam } from '../http/endpoint.ts';
import { docsPage, docsPageSchema, found, parseDocsQuery, sendDocs, sortedBy } from './docs-http.ts';
import { type Category, findByKey, type Library } from './library.ts';

const listSchema = docsPageSchema.extend({
  sort: z.enum(['number', 'order', 'name', 'createdAt', 'updatedAt']).default('order'),
  order: z.enum(['asc', 'desc']).default('asc'),
});

export function categoryEndpoints(library: Library): Endpoint[] {
  const categoryJson = ({ id, number, slug, collectionId, order, name }: Category) => {
    const articles = library.articles.filter((article) => article.categoryId === id);
    return {
      id,
      number,
      slug,
      visibility: 'public',
      collectionId,
      order,
      defaultSort: 'popularity',
      name,
      articleCount: articles.length,
      publishedArticleCount: articles.filter(({ status }) => status === 'published').length,
      createdBy: library.createdBy,
      updatedBy: null,
      createdAt: library.createdAt,
      updatedAt: null,
    };
  };
  const keys = {
    number: (item: Category) => item.number,
    order: (item: Category) => item.order,
    name: (item: Category) => item.name.toLowerCase(),
    // Equal for all categories of the sandbox.
    createdAt: () => 0,
    updatedAt: () => 0,
  };

  return [
    {
      method: 'GET',
      template: '/v1/collections/{id}/categories',
      handle(request, response) {
        const query = parseDocsQuery(listSchema, request.query);
        const collection = found(findByKey(library.collections, textParam(request, 'id')));
        const categories = library.categories.filter((category) => category.collectionId === collection.id);
        const sorted = sortedBy(categories, keys, query.sort, query.order);
        sendDocs(response, docsPage('categories', sorted, query, categoryJson));
      },
    },
    {
      method: 'GET',
      template: '/v1/categories/{id}',
      handle(request, response) {
        const category = found(findByKey(library.categories, textParam(request, 'id')));
        sendDocs(response, { category: categoryJson(category) });
      },
    },
  ];
}

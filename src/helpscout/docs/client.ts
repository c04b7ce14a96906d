import { z } from 'zod';
import type { DocsCollection } from '../../domain/integration.ts';
import type { Budget } from '../budget.ts';
import { DOCS_ENDPOINTS } from '../endpoints.ts';
import { HelpScoutNotFound } from '../errors.ts';
import { collect } from '../paging.ts';
import { type DocsSeen, readDocsWindow } from '../rate-headers.ts';
import { type Call, createRequest, parseReply } from '../request.ts';
import {
  articleReferenceSchema,
  articleSchema,
  categorySchema,
  collectionSchema,
  type DocsArticle,
  type DocsArticleReference,
  type DocsCategory,
  type DocsSite,
  docsListOf,
  type FoundArticle,
  foundArticleSchema,
  siteSchema,
} from './shapes.ts';

/** The calls of a Docs key in ten minutes: 2,000 for an account with one site, apart from the Inbox API's minute. */
export type DocsBudget = Budget<DocsSeen>;

export interface DocsClientOptions {
  docsUrl: string;
  apiKey: string;
  budget: DocsBudget;
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
  /** Told of a call that is outside the scope (endpoints.ts), and did not leave; for the log. */
  onRefused?: (endpoint: string) => void;
  /** Told when the budget could not be settled; the call's own outcome stands. */
  onUnsettled?: (error: unknown) => void;
}

/** The most that one page may have. */
const PAGE_SIZE = 100;

const LAST_EDITED_FIRST = { pageSize: PAGE_SIZE, sort: 'updatedAt', order: 'desc' };

/** Help Scout's Docs API: a per-user key by HTTP Basic (the password is ignored). Each call is tried once. */
export function createDocsClient({ docsUrl, apiKey, timeoutMs = 20_000, ...rest }: DocsClientOptions) {
  const request = createRequest({
    ...rest,
    baseUrl: docsUrl,
    authorization: `Basic ${Buffer.from(`${apiKey}:X`).toString('base64')}`,
    endpoints: Object.values(DOCS_ENDPOINTS),
    readSeen: readDocsWindow,
    timeoutMs,
  });

  /** Page by page as they are asked for, each id once. */
  async function* list<Item extends z.ZodType<{ id: string }>>(
    call: Call,
    name: string,
    item: Item,
  ): AsyncGenerator<z.output<Item>> {
    const schema = docsListOf(name, item);
    const seen = new Set<string>();
    for (let page = 1, pages = 1; page <= pages; page++) {
      const read = parseReply(schema, await request({ ...call, query: { ...call.query, page } }), call.endpoint);
      const known = seen.size;
      for (const found of read.items) {
        if (!seen.has(found.id)) yield found;
        seen.add(found.id);
      }
      // An answer that brings nothing new ends the list too, however many pages it says are left.
      pages = seen.size === known ? 0 : read.pages;
    }
  }

  /** One article with its text. */
  async function article(articleId: string): Promise<DocsArticle> {
    const endpoint = DOCS_ENDPOINTS.getArticle;
    const reply = await request({ endpoint, params: { id: articleId } });
    return parseReply(z.object({ article: articleSchema }), reply, endpoint).article;
  }

  return {
    sites: (): AsyncGenerator<DocsSite> => list({ endpoint: DOCS_ENDPOINTS.listSites }, 'sites', siteSchema),

    /** Every collection that the key may read, and how many published articles it has. */
    async listCollections(): Promise<DocsCollection[]> {
      const all = await collect(list({ endpoint: DOCS_ENDPOINTS.listCollections }, 'collections', collectionSchema));
      return all.map(({ id, name, publishedArticleCount }) => ({
        collectionId: id,
        name,
        articles: publishedArticleCount ?? 0,
      }));
    },

    categories: (collectionId: string): AsyncGenerator<DocsCategory> =>
      list({ endpoint: DOCS_ENDPOINTS.listCategories, params: { id: collectionId } }, 'categories', categorySchema),

    /**
     * A collection's published articles without their texts, the last edited first: there is no filter for what changed
     * since, so stop at the first one that is known.
     */
    articles: (collectionId: string): AsyncGenerator<DocsArticleReference> =>
      list(
        {
          endpoint: DOCS_ENDPOINTS.listCollectionArticles,
          params: { id: collectionId },
          query: { ...LAST_EDITED_FIRST, status: 'published' },
        },
        'articles',
        articleReferenceSchema,
      ),

    /**
     * One page of the same list by number, which no edit changes. `pages` may shrink while they are read: then some are
     * not seen, so what is missing has to be asked for before it is taken to be gone.
     */
    async articlesPage(collectionId: string, page: number): Promise<{ items: DocsArticleReference[]; pages: number }> {
      const endpoint = DOCS_ENDPOINTS.listCollectionArticles;
      const query = { pageSize: PAGE_SIZE, sort: 'number', order: 'asc', status: 'published', page };
      const reply = await request({ endpoint, params: { id: collectionId }, query });
      return parseReply(docsListOf('articles', articleReferenceSchema), reply, endpoint);
    },

    article,

    /** Whether an article is there, published and filed in this collection. */
    async isPublished(articleId: string, collectionId: string): Promise<boolean> {
      try {
        const found = await article(articleId);
        return found.status === 'published' && found.collectionId === collectionId;
      } catch (error) {
        if (error instanceof HelpScoutNotFound) return false;
        throw error;
      }
    },

    /** Published articles about something, the best first. */
    search: (query: string): AsyncGenerator<FoundArticle> =>
      list(
        { endpoint: DOCS_ENDPOINTS.searchArticles, query: { query, status: 'published', pageSize: PAGE_SIZE } },
        'articles',
        foundArticleSchema,
      ),
  };
}

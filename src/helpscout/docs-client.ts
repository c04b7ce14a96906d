import type { DocsCollection } from '../domain/integration.ts';
import { DOCS_ENDPOINTS, endpointName } from './endpoints.ts';
import { parseReply, send } from './request.ts';
import { docsCollectionsSchema } from './schemas.ts';

export interface DocsClientOptions {
  docsUrl: string;
  apiKey: string;
  /** Told of each call before it is sent, for the usage meter. */
  onCall?: (endpoint: string) => Promise<void>;
  timeoutMs?: number;
}

/**
 * Help Scout's Docs API: a per-user key by HTTP Basic (the password is ignored), and a limit of its own
 * (2,000 calls in 10 minutes at least), far above what listing collections needs.
 */
export function createDocsClient({ docsUrl, apiKey, onCall, timeoutMs = 20_000 }: DocsClientOptions) {
  const authorization = `Basic ${Buffer.from(`${apiKey}:X`).toString('base64')}`;
  return {
    async listCollections(): Promise<DocsCollection[]> {
      const endpoint = DOCS_ENDPOINTS.listCollections;
      const all: DocsCollection[] = [];
      for (let page = 1, pages = 1; page <= pages; page++) {
        await onCall?.(endpointName(endpoint));
        const reply = await send({ endpoint, query: { page } }, { baseUrl: docsUrl, authorization, timeoutMs });
        const { collections } = parseReply(docsCollectionsSchema, reply, endpoint);
        pages = collections.pages;
        for (const { id, name, publishedArticleCount } of collections.items) {
          all.push({ collectionId: id, name, articles: publishedArticleCount ?? 0 });
        }
      }
      return all;
    },
  };
}

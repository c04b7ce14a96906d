import { type FoundExcerpt, findExcerpts } from '../docs-search/excerpts.ts';
import type { ArticleSource } from '../docs-search/find-articles.ts';
import type { AskedConversation } from '../docs-search/question.ts';
import { createRecent } from '../storage/recent.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';

type ArticleStorage = Pick<Storage, 'articles' | 'articleStatistics'>;

/** How long the statistics of a library serve: they only weigh terms, so an article that is new meanwhile is found too. */
const STATISTICS_MS = 60_000;

/**
 * Finds the help articles for conversations: the nearest first, none when nothing comes near, null where no articles are
 * known at all. The statistics of a library are read once a minute; each conversation then costs a query by index
 * for each of at most 16 terms, one for at most 100 candidates, and one for the texts of 5.
 */
export function createDocsContext(storage: ArticleStorage, nowMs: () => number = Date.now) {
  const recent = createRecent<{ source: ArticleSource | null; readAtMs: number }>();

  async function sourceOf({ organizationId, integrationId }: Scope): Promise<ArticleSource | null> {
    const key = `${organizationId}/${integrationId}`;
    const known = recent.get(key);
    if (known && nowMs() - known.readAtMs < STATISTICS_MS) return known.source;
    const statistics = await storage.articleStatistics.get(organizationId, integrationId);
    const source: ArticleSource | null =
      !statistics || statistics.articles === 0
        ? null
        : {
            statistics,
            candidates: (terms, limit) => storage.articles.search(organizationId, integrationId, terms, limit),
            texts: (articleIds) => storage.articles.get(organizationId, integrationId, articleIds),
          };
    recent.set(key, { source, readAtMs: nowMs() });
    return source;
  }

  return async (scope: Scope, conversation: AskedConversation): Promise<FoundExcerpt[] | null> => {
    const source = await sourceOf(scope);
    return source && findExcerpts(source, conversation);
  };
}

/** The articles for one conversation. */
export const docsContext = (storage: ArticleStorage, scope: Scope, conversation: AskedConversation) =>
  createDocsContext(storage)(scope, conversation);

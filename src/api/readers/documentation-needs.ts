import type { FailedArticle } from '../../domain/documentation-need.ts';
import type { NeedFilter } from '../../storage/documentation-needs.ts';
import type { Storage } from '../../storage/storage.ts';
import type { DocumentationFilter, MissingTopicRow } from '../../ui/views/insights/documentation.tsx';
import { insightFilter } from './insights-list.ts';

/** What the filters of the page and of the API mean to storage. */
export const needFilter = (
  { problem, range }: DocumentationFilter,
  clock: { now: Date; timeZone: string },
): NeedFilter => ({
  problem: problem ?? undefined,
  from: insightFilter({ category: null, mailbox: null, attention: null, range, q: '' }, clock).from,
});

/** Articles that should have answered, and what no article is about, most customers first. */
export async function documentationNeeds(
  storage: Storage,
  organizationId: string,
  filter: NeedFilter,
  limit: number,
): Promise<{ articles: FailedArticle[]; topics: MissingTopicRow[] }> {
  const [articles, topics] = await Promise.all([
    storage.documentationNeeds.byArticle(organizationId, filter, limit),
    storage.documentationNeeds.withoutArticle(organizationId, filter, limit),
  ]);
  const patternIds = topics.flatMap(({ patternId }) => patternId ?? []);
  const patterns = await storage.patterns.getMany(organizationId, patternIds);
  const titles = new Map(patterns.map(({ patternId, title }) => [patternId, title]));
  return {
    articles,
    topics: topics.map((topic) => {
      const title = topic.patternId === null ? undefined : titles.get(topic.patternId);
      const pattern = topic.patternId !== null && title !== undefined ? { patternId: topic.patternId, title } : null;
      return { ...topic, pattern };
    }),
  };
}

import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';
import { groupedText } from './pattern-finder.ts';

/** What customers wrote of a pattern, the latest conversations first; those whose text is not kept any more are left out. */
export async function latestMessages(
  storage: Storage,
  { organizationId, integrationId }: Scope,
  patternId: string,
  limit: number,
): Promise<ReturnType<typeof groupedText>[]> {
  const { insights } = await storage.insights.list(organizationId, { patternId }, { limit });
  const ids = insights.map(({ conversationId }) => conversationId);
  const stored = await storage.conversations.getMany(organizationId, integrationId, ids);
  const conversations = new Map(stored.map((one) => [one.conversationId, one]));
  return insights.flatMap((insight) => {
    const conversation = conversations.get(insight.conversationId);
    return conversation ? [groupedText(conversation, insight)] : [];
  });
}

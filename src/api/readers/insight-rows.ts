import type { Conversation } from '../../domain/conversation.ts';
import type { Insight } from '../../domain/insight.ts';
import type { Integration } from '../../domain/integration.ts';
import type { Storage } from '../../storage/storage.ts';
import type { InsightRow } from '../../ui/props.ts';

/** Insights with what a table shows beside them: number, customer, mailbox and pattern. */
export async function insightRows(
  storage: Storage,
  organizationId: string,
  insights: readonly Insight[],
): Promise<InsightRow[]> {
  const patternIds = [...new Set(insights.flatMap(({ patternId }) => patternId ?? []))];
  const [conversations, patterns, integrations] = await Promise.all([
    conversationsByKey(storage, organizationId, insights),
    storage.patterns.getMany(organizationId, patternIds),
    storage.integrations.list(organizationId),
  ]);
  const titles = new Map(patterns.map(({ patternId, title }) => [patternId, title]));
  const mailboxes = mailboxNames(integrations);
  return insights.map((insight) => {
    const conversation = conversations.get(`${insight.integrationId}:${insight.conversationId}`);
    const title = insight.patternId === null ? undefined : titles.get(insight.patternId);
    return {
      conversationId: insight.conversationId,
      subject: insight.subject,
      summary: insight.summary,
      outcome: insight.outcome,
      category: insight.category,
      confidence: insight.confidence,
      severity: insight.severity,
      reportedAt: insight.reportedAt,
      number: conversation?.number ?? insight.conversationId,
      customer: {
        name: conversation?.customer.name ?? null,
        email: conversation?.customer.email ?? null,
      },
      mailboxName: mailboxes.get(insight.mailboxId) ?? '',
      pattern: insight.patternId !== null && title !== undefined ? { patternId: insight.patternId, title } : null,
    };
  });
}

/** Stored conversations by `integrationId:conversationId`. */
export async function conversationsByKey(
  storage: Storage,
  organizationId: string,
  wanted: readonly Pick<Insight, 'integrationId' | 'conversationId'>[],
): Promise<Map<string, Conversation>> {
  const idsByIntegration = new Map<string, number[]>();
  for (const { integrationId, conversationId } of wanted) {
    idsByIntegration.set(integrationId, [...(idsByIntegration.get(integrationId) ?? []), conversationId]);
  }
  const found = await Promise.all(
    [...idsByIntegration].map(([integrationId, ids]) =>
      storage.conversations.getMany(organizationId, integrationId, ids),
    ),
  );
  return new Map(
    found.flat().map((conversation) => [`${conversation.integrationId}:${conversation.conversationId}`, conversation]),
  );
}

/** Names by mailbox id, over all of the organization's integrations; the newest connection's name wins. */
export function mailboxNames(integrations: readonly Integration[]): Map<number, string> {
  return new Map(
    [...integrations].reverse().flatMap(({ mailboxes }) => mailboxes.map(({ mailboxId, name }) => [mailboxId, name])),
  );
}

import { customerThreads } from '../../domain/conversation.ts';
import type { RegressionCase } from '../../domain/review.ts';
import type { Storage } from '../../storage/storage.ts';

/** Regression cases with the subject of their conversation, for the list. */
export async function caseRows(storage: Storage, organizationId: string, cases: readonly RegressionCase[]) {
  return Promise.all(
    cases.map(async ({ integrationId, conversationId, issue, judgement, verdict, said, by, at }) => {
      const insight = await storage.insights.issue(organizationId, { integrationId, conversationId, issue });
      return { conversationId, issue, subject: insight?.subject ?? '', judgement, verdict, said, by, at };
    }),
  );
}

/**
 * Every regression case as a line of JSON that `classifier:evaluate` reads: `id`, `subject`, `text`, `label`, `source`.
 * Further issues of a conversation are left out, for nobody knows which words are theirs.
 */
export async function* casesAsJsonl(storage: Storage, organizationId: string): AsyncGenerator<string> {
  for await (const one of storage.regressionCases.stream(organizationId)) {
    if (one.issue !== 0) continue;
    const [conversation] = await storage.conversations.getMany(organizationId, one.integrationId, [one.conversationId]);
    const text = customerThreads(conversation?.threads ?? [])
      .map((thread) => thread.text)
      .join('\n\n');
    if (!conversation || text.trim() === '') continue;
    const { subject } = conversation;
    yield `${JSON.stringify({ id: `case:${one.reviewId}`, subject, text, label: one.judgement.category, source: 'corrections' })}\n`;
  }
}

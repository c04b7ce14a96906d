import { insightDifferences } from '../../classify/insight-differences.ts';
import type { Conversation } from '../../domain/conversation.ts';
import type { Insight } from '../../domain/insight.ts';
import { mayReadMessages, type Role } from '../../domain/roles.ts';
import type { ExplainedDecision } from '../../ui/props.ts';
import type { AppDeps } from '../deps.ts';
import { temporalWebUrl } from '../temporal/web-link.ts';

/** How an insight came about, as far as a role may see it; null for insights older than such records. */
export async function explainedDecision(
  { storage, config }: Pick<AppDeps, 'storage' | 'config'>,
  insight: Insight,
  conversation: Conversation,
  role: Role,
): Promise<ExplainedDecision | null> {
  const { organizationId, decisionId, review } = insight;
  const decision = decisionId === null ? null : await storage.decisions.get(organizationId, decisionId);
  if (!decision) return null;
  const { threads, articleIds, rawAnswer, answer: _answer, ...rest } = decision;
  const differences = insightDifferences(insight, decision, conversation);
  const same = review === 'corrected' ? 'corrected' : 'same';
  return {
    ...rest,
    threads: threads.map(({ threadId }) => threadId),
    articles: articleIds.length,
    rawAnswer: mayReadMessages(role) ? rawAnswer : null,
    workflowUrl: temporalWebUrl(config, role, decision.workflowId),
    rebuilt: differences === 'outdated' ? 'outdated' : differences.length > 0 ? 'different' : same,
  };
}

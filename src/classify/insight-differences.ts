import { isDeepStrictEqual } from 'node:util';
import type { Conversation } from '../domain/conversation.ts';
import type { Decision } from '../domain/decision.ts';
import type { Insight } from '../domain/insight.ts';
import { OtherContent, rebuildInsight } from './rebuild-insight.ts';

/** What a person may have set otherwise than the classifier. */
const CORRECTED_FIELDS = ['outcome', 'category', 'suggestedCategory', 'severity', 'productArea'] as const;

/** What comes after a decision: where the insight was put, how often, and what people said to it. */
const LATER_FIELDS: readonly string[] = ['patternId', 'revision', 'review'];

/**
 * The fields in which an insight is not what its decision makes of the stored conversation; what a person has corrected
 * is theirs and not compared. `outdated`: the conversation was read anew since, and is not classified yet.
 */
export function insightDifferences(
  insight: Insight,
  decision: Decision,
  conversation: Conversation,
): string[] | 'outdated' {
  if (conversation.contentHash !== insight.contentHash) return 'outdated';
  const built = rebuilt(decision, conversation, insight.issue);
  if (!built) return ['content'];
  const own: readonly string[] = insight.review === 'corrected' ? CORRECTED_FIELDS : [];
  const stored: Record<string, unknown> = insight;
  return Object.entries(built)
    .filter(([name]) => !LATER_FIELDS.includes(name) && !own.includes(name))
    .filter(([name, value]) => !isDeepStrictEqual(stored[name], value))
    .map(([name]) => name);
}

function rebuilt(decision: Decision, conversation: Conversation, issue: number) {
  try {
    return rebuildInsight(decision, conversation)[issue];
  } catch (error) {
    if (error instanceof OtherContent) return undefined;
    throw error;
  }
}

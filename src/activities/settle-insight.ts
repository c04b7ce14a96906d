import { type DecidedInsight, rebuildInsight } from '../classify/rebuild-insight.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Decision } from '../domain/decision.ts';
import type { Insight } from '../domain/insight.ts';
import { boundByReview } from '../domain/review.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';
import { openPatternAssignment } from './pattern-assignment.ts';

/** Finds patterns for one batch. */
export type OpenPatterns = (
  storage: Storage,
  scope: Scope,
) => Promise<Pick<Awaited<ReturnType<typeof openPatternAssignment>>, 'assign' | 'touch' | 'close'>>;

/** Puts decisions in force: insights, each in its pattern, for the conversations of one batch. */
export async function openInsightSettling(
  storage: Storage,
  scope: Scope,
  conversationIds: number[],
  openPatterns: OpenPatterns = openPatternAssignment,
) {
  const { organizationId, integrationId } = scope;
  const before = await storage.insights.getMany(organizationId, integrationId, conversationIds);
  const patterns = await openPatterns(storage, scope);
  const knownOf = (conversationId: number) => before.filter((insight) => insight.conversationId === conversationId);

  /**
   * What a person said of the main issue stays, whatever else is written. Further issues may be others by then. Read late:
   * a batch waits minutes for its answers, and people judge meanwhile.
   */
  const bound = async (decided: DecidedInsight) => {
    const { issue, conversationId } = decided;
    if (issue !== 0) return decided;
    const reviewed = await storage.regressionCases.binding(organizationId, integrationId, [conversationId]);
    return boundByReview(decided, reviewed.get(conversationId) ?? []);
  };

  const placed = async (conversation: Conversation, decided: DecidedInsight, known: Insight | undefined) => {
    const insight = await bound(decided);
    const stays = insight.issue === 0 || insight.category === known?.category ? known?.patternId : null;
    const patternId = await patterns.assign(conversation, insight, stays ?? null);
    if (patternId) patterns.touch(patternId);
    return { ...insight, patternId };
  };

  return {
    /** The insight of this very content, when there is one: nothing to decide. */
    known({ conversationId, contentHash }: Conversation): Insight | null {
      const [main] = knownOf(conversationId);
      if (main?.contentHash !== contentHash) return null;
      for (const { patternId } of knownOf(conversationId)) if (patternId) patterns.touch(patternId);
      return main;
    },

    /** Stores what a decision makes of its conversation. @returns the main insight */
    async settle(conversation: Conversation, decision: Decision): Promise<DecidedInsight> {
      const known = knownOf(conversation.conversationId);
      // Patterns that lose an issue are counted anew.
      for (const { patternId } of known) if (patternId) patterns.touch(patternId);
      const [main, ...further] = rebuildInsight(decision, conversation);
      const first = await placed(conversation, main, known[0]);
      const others: Awaited<ReturnType<typeof placed>>[] = [];
      for (const insight of further) others.push(await placed(conversation, insight, known[insight.issue]));
      await storage.insights.save(organizationId, first, others);
      return first;
    },

    /** Brings counts and records of the patterns up to date. */
    close: () => patterns.close(),
  };
}

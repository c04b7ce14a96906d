import { type DecidedInsight, rebuildInsight } from '../classify/rebuild-insight.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Decision } from '../domain/decision.ts';
import type { Insight } from '../domain/insight.ts';
import { boundByReview, saidSchema } from '../domain/review.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';
import { openPatternAssignment } from './pattern-assignment.ts';

/** Finds patterns for one batch. */
export type OpenPatterns = (
  storage: Storage,
  scope: Scope,
) => Promise<Pick<Awaited<ReturnType<typeof openPatternAssignment>>, 'assign' | 'touch' | 'close'>>;

/** A conversation, and what was decided about it. */
export interface Decided {
  conversation: Conversation;
  decision: Decision;
}

/** Puts decisions in force: insights, each in its pattern, for the conversations of one batch. */
export async function openInsightSettling(
  storage: Storage,
  scope: Scope,
  conversationIds: number[],
  openPatterns: OpenPatterns = openPatternAssignment,
) {
  const { organizationId, integrationId } = scope;
  const before = new Map<number, Insight[]>();
  for (const insight of await storage.insights.getMany(organizationId, integrationId, conversationIds)) {
    before.set(insight.conversationId, [...(before.get(insight.conversationId) ?? []), insight]);
  }
  const patterns = await openPatterns(storage, scope);
  const knownOf = (conversationId: number) => before.get(conversationId) ?? [];

  /** What people said of some conversations, read late: a batch waits minutes for its answers, and people judge meanwhile. */
  const judged = async (ids: readonly number[]) => {
    const cases = await storage.regressionCases.binding(organizationId, integrationId, ids);
    // Of the main issue alone; further issues may be others by then.
    return (conversationId: number) => (cases.get(conversationId) ?? []).find(({ issue }) => issue === 0);
  };

  const settleAll = async (items: readonly Decided[]): Promise<DecidedInsight[]> => {
    const ids = items.map(({ conversation }) => conversation.conversationId);
    const judgedBefore = await judged(ids);
    const decided = items.flatMap(({ conversation, decision }) =>
      rebuildInsight(decision, conversation).map((plain) => {
        const { conversationId, issue } = plain;
        const said = judgedBefore(conversationId);
        const insight = said ? boundByReview(plain, [said]) : plain;
        const known = knownOf(conversationId).find((one) => one.issue === issue);
        const stays = issue === 0 || insight.category === known?.category;
        return { conversation, plain, insight, known: (stays ? known?.patternId : null) ?? null };
      }),
    );
    const places = await patterns.assign(decided);
    const placed = decided.map(({ insight }, at) => ({ ...insight, patternId: places[at] ?? null }));
    const now = new Set(placed.flatMap(({ patternId }) => patternId ?? []));
    const former = new Set(ids.flatMap(knownOf).flatMap(({ patternId }) => patternId ?? []));
    for (const patternId of [...now, ...former]) patterns.touch(patternId);
    // Patterns that lose an issue are counted anew even if nobody comes back to this batch.
    await storage.patterns.markStale(
      organizationId,
      [...former].filter((patternId) => !now.has(patternId)),
    );
    await storage.insights.saveMany(
      organizationId,
      ids.flatMap((id) => issuesOf(placed, id)),
    );
    const mains = decided.filter(({ insight }) => insight.issue === 0);
    await keepJudgements(mains, judgedBefore, await judged(ids));
    return mains.map(({ insight }) => insight);
  };

  /**
   * Who judged while the insights were being stored may have been overwritten: their word is put in again. What it stands
   * before is kept, for the case that they take it back.
   */
  async function keepJudgements(
    mains: readonly { plain: DecidedInsight }[],
    judgedBefore: Awaited<ReturnType<typeof judged>>,
    judgedSince: Awaited<ReturnType<typeof judged>>,
  ): Promise<void> {
    for (const { plain } of mains) {
      const { integrationId, conversationId, issue } = plain;
      const said = judgedSince(conversationId);
      const key = { integrationId, conversationId, issue };
      if (said) await storage.regressionCases.noteSaid(organizationId, key, saidSchema.parse(plain));
      if (said?.reviewId === judgedBefore(conversationId)?.reviewId) continue;
      const { outcome, category, productArea, severity, review } = said ? boundByReview(plain, [said]) : plain;
      const fields = { outcome, category, productArea, severity, review };
      await storage.insights.setJudged(organizationId, key, fields);
    }
  }

  return {
    /** The insight of this very content, when there is one: nothing to decide. */
    known({ conversationId, contentHash }: Conversation): Insight | null {
      const [main] = knownOf(conversationId);
      if (main?.contentHash !== contentHash) return null;
      for (const { patternId } of knownOf(conversationId)) if (patternId) patterns.touch(patternId);
      return main;
    },

    /** Stores what decisions make of their conversations, as if one after another. @returns the main insights */
    settleAll,

    /** The same for one. @returns the main insight */
    async settle(conversation: Conversation, decision: Decision): Promise<DecidedInsight> {
      const [main] = await settleAll([{ conversation, decision }]);
      if (!main) throw new Error('a decision makes a main insight');
      return main;
    },

    /** Brings counts and records of the patterns up to date. */
    close: () => patterns.close(),
  };
}

type PlacedInsight = DecidedInsight & { patternId: string | null };

/** The issues of one conversation, the main one first. */
function issuesOf(placed: readonly PlacedInsight[], conversationId: number): [PlacedInsight, ...PlacedInsight[]][] {
  const [main, ...further] = placed.filter((one) => one.conversationId === conversationId);
  return main ? [[main, ...further]] : [];
}

import { type DecidedInsight, rebuildInsight } from '../classify/rebuild-insight.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Decision } from '../domain/decision.ts';
import type { Insight } from '../domain/insight.ts';
import type { WhatIfItem, WhatIfSide } from '../domain/what-if.ts';
import { whatIfChanges } from '../domain/what-if-difference.ts';

/** An issue as it would be in force, in its pattern; `patternId` is null also for one that would start a pattern. */
export type Placed = DecidedInsight & { patternId: string | null };

/**
 * Whether a what-if may see a conversation otherwise: what a person judged is settled, and content that came since is
 * classified by the usual way.
 */
export const mayDiffer = (known: readonly Insight[], { contentHash }: Conversation): boolean =>
  known[0]?.contentHash === contentHash && known.every(({ review }) => review === 'none');

/**
 * The issues that a decision makes of a conversation, where they belong: an issue that keeps having a category keeps its
 * pattern, one that loses it leaves, unless a person put it there, and one that gets a category is placed by `find`.
 */
export async function placedInsights(
  conversation: Conversation,
  decision: Decision,
  known: readonly Insight[],
  pinned: (issue: number) => Promise<string | null>,
  find: (insight: DecidedInsight) => Promise<string | null>,
): Promise<Placed[]> {
  const placed: Placed[] = [];
  for (const insight of rebuildInsight(decision, conversation)) {
    const before = known.find(({ issue }) => issue === insight.issue);
    const left = before?.category ? null : (before?.patternId ?? null);
    const stays = before?.category && before.patternId && (insight.issue === 0 || before.category === insight.category);
    const patternId =
      (await pinned(insight.issue)) ??
      (insight.category === null ? left : stays ? before.patternId : await find(insight));
    placed.push({ ...insight, patternId });
  }
  return placed;
}

/** What a conversation came to, next to how it is now. */
export function whatIfItem(
  conversation: Conversation,
  known: readonly Insight[],
  after: readonly Placed[],
  { decision, asked }: { decision: Decision; asked: boolean },
): WhatIfItem {
  const { integrationId, conversationId, subject, contentHash } = conversation;
  const side = ({ outcome, category, productArea, severity, confidence, patternId }: Placed | Insight): WhatIfSide => ({
    ...{ outcome, category, productArea, severity, confidence, patternId },
  });
  return {
    ...{ integrationId, conversationId, subject, contentHash, decision, asked },
    reportedAt: known[0]?.reportedAt ?? conversation.createdAt,
    before: known.map(side),
    after: after.map(side),
    changes: whatIfChanges(known, after),
    categoryBefore: known[0]?.category ?? null,
    categoryAfter: after[0]?.category ?? null,
    costUsd: asked ? decision.costUsd : 0,
  };
}

import { heartbeat } from '@temporalio/activity';
import type { Conversation } from '../domain/conversation.ts';
import type { Insight } from '../domain/insight.ts';
import { memberKey } from '../domain/pattern-links.ts';
import type { WhatIf } from '../domain/what-if.ts';
import { NEW_INBOX } from '../patterns/inbox-level.ts';
import { emptyTermCounts } from '../patterns/term-counts.ts';
import type { WhatIfInput, WhatIfStep } from '../workflows/contract.ts';
import { createCostCap } from './cost-cap.ts';
import type { ActivityDeps } from './deps.ts';
import { isPaid } from './insights-way.ts';
import { findPattern, groupedText } from './pattern-finder.ts';
import { askWhatIf, sameQuestion } from './what-if-decision.ts';
import { mayDiffer, placedInsights, whatIfItem } from './what-if-item.ts';
import { whatIfWay } from './what-if-way.ts';

const AT_ONCE = 25;
const UNDER_WAY = ['running', 'waiting'] as const;

/** Trying another way of classifying: everything is read as it is, and written where nobody looks for insights. */
export function createWhatIfActivities(deps: Pick<ActivityDeps, 'storage' | 'classifierOf' | 'now'>) {
  const { storage, now } = deps;
  const cap = createCostCap(deps);

  return {
    /**
     * Looks at the next conversations of a what-if; one that was interrupted goes on where it was, and what was answered
     * before is not asked again. @returns whether more follow, after `waitMs` when the day's cost cap is reached
     */
    async runWhatIf({ organizationId, whatIfId }: WhatIfInput): Promise<WhatIfStep> {
      const whatIf = await storage.whatIfs.get(organizationId, whatIfId);
      if (!whatIf || !isGoingOn(whatIf)) return { more: false };
      const { from, to, after } = whatIf;
      const places = await storage.insightWindow.next(organizationId, { from, to, after, limit: AT_ONCE });
      const [first] = places;
      if (!first) {
        const ended = { state: 'ready' as const, total: whatIf.done, endedAt: now() };
        await storage.whatIfs.change(organizationId, whatIfId, UNDER_WAY, ended);
        return { more: false };
      }
      const { integrationId } = first;
      const ids = places.filter((place) => place.integrationId === integrationId).map((place) => place.conversationId);
      const batch = await openBatch(whatIf, integrationId, ids);
      let done = whatIf.done;
      for (const conversationId of ids) {
        heartbeat();
        const goesOn = await storage.whatIfs.get(organizationId, whatIfId);
        if (!goesOn || !isGoingOn(goesOn)) return { more: false };
        if ((await batch.look(conversationId)) === 'atCap') {
          await storage.whatIfs.change(organizationId, whatIfId, UNDER_WAY, { state: 'waiting' });
          return { more: true, waitMs: cap.waitMs() };
        }
        done += 1;
        const progress = { state: 'running' as const, done, after: { integrationId, conversationId } };
        await storage.whatIfs.change(organizationId, whatIfId, UNDER_WAY, progress);
      }
      return { more: true };
    },

    /** Says that a what-if came to nothing. What it had found stays until somebody discards it. */
    async failWhatIf({ organizationId, whatIfId }: WhatIfInput): Promise<void> {
      const problem = 'It could not go on: the classifier failed again and again.';
      await storage.whatIfs.change(organizationId, whatIfId, UNDER_WAY, { state: 'failed', problem, endedAt: now() });
    },
  };

  async function openBatch(whatIf: WhatIf, integrationId: string, ids: number[]) {
    const { organizationId, whatIfId } = whatIf;
    const scope = { organizationId, integrationId };
    const [way, conversations, insights, have, stored] = await Promise.all([
      whatIfWay(deps, scope, whatIf),
      storage.conversations.getMany(organizationId, integrationId, ids),
      storage.insights.getMany(organizationId, integrationId, ids),
      storage.whatIfs.known(organizationId, whatIfId, integrationId, ids),
      storage.termCounts.get(organizationId, integrationId),
    ]);
    const inbox = { counts: stored ?? emptyTermCounts(), level: stored?.level ?? NEW_INBOX };
    const find = async (conversation: Conversation, insight: Pick<Insight, 'issue' | 'summary' | 'evidence'>) =>
      (await findPattern(storage, scope, inbox, groupedText(conversation, insight))).joined?.patternId ?? null;

    const decide = async (conversation: Conversation, decisionId: string | null) => {
      const stored = decisionId === null ? null : await storage.decisions.get(organizationId, decisionId);
      const same = sameQuestion(way, whatIf, stored);
      if (same) return { decision: same, asked: false };
      if (isPaid(way.classifier) && (await cap.left(organizationId, way)) === 0) {
        await cap.reached(scope, way);
        return null;
      }
      return { decision: await askWhatIf(deps, way, whatIf, conversation), asked: true };
    };

    return {
      /** What comes of one conversation is stored when this resolves. */
      async look(conversationId: number): Promise<'done' | 'atCap'> {
        const conversation = conversations.find((one) => one.conversationId === conversationId);
        const known = insights.filter((one) => one.conversationId === conversationId);
        if (!conversation || have.has(conversationId) || !mayDiffer(known, conversation)) return 'done';
        const answer = await decide(conversation, known[0]?.decisionId ?? null);
        if (!answer) return 'atCap';
        const pinned = async (issue: number) =>
          (await storage.patternLinks.pins(organizationId, integrationId, [conversationId])).get(
            memberKey({ conversationId, issue }),
          ) ?? null;
        const after = await placedInsights(conversation, answer.decision, known, pinned, (insight) =>
          find(conversation, insight),
        );
        const item = whatIfItem(conversation, known, after, answer);
        if (item.asked || item.changes.length > 0) await storage.whatIfs.putItem(organizationId, whatIfId, item, now());
        return 'done';
      },
    };
  }
}

const isGoingOn = ({ state }: WhatIf): boolean => state === 'running' || state === 'waiting';

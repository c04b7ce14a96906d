import { randomUUID } from 'node:crypto';
import { cancellationSignal } from '@temporalio/activity';
import type { Classifier, ClassifyInput } from '../classify/classifier.ts';
import { ClassifierError } from '../classify/errors/classifier-error.ts';
import { costOf } from '../classify/prices.ts';
import { OtherContent, rebuildInsight } from '../classify/rebuild-insight.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Decision } from '../domain/decision.ts';
import type { Scope } from '../workflows/contract.ts';
import { questionAbout, withDocumentationNeeds } from './classify-input.ts';
import type { CostCap } from './cost-cap.ts';
import type { ActivityDeps } from './deps.ts';
import type { InsightsWay } from './insights-way.ts';
import { isPaid } from './insights-way.ts';
import { costEntryOf, makeDecision } from './make-decision.ts';

/** Deciding what a conversation is about, durably: once an answer is here, nobody asks for it again. */
export function createDecider({ storage, now }: Pick<ActivityDeps, 'storage' | 'now'>, cap: CostCap) {
  /** The ledger first: of a decision that is known, the cost is. */
  const keep = async (decision: Decision): Promise<Decision> => {
    const cost = costEntryOf(decision);
    if (cost) await storage.costs.note(decision.organizationId, cost);
    await storage.decisions.add(decision);
    return decision;
  };

  /** What was decided about these very contents before, as when a worker was stopped before it could use the answers. */
  const decidedBefore = async (
    { organizationId }: Scope,
    conversations: readonly Conversation[],
  ): Promise<Map<number, Decision>> => {
    const decisions = await storage.decisions.ofContents(organizationId, conversations);
    for (const conversation of conversations) {
      const decision = decisions.get(conversation.conversationId);
      if (decision && !stillHolds(decision, conversation)) decisions.delete(conversation.conversationId);
    }
    return decisions;
  };

  /** Asks; what a failed try used before it failed is in the ledger all the same. */
  const ask = async (
    { organizationId }: Scope,
    classifier: Classifier,
    { conversationId }: Conversation,
    input: ClassifyInput,
  ) => {
    try {
      return await classifier.classify(input, { signal: cancellationSignal() });
    } catch (error) {
      if (error instanceof ClassifierError && error.spent) {
        const { model } = classifier.identity;
        const [tokens, costUsd] = [error.spent, costOf(model, error.spent, { batch: false })];
        const callKey = `failed-${randomUUID()}`;
        const entry = { callKey, purpose: 'classify' as const, conversationId, model, tokens, costUsd, at: now() };
        await storage.costs.note(organizationId, entry);
      }
      throw error;
    }
  };

  /** @returns null when the day's cap is reached and the organization would rather wait */
  const answer = async (scope: Scope, way: InsightsWay, conversation: Conversation): Promise<Decision | null> => {
    const atCap = isPaid(way.classifier) && (await cap.left(scope.organizationId, way)) === 0;
    if (atCap && (await cap.reached(scope, way)) === 'wait') return null;
    const classifier = atCap ? way.offline : way.classifier;
    const question = await questionAbout(conversation, way);
    const { input } = question;
    const startedAtMs = performance.now();
    const answered = await ask(scope, classifier, conversation, input);
    const classification = isPaid(classifier) ? answered : withDocumentationNeeds(answered, question);
    const durationMs = Math.round(performance.now() - startedAtMs);
    const said = { conversation, input, classifier, classification, durationMs, atCap, messageBatchId: null };
    return makeDecision(way, { ...said, decidedAt: now() });
  };

  return {
    keep,
    decidedBefore,

    /**
     * New decisions about conversations, by conversation id, all stored before this resolves. One that was paid for is
     * stored before the next is asked: what was being asked when a worker is killed is asked again, and that one answer
     * may be paid twice; all before it are not. Where nothing is paid, all are stored together. Left out are those for
     * which the day's cap is reached, where the organization would rather wait.
     */
    async decideAll(
      scope: Scope,
      way: InsightsWay,
      conversations: readonly Conversation[],
    ): Promise<Map<number, Decision>> {
      const decisions: Decision[] = [];
      const free: Decision[] = [];
      for (const conversation of conversations) {
        const decision = await answer(scope, way, conversation);
        if (!decision) continue;
        decisions.push(decision);
        if (costEntryOf(decision)) await keep(decision);
        else free.push(decision);
      }
      // Another activity may have come to the same in the meantime: the insight is built from what is stored.
      const stored = await storage.decisions.addMany(free);
      return new Map([...decisions, ...stored].map((decision) => [decision.conversationId, decision]));
    },
  };
}

function stillHolds(decision: Decision, conversation: Conversation): boolean {
  try {
    rebuildInsight(decision, conversation);
    return true;
  } catch (error) {
    if (error instanceof OtherContent) return false;
    throw error;
  }
}

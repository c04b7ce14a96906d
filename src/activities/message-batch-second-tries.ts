import { cancellationSignal } from '@temporalio/activity';
import type { Classification, ClassifyInput } from '../classify/classifier.ts';
import { ClassifierError } from '../classify/errors/classifier-error.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Decision } from '../domain/decision.ts';
import type { Scope } from '../workflows/contract.ts';
import type { CostCap } from './cost-cap.ts';
import type { createDecider } from './decide.ts';
import type { ActivityDeps } from './deps.ts';
import type { InsightsWay } from './insights-way.ts';
import { makeDecision } from './make-decision.ts';

/** An item whose answer was cut off or had another shape: paid, and worth a second try that goes on from it. */
export interface Unusable {
  conversation: Conversation;
  input: ClassifyInput;
  outcome: Classification;
}

/** An activity has ten minutes; what is left of very many is asked about from the beginning. */
const LONGEST_MS = 4 * 60_000;

/**
 * Second tries for answers of a message batch, each as its first answer asks for: with more room where that was cut
 * off. Asked singly, at the full price. One that cannot be asked now is passed over, and stays to be asked later.
 * @returns decisions, stored
 */
export async function* secondTries(
  deps: Pick<ActivityDeps, 'now'> & { cap: CostCap; decider: ReturnType<typeof createDecider> },
  scope: Scope,
  way: InsightsWay,
  unusable: readonly Unusable[],
): AsyncGenerator<{ conversation: Conversation; decision: Decision }> {
  const { now, cap, decider } = deps;
  const startedMs = performance.now();
  const before = await decider.decidedBefore(
    scope,
    unusable.map(({ conversation }) => conversation),
  );
  for (const { conversation, input, outcome } of unusable) {
    const stored = before.get(conversation.conversationId);
    if (stored) yield { conversation, decision: stored };
    if (stored) continue;
    if (performance.now() - startedMs > LONGEST_MS || (await cap.left(scope.organizationId, way)) === 0) return;
    const askedMs = performance.now();
    const classification = await orNull(
      way.classifier.classify(input, { after: outcome, signal: cancellationSignal() }),
    );
    if (!classification) continue;
    const durationMs = Math.round(performance.now() - askedMs);
    const answer = { conversation, input, classifier: way.classifier, classification, durationMs };
    const decision = makeDecision(way, { ...answer, atCap: false, messageBatchId: null, decidedAt: now() });
    yield { conversation, decision: await decider.keep(decision) };
  }
}

/** Whatever kept Claude from answering is met again, and told, when the conversation is asked about singly. */
async function orNull(asked: Promise<Classification>): Promise<Classification | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ClassifierError) return null;
    throw error;
  }
}

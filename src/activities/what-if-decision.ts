import { randomUUID } from 'node:crypto';
import { cancellationSignal } from '@temporalio/activity';
import { ClassifierError } from '../classify/errors/classifier-error.ts';
import { costOf } from '../classify/prices.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Decision } from '../domain/decision.ts';
import type { WhatIf } from '../domain/what-if.ts';
import { questionAbout, withDocumentationNeeds } from './classify-input.ts';
import type { ActivityDeps } from './deps.ts';
import type { InsightsWay } from './insights-way.ts';
import { isPaid } from './insights-way.ts';
import { costEntryOf, makeDecision } from './make-decision.ts';

/**
 * The decision in force, where the what-if asks the very same question: what comes of it may differ all the same, by the
 * threshold. Nothing is paid, and a what-if of no change comes to no difference even where a model would answer
 * otherwise today. Null when somebody has to be asked.
 */
export function sameQuestion(way: InsightsWay, { draft, whatIfId }: WhatIf, known: Decision | null): Decision | null {
  const { classifier, taxonomy, settings } = way;
  const isSame =
    known !== null &&
    draft === null &&
    known.taxonomyVersion === taxonomy.version &&
    known.promptVersion === classifier.promptVersion &&
    known.classifier.kind === classifier.identity.kind &&
    known.classifier.model === classifier.identity.model &&
    known.effort === (classifier.effort ?? null) &&
    known.temperature === (classifier.temperature ?? null);
  if (!isSame || known.reviewBelow === settings.reviewBelow) return isSame ? known : null;
  const decisionId = `${whatIfId}-${known.integrationId}-${known.conversationId}`;
  // The answer was paid when it was given.
  return { ...known, decisionId, reviewBelow: settings.reviewBelow, tokens: null, costUsd: 0, messageBatchId: null };
}

/** Asks the classifier that is tried; what that cost is in the ledger before the answer is used. */
export async function askWhatIf(
  { storage, now }: Pick<ActivityDeps, 'storage' | 'now'>,
  way: InsightsWay,
  { whatIfId }: Pick<WhatIf, 'whatIfId'>,
  conversation: Conversation,
): Promise<Decision> {
  const { organizationId, conversationId } = conversation;
  const { classifier } = way;
  const question = await questionAbout(conversation, way);
  const { input } = question;
  const startedAtMs = performance.now();
  try {
    const answered = await classifier.classify(input, { signal: cancellationSignal() });
    const classification = isPaid(classifier) ? answered : withDocumentationNeeds(answered, question);
    const durationMs = Math.round(performance.now() - startedAtMs);
    const answer = { conversation, input, classifier, classification, durationMs, atCap: false, messageBatchId: null };
    const decision = makeDecision(way, { ...answer, whatIfId, decidedAt: now() });
    const cost = costEntryOf(decision);
    if (cost) await storage.costs.note(organizationId, { ...cost, purpose: 'whatIf' });
    return decision;
  } catch (error) {
    if (error instanceof ClassifierError && error.spent) {
      const { model } = classifier.identity;
      const [tokens, costUsd] = [error.spent, costOf(model, error.spent, { batch: false })];
      const entry = { callKey: `failed-${randomUUID()}`, conversationId, model, tokens, costUsd, at: now() };
      await storage.costs.note(organizationId, { ...entry, purpose: 'whatIf' });
    }
    throw error;
  }
}

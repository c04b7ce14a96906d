import { randomUUID } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import type { Classification, Classifier, ClassifyInput } from '../classify/classifier.ts';
import { parsedAnswer } from '../classify/parsed-answer.ts';
import { costOf } from '../classify/prices.ts';
import { textHash } from '../classify/text-hash.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { CostEntry } from '../domain/cost.ts';
import type { Decision } from '../domain/decision.ts';
import type { InsightsWay } from './insights-way.ts';
import { isPaid } from './insights-way.ts';

/** One answer, and how it was come by. */
interface Answer {
  conversation: Conversation;
  input: ClassifyInput;
  classifier: Classifier;
  classification: Classification;
  durationMs: number | null;
  atCap: boolean;
  /** Of an answer out of a message batch; its decision has an id of its own then. */
  messageBatchId: string | null;
  /** Who tries it aside, where what comes of it is not in force. */
  whatIfId?: string;
  decidedAt: Date;
}

/** The record of a decision, under the activity that made it. */
export function makeDecision({ settings, taxonomy }: InsightsWay, answer: Answer): Decision {
  const { conversation, input, classifier, classification, messageBatchId } = answer;
  const { organizationId, integrationId, conversationId, contentHash } = conversation;
  const { workflowId, runId } = activityInfo().workflowExecution ?? { workflowId: '', runId: '' };
  return {
    decisionId: decisionIdOf(answer, [taxonomy.version, settings.reviewBelow]),
    ...{ organizationId, integrationId, conversationId, contentHash, messageBatchId, workflowId, runId },
    threads: input.threads.map(({ threadId, text }) => ({ threadId, textHash: textHash(text) })),
    promptVersion: classifier.promptVersion,
    taxonomyVersion: taxonomy.version,
    classifier: classifier.identity,
    effort: classifier.effort ?? null,
    temperature: classifier.temperature ?? null,
    reviewBelow: settings.reviewBelow,
    atCap: answer.atCap,
    articleIds: input.docsExcerpts.map(({ articleId }) => articleId),
    rawAnswer: classification.rawAnswer,
    answer: parsedAnswer(classification, conversation),
    requestId: classification.requestId,
    tokens: classification.tokens,
    costUsd: costUsdOf(classifier, classification, messageBatchId !== null),
    durationMs: answer.durationMs,
    decidedAt: answer.decidedAt,
  };
}

/**
 * Derived where the same answer may come twice: out of a message batch that is read again, or of what is not paid, from two
 * activities that met the same conversation, or a try that went on after Temporal had given it up. A call that was made
 * twice was paid twice, and both are kept. `by` is what it was decided by besides the classifier.
 */
function decisionIdOf({ conversation, input, classifier, messageBatchId, whatIfId }: Answer, by: readonly number[]) {
  const { integrationId, conversationId, contentHash } = conversation;
  if (messageBatchId !== null) return `${messageBatchId}-${conversationId}`;
  if (isPaid(classifier)) return randomUUID();
  const read = [input.threads.map(({ text }) => textHash(text)), input.docsExcerpts.map(({ articleId }) => articleId)];
  const of = [integrationId, conversationId, contentHash, whatIfId ?? null];
  return textHash(JSON.stringify([of, read, classifier.identity, by]));
}

function costUsdOf(classifier: Classifier, { tokens, rawAnswer }: Classification, batch: boolean): number | null {
  // A conversation without a customer's words is not asked about.
  if (!isPaid(classifier) || (tokens === null && rawAnswer === '')) return 0;
  return costOf(classifier.identity.model, tokens, { batch });
}

/** The line in the ledger that belongs to a decision; null when nothing was paid for. */
export function costEntryOf({
  decisionId,
  conversationId,
  classifier,
  tokens,
  costUsd,
  decidedAt,
}: Decision): CostEntry | null {
  if (classifier.kind !== 'claude' || tokens === null) return null;
  const { model } = classifier;
  return { callKey: decisionId, purpose: 'classify', conversationId, model, tokens, costUsd, at: decidedAt };
}

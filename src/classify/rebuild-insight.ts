import { type Conversation, customerThreads } from '../domain/conversation.ts';
import type { Decision } from '../domain/decision.ts';
import type { Evidence, Insight } from '../domain/insight.ts';
import { textHash } from './text-hash.ts';

/** An insight as a decision makes it: what is missing is where it was put, and what came after. */
export type DecidedInsight = Omit<Insight, 'revision' | 'patternId'>;

/** The conversation is not the one that was read: a decision says nothing about it. */
export class OtherContent extends Error {
  override readonly name = 'OtherContent';
  constructor() {
    super('The conversation is not as it was when it was classified');
  }
}

/**
 * The insights that a decision makes of the conversation it read, the main issue first: no model, no clock, nothing else.
 * Insights are stored as this builds them, so that whoever asks why can have it built again.
 * @throws OtherContent when a thread that was read has another text now, or is gone
 */
export function rebuildInsight(decision: Decision, conversation: Conversation): [DecidedInsight, ...DecidedInsight[]] {
  if (!isWhatWasRead(decision, conversation)) throw new OtherContent();
  const { answer, reviewBelow } = decision;
  const [firstThread] = customerThreads(conversation.threads);
  const { organizationId, integrationId, conversationId, subject, mailboxId, customer } = conversation;
  const common = {
    organizationId,
    integrationId,
    conversationId,
    subject,
    mailboxId,
    contentHash: decision.contentHash,
    classifier: decision.classifier,
    taxonomyVersion: decision.taxonomyVersion,
    decisionId: decision.decisionId,
    review: 'none' as const,
    customerKey: customer.email ?? `conversation:${conversationId}`,
    reportedAt: firstThread?.createdAt ?? conversation.createdAt,
    classifiedAt: decision.decidedAt,
  };
  if (answer.kind !== 'classified') {
    const nothing = { category: null, confidence: 0, suggestedCategory: null, productArea: null, severity: null };
    const none = { ...nothing, evidence: [], documentation: null };
    return [{ ...common, ...none, issue: 0, outcome: answer.kind, summary: answer.reason }];
  }
  const insightOf = (decided: (typeof answer.issues)[number], issue: number): DecidedInsight => {
    const { category, confidence, summary, productArea, severity, documentation } = decided;
    const evidence = decided.evidence.map((place) => quoteAt(place, conversation));
    const sure = confidence >= reviewBelow;
    return {
      ...{ ...common, issue, confidence, summary, productArea, evidence },
      outcome: sure ? 'classified' : 'unsure',
      category: sure ? category : null,
      suggestedCategory: sure ? null : category,
      severity: sure ? severity : null,
      documentation: sure ? documentation : null,
    };
  };
  const [main, ...further] = answer.issues;
  if (!main) throw new OtherContent();
  return [insightOf(main, 0), ...further.map((issue, index) => insightOf(issue, index + 1))];
}

/** Whether every thread that the decision read still has the text it had. */
function isWhatWasRead({ contentHash, threads }: Decision, conversation: Conversation): boolean {
  if (contentHash !== conversation.contentHash) return false;
  const texts = new Map(conversation.threads.map(({ threadId, text }) => [threadId, text]));
  return threads.every(({ threadId, textHash: wanted }) => textHash(texts.get(threadId) ?? '') === wanted);
}

/** The words at a place of a customer's thread. @throws OtherContent when it is in no such thread */
function quoteAt({ threadId, start, end }: Omit<Evidence, 'quote'>, { threads }: Conversation): Evidence {
  const thread = customerThreads(threads).find((candidate) => candidate.threadId === threadId);
  const quote = thread?.text.slice(start, end) ?? '';
  if (quote.length !== end - start || quote === '') throw new OtherContent();
  return { threadId, start, end, quote };
}

import { type Conversation, customerThreads } from '../domain/conversation.ts';
import type { ParsedAnswer } from '../domain/decision.ts';
import type { Evidence } from '../domain/insight.ts';
import type { Classification, ClassifiedIssue } from './classifier.ts';

/**
 * What a classifier answered, as the record of the decision keeps it: quotes by their places. Whatever the classifier
 * says, a quote that is not at its place in a customer's thread is left out.
 */
export function parsedAnswer(classification: Classification, conversation: Conversation): ParsedAnswer {
  if (classification.kind !== 'classified') return { kind: classification.kind, reason: classification.reason };
  const texts = new Map(customerThreads(conversation.threads).map(({ threadId, text }) => [threadId, text]));
  const isVerbatim = ({ threadId, start, end, quote }: Evidence) =>
    quote !== '' && texts.get(threadId)?.slice(start, end) === quote;
  const issueOf = (issue: ClassifiedIssue) => ({
    category: issue.category,
    confidence: issue.confidence,
    summary: issue.summary,
    productArea: issue.productArea,
    severity: issue.severity,
    documentation: issue.documentation,
    evidence: issue.evidence.filter(isVerbatim).map(({ threadId, start, end }) => ({ threadId, start, end })),
  });
  return { kind: 'classified', issues: [classification, ...classification.further].map(issueOf) };
}

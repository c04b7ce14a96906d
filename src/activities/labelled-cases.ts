import { type Conversation, customerThreads } from '../domain/conversation.ts';
import type { RegressionCase } from '../domain/review.ts';
import type { Storage } from '../storage/storage.ts';

/** More teach little that these did not, and are trained on for long. */
const MOST_CASES = 5_000;
const AT_ONCE = 100;

/** A conversation that a person gave a category, with what its customer wrote. */
export interface LabelledCase {
  reviewId: string;
  conversation: Conversation;
  subject: string;
  text: string;
  category: RegressionCase['judgement']['category'];
}

/**
 * An organization's regression cases with their texts, in one order. Only main issues: of the further ones nobody knows
 * which words are theirs. Conversations that are gone are left out.
 */
export async function labelledCases(storage: Storage, organizationId: string): Promise<LabelledCase[]> {
  const cases: RegressionCase[] = [];
  for await (const one of storage.regressionCases.stream(organizationId)) {
    if (one.issue === 0) cases.push(one);
    if (cases.length > MOST_CASES) cases.shift();
  }
  const found: LabelledCase[] = [];
  for (let at = 0; at < cases.length; at += AT_ONCE) {
    const batch = cases.slice(at, at + AT_ONCE);
    const conversations = await conversationsOf(storage, organizationId, batch);
    for (const { integrationId, conversationId, judgement, reviewId } of batch) {
      const conversation = conversations.get(`${integrationId}/${conversationId}`);
      if (!conversation) continue;
      const text = customerThreads(conversation.threads)
        .map((thread) => thread.text)
        .join('\n\n');
      const { subject } = conversation;
      if (text.trim() !== '') found.push({ reviewId, conversation, subject, text, category: judgement.category });
    }
  }
  return found;
}

async function conversationsOf(storage: Storage, organizationId: string, cases: readonly RegressionCase[]) {
  const byIntegration = new Map<string, number[]>();
  for (const { integrationId, conversationId } of cases) {
    byIntegration.set(integrationId, [...(byIntegration.get(integrationId) ?? []), conversationId]);
  }
  const found = await Promise.all(
    [...byIntegration].map(([integrationId, ids]) => storage.conversations.getMany(organizationId, integrationId, ids)),
  );
  return new Map(found.flat().map((one) => [`${one.integrationId}/${one.conversationId}`, one] as const));
}

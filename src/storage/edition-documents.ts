import { createHash } from 'node:crypto';
import { z } from 'zod';

/** An insight as it lies in the collection. */
export type InsightDocument = { [field: string]: unknown } & {
  integrationId: string;
  conversationId: number;
  issue: number;
  patternId: string | null;
};

const documentSchema = z.looseObject({
  integrationId: z.string(),
  conversationId: z.number(),
  // Insights from before there were several issues carry no number.
  issue: z
    .number()
    .nullish()
    .transform((issue) => issue ?? 0),
  patternId: z.string().nullable().default(null),
});
export const toInsightDocument = (document: object): InsightDocument => documentSchema.parse(document);

/** What is in a conversation's issues, and where they are: hashes, so that either can be seen to have changed. */
export interface ConversationMark {
  said: string;
  placed: string;
}

export function markOf(issues: readonly InsightDocument[]): ConversationMark {
  const sorted = [...issues].sort((a, b) => a.issue - b.issue);
  return {
    said: hash(sorted.map(({ _id, organizationId, patternId, ...rest }) => rest)),
    placed: hash(sorted.map(({ issue, patternId }) => [issue, patternId])),
  };
}

const hash = (value: unknown) => createHash('sha256').update(stable(value)).digest('base64url');

/** JSON with the fields of every object in one order: a changed document may have another. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_name, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

/** Documents that follow each other and belong to one conversation, together. */
export async function* byConversation(documents: AsyncIterable<object>): AsyncGenerator<InsightDocument[]> {
  let issues: InsightDocument[] = [];
  for await (const document of documents) {
    const one = toInsightDocument(document);
    const [first] = issues;
    if (first && (first.conversationId !== one.conversationId || first.integrationId !== one.integrationId)) {
      yield issues;
      issues = [];
    }
    issues.push(one);
  }
  if (issues.length > 0) yield issues;
}

export async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

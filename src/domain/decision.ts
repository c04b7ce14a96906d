import { z } from 'zod';
import { insightSchema } from './insight.ts';

/** What one call to a model used. `inputTokens` counts all of the input, the parts from and to the cache included. */
export const tokensSchema = z.object({
  inputTokens: z.number().int().nonnegative(),
  cachedInputTokens: z.number().int().nonnegative(),
  cacheWriteTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
});
export type Tokens = z.infer<typeof tokensSchema>;

/** One issue as the answer named it. Its quotes are places only: their words stay in the conversation. */
const decidedIssueSchema = insightSchema
  .pick({
    confidence: true,
    summary: true,
    productArea: true,
    severity: true,
    documentation: true,
  })
  .extend({
    category: insightSchema.shape.category.unwrap(),
    evidence: z.array(insightSchema.shape.evidence.element.omit({ quote: true })),
  });

/** The answer after every check, before the organization's own limits. */
export const parsedAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('classified'), issues: z.array(decidedIssueSchema).min(1) }),
  z.object({ kind: z.enum(['refused', 'empty', 'malformed', 'truncated']), reason: z.string() }),
]);
export type ParsedAnswer = z.infer<typeof parsedAnswerSchema>;

/**
 * How an insight came about: enough to build it again without any model. One for each classification of a conversation;
 * it holds no text of the conversation but what the model answered.
 */
export const decisionSchema = z.object({
  decisionId: z.string(),
  organizationId: z.string(),
  integrationId: z.string(),
  conversationId: z.number().int(),
  /** What was read: each thread with a hash of its text (SHA-256, hex). */
  threads: z.array(z.object({ threadId: z.number().int(), textHash: z.string() })),
  contentHash: z.string(),
  /** Names the words of the prompt, or the way the offline model reads. */
  promptVersion: z.string(),
  taxonomyVersion: z.number().int().positive(),
  classifier: insightSchema.shape.classifier,
  effort: z.string().nullable(),
  temperature: z.number().nullable(),
  /** Below this confidence an issue was left to a person. */
  reviewBelow: z.number(),
  /** Whether the offline model answered because the day's cost cap was reached. */
  atCap: z.boolean().default(false),
  /** Help articles that were given as context. */
  articleIds: z.array(z.string()),
  /** The answer as it came, before any check; of the offline model its probabilities, as JSON. */
  rawAnswer: z.string(),
  answer: parsedAnswerSchema,
  /** Of the answering service, where it gave one. */
  requestId: z.string().nullable(),
  /** The message batch that it was part of; null for a call of its own. */
  messageBatchId: z.string().nullable().default(null),
  tokens: tokensSchema.nullable(),
  /** US dollars by the list price of that day; null when the price of the model is not known, 0 offline. */
  costUsd: z.number().nonnegative().nullable(),
  /** From the question to the answer; of one in a message batch, null. */
  durationMs: z.number().nonnegative().nullable(),
  workflowId: z.string(),
  runId: z.string(),
  decidedAt: z.date(),
});
export type Decision = z.infer<typeof decisionSchema>;

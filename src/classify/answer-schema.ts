import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';
import { categorySchema, severitySchema } from '../domain/category.ts';

/** What is wrong with the help, and which of the given passages should have answered: by its label or its article's id. */
const documentationSchema = z.object({
  problem: z.enum(['missing', 'hardToFind', 'wrong']),
  articleId: z.string().nullable(),
});

const issueSchema = z.object({
  category: categorySchema,
  confidence: z.number(),
  summary: z.string(),
  productArea: z.string().nullable(),
  severity: severitySchema.nullable(),
  evidence: z.array(z.object({ threadId: z.number().int(), quote: z.string() })),
  documentation: documentationSchema.nullable().default(null),
});
export type AnsweredIssue = z.infer<typeof issueSchema>;

/**
 * What Claude answers. Only shapes are demanded here: a confidence outside 0 to 1 is clamped, a quote is checked
 * against the conversation, a product area and an article against the lists, all after parsing.
 */
export const answerSchema = issueSchema.extend({
  /** Other issues of the same conversation. */
  further: z.array(issueSchema).default([]),
});
export type Answer = z.infer<typeof answerSchema>;

/** The same shape for the API, as the JSON schema that the answer is held to while it is written. */
export const answerFormat = zodOutputFormat(answerSchema);

/** Parses the answer's text; null when it is not JSON or of another shape. */
export function parseAnswer(text: string): Answer | null {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

import { z } from 'zod';
import { categorySchema, severitySchema } from './category.ts';

/** A verbatim quote: `quote === thread.text.slice(start, end)` of a customer thread (UTF-16 code units). */
export const evidenceSchema = z.object({
  threadId: z.number().int(),
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  quote: z.string().min(1),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Who gave the answer: shown wherever the answer is shown. */
export const classifierIdentitySchema = z.object({
  kind: z.enum(['claude', 'offline']),
  /** Claude's model name, or the version of the shipped weights. */
  model: z.string(),
});
export type ClassifierIdentity = z.infer<typeof classifierIdentitySchema>;

/**
 * How the classification ended; anything but `classified` is shown as "needs review", never as a category. `unsure`: the
 * classifier's confidence is below what the organization accepts.
 */
export const INSIGHT_OUTCOMES = ['classified', 'unsure', 'refused', 'empty', 'malformed', 'truncated'] as const;
export const insightOutcomeSchema = z.enum(INSIGHT_OUTCOMES);
export type InsightOutcome = z.infer<typeof insightOutcomeSchema>;

/** What people said to an insight. */
export const REVIEWS = ['none', 'confirmed', 'corrected'] as const;

/** The classification of one conversation, or of one of the issues in it. */
export const insightSchema = z.object({
  organizationId: z.string(),
  integrationId: z.string(),
  conversationId: z.number().int(),
  /** 0 for what the conversation is mainly about; further issues in it count up. */
  issue: z.number().int().nonnegative().default(0),
  outcome: insightOutcomeSchema,
  category: categorySchema.nullable(),
  confidence: z.number().min(0).max(1),
  /** Of an unsure one: what it would have been. */
  suggestedCategory: categorySchema.nullable().default(null),
  summary: z.string(),
  productArea: z.string().nullable(),
  severity: severitySchema.nullable(),
  evidence: z.array(evidenceSchema),
  classifier: classifierIdentitySchema,
  taxonomyVersion: z.number().int().positive().default(1),
  /** How it came about (domain/decision.ts); null for insights older than such records. */
  decisionId: z.string().nullable().default(null),
  review: z.enum(REVIEWS).default('none'),
  /** Of a documentation need: what is wrong with the help, and the article that should have answered. */
  documentation: z
    .object({
      problem: z.enum(['missing', 'hardToFind', 'wrong']),
      article: z.object({ articleId: z.string(), title: z.string(), url: z.string() }).nullable(),
    })
    .nullable()
    .default(null),
  patternId: z.string().nullable(),
  /** Lower-cased address, or `conversation:{id}` where the customer has none: what "distinct customers" counts. */
  customerKey: z.string(),
  subject: z.string(),
  mailboxId: z.number().int(),
  /** When the customer first wrote (not when we read it): trends count by this. */
  reportedAt: z.date(),
  classifiedAt: z.date(),
  /** The content this insight was made from; equal hash means there is nothing new to classify. */
  contentHash: z.string(),
  /** Help Scout has the conversation no more: it counts nowhere. `mergedInto` when it goes on in another one. */
  gone: z.object({ at: z.date(), mergedInto: z.number().int().nullable() }).nullish(),
  /** How often this conversation has been classified: 1 after the scan. */
  revision: z.number().int().positive(),
});
export type Insight = z.infer<typeof insightSchema>;

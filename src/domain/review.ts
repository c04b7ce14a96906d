import { z } from 'zod';
import { categorySchema, severitySchema } from './category.ts';
import { type Insight, insightSchema, REVIEWS } from './insight.ts';

/** Names one issue of a conversation. */
export const issueKeySchema = z.object({
  integrationId: z.string(),
  conversationId: z.number().int(),
  issue: z.number().int().nonnegative(),
});
export type IssueKey = z.infer<typeof issueKeySchema>;

/** What a person says an issue is. */
export const judgementSchema = z.object({
  category: categorySchema,
  productArea: z.string().trim().min(1).max(80).nullable(),
  severity: severitySchema.nullable(),
});
export type Judgement = z.infer<typeof judgementSchema>;

/** What the classifier said, as far as quality is measured by it. */
export const saidSchema = insightSchema.pick({
  outcome: true,
  category: true,
  suggestedCategory: true,
  confidence: true,
  productArea: true,
  severity: true,
  classifier: true,
  taxonomyVersion: true,
});
export type Said = z.infer<typeof saidSchema>;

/** Where a person was asked: only the random sample says how good the classifier is. */
export const REVIEW_SOURCES = ['random', 'lowConfidence', 'page', 'api'] as const;
export type ReviewSource = (typeof REVIEW_SOURCES)[number];

/** One thing that a person said to an insight; kept for good, also when it was taken back. */
export const reviewSchema = issueKeySchema.extend({
  reviewId: z.string(),
  organizationId: z.string(),
  source: z.enum(REVIEW_SOURCES),
  /** A member's address, or `API key NAME`. */
  by: z.string(),
  at: z.date(),
  verdict: z.enum(['confirmed', 'corrected', 'skipped']),
  before: saidSchema.extend({ review: z.enum(REVIEWS) }),
  /** Null when it was skipped. */
  after: judgementSchema.nullable(),
  contentHash: z.string(),
  undone: z.object({ by: z.string(), at: z.date() }).nullable(),
});
export type Review = z.infer<typeof reviewSchema>;

/**
 * What people's word on an issue is now: binding for every later run, and a case that a changed classifier has to stand.
 * It holds no text; that is read from the conversation.
 */
export const regressionCaseSchema = issueKeySchema.extend({
  organizationId: z.string(),
  reviewId: z.string(),
  judgement: judgementSchema,
  verdict: z.enum(['confirmed', 'corrected']),
  /** What the classifier said before anybody did. */
  said: saidSchema,
  /** What it said later, of newer content or by a newer model: what holds when people take their word back. */
  saidSince: saidSchema.nullish(),
  by: z.string(),
  at: z.date(),
});
export type RegressionCase = z.infer<typeof regressionCaseSchema>;

/** One issue by one text, for maps. */
export const issueKeyOf = ({ integrationId, conversationId, issue }: IssueKey) =>
  `${integrationId}/${conversationId}/${issue}`;

/** A person who gives what the classifier gave confirms it. */
export function verdictOf(said: Pick<Said, 'outcome' | keyof Judgement>, judgement: Judgement) {
  const same =
    said.outcome === 'classified' &&
    said.category === judgement.category &&
    said.productArea === judgement.productArea &&
    said.severity === judgement.severity;
  return same ? 'confirmed' : 'corrected';
}

/** The fields of an insight that a person's word decides. */
export function judgedFields(
  judgement: Judgement,
  verdict: 'confirmed' | 'corrected',
): Pick<Insight, 'outcome' | 'category' | 'productArea' | 'severity' | 'review'> {
  return { outcome: 'classified', ...judgement, review: verdict };
}

/** An insight as a later run has to store it: what a person said about its issue stays. */
export function boundByReview<T extends Pick<Insight, 'issue'>>(
  insight: T,
  cases: readonly Pick<RegressionCase, 'issue' | 'judgement' | 'verdict'>[],
): T {
  const own = cases.find(({ issue }) => issue === insight.issue);
  return own ? { ...insight, ...judgedFields(own.judgement, own.verdict) } : insight;
}

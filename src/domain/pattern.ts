import { z } from 'zod';
import { categorySchema } from './category.ts';

/** What people (or, for merges, an automatic run) decided about a pattern; null where nobody did. */
export const patternDecidedSchema = z.object({
  /** The pattern that all of its conversations belong to now. */
  mergedInto: z.string().nullable(),
  title: z.string().nullable(),
  category: categorySchema.nullable(),
  dismissed: z.object({ at: z.date(), by: z.string(), reason: z.string() }).nullable(),
  /** Until the pattern has so many conversations. */
  snoozed: z.object({ at: z.date(), by: z.string(), reason: z.string(), until: z.number().int() }).nullable(),
});
export type PatternDecided = z.infer<typeof patternDecidedSchema>;

export const NOTHING_DECIDED: PatternDecided = {
  mergedInto: null,
  title: null,
  category: null,
  dismissed: null,
  snoozed: null,
};

/** Insights about the same issue. */
export const patternSchema = z.object({
  patternId: z.string(),
  organizationId: z.string(),
  integrationId: z.string(),
  /** What a person said; else the category most of its insights have, ties go to the earlier of the list in category.ts. */
  category: categorySchema,
  /** What a person said; else made from its most central message. */
  title: z.string(),
  summary: z.string().default(''),
  conversations: z.number().int().nonnegative(),
  customers: z.number().int().nonnegative(),
  firstReportedAt: z.date(),
  lastReportedAt: z.date(),
  decided: patternDecidedSchema.default(NOTHING_DECIDED),
});
export type Pattern = z.infer<typeof patternSchema>;

export const PATTERN_STATES = ['open', 'snoozed', 'dismissed'] as const;
export type PatternState = (typeof PATTERN_STATES)[number];

/** A snoozed pattern is open again by itself as soon as it has grown as far as it was snoozed for. */
export function patternState({ decided, conversations }: Pick<Pattern, 'decided' | 'conversations'>): PatternState {
  if (decided.dismissed) return 'dismissed';
  return decided.snoozed && conversations < decided.snoozed.until ? 'snoozed' : 'open';
}

export const TRENDS = ['new', 'back', 'rising', 'steady', 'falling', 'quiet'] as const;
export type Trend = (typeof TRENDS)[number];

import { z } from 'zod';
import { categorySchema } from './category.ts';

/** One issue of a conversation: what a pattern is made of. */
export const patternMemberSchema = z.object({
  conversationId: z.number().int(),
  issue: z.number().int().nonnegative().default(0),
});
export type PatternMember = z.infer<typeof patternMemberSchema>;

/** What somebody decided about patterns. Ids of merges are those of patterns that were not merged into others. */
export const patternChangeSchema = z.discriminatedUnion('kind', [
  /** All of `from` belongs to `into`, now and later. */
  z.object({ kind: z.literal('merge'), from: z.string(), into: z.string() }),
  /** "Not the same": members of `from` belong to `to`, and the two patterns are never joined. */
  z.object({
    kind: z.literal('split'),
    from: z.string(),
    to: z.string(),
    /** Whether `to` began with this split. */
    startsPattern: z.boolean(),
    members: z.array(patternMemberSchema),
  }),
  z.object({ kind: z.literal('move'), from: z.string(), to: z.string(), members: z.array(patternMemberSchema) }),
  /** Two patterns that look alike are never joined. */
  z.object({ kind: z.literal('apart'), a: z.string(), b: z.string() }),
  /** What is null stays as it was. */
  z.object({
    kind: z.literal('relabel'),
    patternId: z.string(),
    title: z.string().nullable(),
    category: categorySchema.nullable(),
  }),
  z.object({ kind: z.literal('dismiss'), patternId: z.string() }),
  /** Out of the way until the pattern has `until` conversations: `more` than when it was decided. */
  z.object({
    kind: z.literal('snooze'),
    patternId: z.string(),
    more: z.number().int().positive(),
    until: z.number().int().positive(),
  }),
]);
export type PatternChange = z.infer<typeof patternChangeSchema>;

export const patternDecisionSchema = z.object({
  decisionId: z.string(),
  organizationId: z.string(),
  integrationId: z.string(),
  /** Counts up per organization: the order in which decisions hold. */
  seq: z.number().int().positive(),
  at: z.date(),
  /** A member's address or `API key NAME`; null: an automatic run. */
  by: z.string().nullable(),
  /** Why, in words that may be shown; empty when nobody said. */
  reason: z.string(),
  change: patternChangeSchema,
  /** Decisions by which patterns were kept apart, and that this one sets aside for as long as it holds. */
  lifts: z.array(z.string()).default([]),
  /** Taken back; `seq` lies between the decisions before and after. */
  undone: z.object({ at: z.date(), by: z.string(), seq: z.number().positive() }).nullable(),
});
/** One entry of the patterns' history. Only added and, once, taken back; everything else follows from the entries. */
export type PatternDecision = z.infer<typeof patternDecisionSchema>;

/** The patterns that a change concerns: its history is shown with each of them. */
export function patternsOf(change: PatternChange): string[] {
  switch (change.kind) {
    case 'merge':
      return [change.from, change.into];
    case 'split':
    case 'move':
      return [...new Set([change.from, change.to])];
    case 'apart':
      return [change.a, change.b];
    default:
      return [change.patternId];
  }
}

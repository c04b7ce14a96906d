import { z } from 'zod';
import { tokensSchema } from './decision.ts';

/** What a model is asked for. */
export const COST_PURPOSES = ['classify', 'pattern', 'whatIf', 'title'] as const;
export const costPurposeSchema = z.enum(COST_PURPOSES);
export type CostPurpose = z.infer<typeof costPurposeSchema>;

/** One answered call to a model that is paid for by the token. */
export const costEntrySchema = z.object({
  /** Names the call: noted twice, it counts once. */
  callKey: z.string(),
  purpose: costPurposeSchema,
  conversationId: z.number().int().nullable(),
  model: z.string(),
  tokens: tokensSchema,
  /** By list price; null when the price of the model is not known. */
  costUsd: z.number().nonnegative().nullable(),
  at: z.date(),
});
export type CostEntry = z.infer<typeof costEntrySchema>;

/** What some calls used together. */
export const costSumSchema = tokensSchema.extend({
  calls: z.number().int().nonnegative(),
  costUsd: z.number().nonnegative(),
  /** Calls whose price is not known: they are missing from `costUsd`. */
  unpriced: z.number().int().nonnegative(),
});
export type CostSum = z.infer<typeof costSumSchema>;

/** What the product did when the day's cap was reached: said once for each day and connection. */
export const CAP_STEPS = ['waited', 'offline', 'resumed'] as const;
export const capStepSchema = z.object({
  /** UTC, `YYYY-MM-DD`. */
  day: z.string(),
  step: z.enum(CAP_STEPS),
  integrationId: z.string(),
  at: z.date(),
  spentUsd: z.number().nonnegative(),
  capUsd: z.number().nonnegative().nullable(),
});
export type CapStep = z.infer<typeof capStepSchema>;

const DAY_MS = 86_400_000;

/** The first moment of a time's day, in UTC: what daily caps count from. */
export const startOfUtcDay = (at: Date): Date => new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);

/** Until the next UTC day. */
export const msToNextUtcDay = (at: Date): number => startOfUtcDay(at).getTime() + DAY_MS - at.getTime();

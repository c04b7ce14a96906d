import { z } from 'zod';
import { scanPeriodSchema } from './scan-period.ts';

const batchSchema = z.object({
  batch: z.object({ batchId: z.string(), workflowId: z.string() }),
  conversationIds: z.array(z.number().int()),
  dueAtMs: z.number(),
});

/**
 * What an integration that was disconnected needs to go on when the same account is connected again: kept in MongoDB,
 * since its workflow ends. Ids, counts and times alone.
 */
export const integrationResumeSchema = z.object({
  mailboxIds: z.array(z.number().int()),
  /** Whether it was paused, and stays so. */
  paused: z.boolean(),
  /** These go on counting: they name scans and rows of the log. */
  scansStarted: z.number().int().nonnegative(),
  batches: z.number().int().nonnegative(),
  events: z.number().int().nonnegative(),
  /** Scans that had not come to their end, and those that waited for them. */
  scanQueue: z.array(z.object({ mailboxIds: z.array(z.number().int()), period: scanPeriodSchema })),
  /** Up to when changes were followed; null when there were none to follow yet. */
  reconciledUntilMs: z.number().nullable(),
  waitingForBudget: z.array(batchSchema),
  /** Those whose ids are in MongoDB. */
  waiting: z.object({ count: z.number().int(), dueAtMs: z.number(), kept: z.number().int() }).optional(),
  /** The row that asked for an administrator to reconnect. */
  reauthorizationEventId: z.string().nullable(),
});
export type IntegrationResume = z.infer<typeof integrationResumeSchema>;

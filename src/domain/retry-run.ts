import { z } from 'zod';
import { syncErrorCodeSchema } from './sync-error.ts';
import { syncEventTypeSchema } from './sync-event.ts';

/**
 * Where a run stands: it looks up what each row would send (`preview`), waits for a person's go (`review`), tries one
 * (`canary`), waits again if that one failed (`canaryFailed`), does the rest (`running`), and ends.
 */
export const RETRY_RUN_STATES = [
  'preview',
  'review',
  'canary',
  'canaryFailed',
  'running',
  'finished',
  'cancelled',
] as const;
export const retryRunStateSchema = z.enum(RETRY_RUN_STATES);
export type RetryRunState = z.infer<typeof retryRunStateSchema>;

/** A run that has ended changes nothing any more. */
export const isOver = (state: RetryRunState) => state === 'finished' || state === 'cancelled';

/** How many rows a minute are retried, at most; what Help Scout's limit leaves decides below that. */
export const MOST_PER_MINUTE = 600;

/**
 * What became of one row: `success`, `failed` and `skipped` are the outcomes of the retry itself. Not everything can be
 * retried by the time it is its turn: `settled` was dealt with meanwhile, `running` is being tried already or goes on
 * longer than we wait, `restarted` had lost its workflow and got a new one, `gone` cannot be retried any more, and
 * `notTried` was left when the run was stopped.
 */
export const RETRY_OUTCOMES = [
  'success',
  'failed',
  'skipped',
  'settled',
  'running',
  'restarted',
  'gone',
  'notTried',
] as const;
export const retryOutcomeSchema = z.enum(RETRY_OUTCOMES);
export type RetryItemOutcome = z.infer<typeof retryOutcomeSchema>;

/** What a retry of one row would do, looked up before anything is sent. */
export const retryPreviewSchema = z.object({
  /** What is sent, as a sentence part: `creates a ticket in Support`. */
  action: z.string(),
  subject: z.string().nullable(),
  /** Why repeating it does no harm. */
  safety: z.string(),
  /** Whether Help Scout has it already: `cannotBe` when nothing was sent yet, `unknown` when the look-up failed. */
  twin: z.enum(['cannotBe', 'none', 'found', 'unknown']),
  /** Help Scout's id of the conversation or customer that was found. */
  twinId: z.number().int().nullable(),
  /** Why the look-up failed. */
  problem: syncErrorCodeSchema.nullable(),
  /** Its workflow has ended or is gone: it is started anew, where that is possible. */
  orphaned: z.boolean(),
});
export type RetryPreview = z.infer<typeof retryPreviewSchema>;

/** One row of a run. Rows are numbered from 0 in the order in which they are tried. */
export const retryItemSchema = z.object({
  index: z.number().int(),
  eventId: z.string(),
  type: syncEventTypeSchema,
  customerEmail: z.string().nullable(),
  conversationId: z.number().int().nullable(),
  preview: retryPreviewSchema.nullable(),
  outcome: retryOutcomeSchema.nullable(),
  /** Of a failed one. */
  code: syncErrorCodeSchema.nullable(),
  triedAt: z.date().nullable(),
});
export type RetryItem = z.infer<typeof retryItemSchema>;

/** Several rows that are retried together. */
export const retryRunSchema = z.object({
  retryRunId: z.string(),
  organizationId: z.string(),
  /** Who started it; every retry of it names them. */
  by: z.string(),
  /** What was chosen: a cause, an event type, or single rows. */
  selection: z.object({
    code: syncErrorCodeSchema.nullable(),
    type: syncEventTypeSchema.nullable(),
    rows: z.boolean(),
  }),
  canary: z.boolean(),
  perMinute: z.number().int(),
  total: z.number().int(),
  state: retryRunStateSchema,
  previewed: z.number().int(),
  /** Who gave the last go, or stopped it; null before. */
  decidedBy: z.string().nullable(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
});
export type RetryRun = z.infer<typeof retryRunSchema>;

import { z } from 'zod';
import { syncErrorCodeSchema } from './sync-error.ts';

/** Whom the work waits for: a wait ends when a later call of the same kind works. */
export const WAIT_SOURCES = ['helpScout', 'classifier'] as const;
export type WaitSource = (typeof WAIT_SOURCES)[number];

/** Why an integration's work does not go on, as calls that failed told. Epoch milliseconds; plain JSON. */
export const integrationWaitSchema = z.object({
  source: z.enum(WAIT_SOURCES),
  code: syncErrorCodeSchema,
  sinceMs: z.number(),
  /** When it will be tried again at the earliest; null: nobody knows when it ends. */
  untilMs: z.number().nullable(),
  /** The latest call that failed so. */
  seenMs: z.number(),
});
export type IntegrationWait = z.infer<typeof integrationWaitSchema>;

/** What is over within this time is part of working; what lasts longer is shown. */
const WORTH_SHOWING_MS = 30_000;
/** Nothing was tried for so long that the wait is no news any more: reconciliation alone tries more often. */
const STALE_MS = 40 * 60_000;

/** The waits that people are told of: those that last, or will. */
export function lastingWaits<Wait extends IntegrationWait>(waits: readonly Wait[], nowMs: number): Wait[] {
  return waits.filter(({ sinceMs, untilMs, seenMs }) => {
    const stillThere = nowMs - Math.max(seenMs, untilMs ?? 0) < STALE_MS;
    return stillThere && Math.max(nowMs, untilMs ?? 0) - sinceMs >= WORTH_SHOWING_MS;
  });
}

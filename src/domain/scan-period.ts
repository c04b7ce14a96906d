import { z } from 'zod';

const DAY_MS = 24 * 3_600_000;

/** Windows that people choose from, in days; beside them stand the installation's own and `all`. */
export const SCAN_WINDOWS_DAYS = [30, 90, 365] as const;

/** Which conversations a scan reads, by when they were modified last. Epoch milliseconds; plain JSON. */
export const scanPeriodSchema = z.union([
  z.strictObject({ days: z.number().int().min(1).max(36_500) }),
  z.strictObject({ all: z.literal(true) }),
  z.strictObject({ fromMs: z.number().int().nonnegative(), toMs: z.number().int().nonnegative() }),
]);
export type ScanPeriod = z.infer<typeof scanPeriodSchema>;

/** Help Scout is younger: nothing there was modified before. */
const BEFORE_EVERYTHING_MS = Date.UTC(2000, 0, 1);

/** The bounds of a period as it is seen now; null: no end. */
export function periodBounds(period: ScanPeriod, nowMs: number): { fromMs: number; toMs: number | null } {
  if ('all' in period) return { fromMs: BEFORE_EVERYTHING_MS, toMs: null };
  if ('days' in period) return { fromMs: Math.max(BEFORE_EVERYTHING_MS, nowMs - period.days * DAY_MS), toMs: null };
  return { fromMs: period.fromMs, toMs: period.toMs };
}

/** Whether a period holds anything: it ends after it begins. */
export const isPeriod = (period: unknown): period is ScanPeriod => {
  const parsed = scanPeriodSchema.safeParse(period);
  return parsed.success && (!('fromMs' in parsed.data) || parsed.data.fromMs < parsed.data.toMs);
};

import { addDays } from 'date-fns';
import { z } from 'zod';
import { isPeriod, type ScanPeriod } from '../../domain/scan-period.ts';
import { dayFromText, dayStart } from './calendar.ts';

/** A period as forms send it: `window` is a number of days, `all` or `dates`. */
export const periodFields = {
  window: z.string().max(10).optional().catch(undefined),
  from: z.string().max(10).optional().catch(undefined),
  to: z.string().max(10).optional().catch(undefined),
};
export type PeriodFields = z.output<z.ZodObject<typeof periodFields>>;

export const NO_PERIOD = 'Choose a first and a last day; the last must not be before the first.';

/**
 * The period of a form; whole days in a time zone, the last one included. Undefined where nothing was chosen: the
 * installation's setting then. @returns null for one that is none
 */
export function periodOf(
  { window, from = '', to = '' }: PeriodFields,
  timeZone: string,
): ScanPeriod | undefined | null {
  if (window === undefined || window === '') return undefined;
  if (window === 'all') return { all: true };
  if (window !== 'dates') {
    const period = { days: Number(window) };
    return isPeriod(period) ? period : null;
  }
  const first = dayFromText(from, timeZone);
  const last = dayFromText(to, timeZone);
  if (!first || !last) return null;
  const period = { fromMs: first.getTime(), toMs: dayStart(addDays(last, 1), timeZone).getTime() - 1000 };
  return isPeriod(period) ? period : null;
}

import { TZDate } from '@date-fns/tz';
import { addDays, format, startOfDay } from 'date-fns';
import { type Drift, driftsOf, USUAL_WEEKS, type WeekCounts, weeksOf } from '../domain/drift.ts';
import type { Storage } from './storage.ts';

/** What seven days' conversations were given; `ends` is the last of the days, `YYYY-MM-DD`. */
export interface WeekShares {
  ends: string;
  counts: WeekCounts;
}

/**
 * What conversations were given in each of the last weeks of seven days, of which the last ended yesterday, and which
 * shares of it are far from usual. Days are the organization's own.
 */
export async function weeklyShares(
  { insights }: Pick<Storage, 'insights'>,
  organizationId: string,
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<{ shares: WeekShares[]; drifts: Drift[] }> {
  const today = startOfDay(new TZDate(now, timeZone));
  const length = (USUAL_WEEKS + 1) * 7;
  const days = Array.from({ length }, (_, index) => format(addDays(today, index - length), 'yyyy-MM-dd'));
  const range = { from: new Date(addDays(today, -length).getTime()), to: new Date(today.getTime()) };
  const counts = weeksOf(days, await insights.daily(organizationId, range, timeZone));
  const current = counts.at(-1);
  return {
    shares: counts.map((week, index) => ({ ends: days[index * 7 + 6] ?? '', counts: week })),
    drifts: current ? driftsOf(counts.slice(0, -1), current) : [],
  };
}

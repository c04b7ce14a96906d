import { differenceInHours, max, min } from 'date-fns';
import type { SyncEventType, SyncStatus } from '../../domain/sync-event.ts';
import type { Storage } from '../../storage/storage.ts';
import type { SyncEventFilter } from '../../storage/sync-events.ts';
import type { Bar } from '../../ui/components/chart.tsx';
import type { LogSummary } from '../../ui/components/log-tiles.tsx';
import { type Clock, formatMinute } from '../../ui/format.ts';
import type { LogFilter } from '../../ui/log-filter.ts';
import { dayOf, dayStart, daysBetween } from './calendar.ts';

type Counted = Awaited<ReturnType<Storage['syncEvents']['summary']>>;
type ByHour = Counted['byHour'];

/** More hours than this are drawn by day. */
const MOST_HOURS = 72;
const HOUR_MS = 3_600_000;

/** A filter's rows in numbers, each beside the same of the period before, and over time. */
export async function logSummary(
  { syncEvents }: Pick<Storage, 'syncEvents'>,
  organizationId: string,
  filter: LogFilter,
  wanted: SyncEventFilter,
  clock: Clock,
): Promise<LogSummary> {
  const earlier = periodBefore(filter, wanted, clock);
  const [counted, before] = await Promise.all([
    syncEvents.summary(organizationId, wanted),
    earlier && syncEvents.summary(organizationId, { ...wanted, ...earlier }),
  ]);
  const [present, past] = [numbersOf(counted), before && numbersOf(before)];
  const compared = (read: (numbers: Numbers) => number | null) => ({
    now: read(present),
    before: past && read(past),
  });
  return {
    events: compared(({ events }) => events),
    successRate: compared(({ success, failed }) => share(success, failed)),
    errorRate: compared(({ success, failed }) => share(failed, success)),
    tickets: compared(({ tickets }) => tickets),
    customers: compared(({ customers }) => customers),
    failed: present.failed,
    pending: present.pending,
    customersUpdated: present.customersUpdated,
    hadEventsBefore: past === null ? null : past.events > 0,
    chart: chartOf(counted.byHour, wanted, clock),
  };
}

/** How many rows a filter has. */
export async function countRows(
  { syncEvents }: Pick<Storage, 'syncEvents'>,
  organizationId: string,
  wanted: SyncEventFilter,
): Promise<number> {
  return numbersOf(await syncEvents.summary(organizationId, wanted)).events;
}

type Numbers = ReturnType<typeof numbersOf>;

function numbersOf({ byTypeAndStatus }: Counted) {
  const count = (fits: (row: { type: SyncEventType; status: SyncStatus }) => boolean) =>
    byTypeAndStatus.reduce((total, row) => (fits(row) ? total + row.events : total), 0);
  return {
    events: count(() => true),
    success: count(({ status }) => status === 'success'),
    failed: count(({ status }) => status === 'failed'),
    pending: count(({ status }) => status === 'pending' || status === 'retrying'),
    tickets: count(({ type, status }) => type === 'ticketCreated' && status === 'success'),
    customers: count(({ type, status }) => type === 'customerSynced' && status === 'success'),
    customersUpdated: count(({ type, status }) => type === 'customerUpdated' && status === 'success'),
  };
}

/** Of what ended one way or the other; null when nothing did. */
const share = (part: number, rest: number) => (part + rest === 0 ? null : part / (part + rest));

/** As long as the filter's own, and ending where it begins; of today, yesterday up to the same time. */
function periodBefore({ range }: LogFilter, { from, to }: SyncEventFilter, { now, timeZone }: Clock) {
  if (!from) return null;
  const lengthMs = min([to ?? now, now]).getTime() - from.getTime();
  if (lengthMs <= 0) return null;
  if (range === 'today') {
    const yesterday = dayStart(now, timeZone, 1);
    return { from: yesterday, to: new Date(yesterday.getTime() + lengthMs) };
  }
  return { from: new Date(from.getTime() - lengthMs), to: from };
}

function chartOf(byHour: ByHour, { from, to }: SyncEventFilter, clock: Clock): LogSummary['chart'] {
  const hours = [...byHour].sort((a, b) => a.hour.getTime() - b.hour.getTime());
  const first = hours[0];
  const last = hours.at(-1);
  const end = min([to ? new Date(to.getTime() - 1) : clock.now, clock.now]);
  if (!first || !last) return null;
  // An open or very long range begins with its first event: empty years tell nothing.
  const start = from && differenceInHours(end, from) <= 24 * 100 ? from : first.hour;
  const until = max([end, last.hour]);
  return differenceInHours(until, start) <= MOST_HOURS
    ? { unit: 'hour', bars: hourBars(hours, start, until, clock) }
    : { unit: 'day', bars: dayBars(hours, start, until, clock) };
}

function hourBars(hours: ByHour, start: Date, until: Date, clock: Clock): Bar[] {
  const known = new Map(hours.map((hour) => [hour.hour.getTime(), valuesOf(hour)]));
  const bars: Bar[] = [];
  // Counters are kept by hours of UTC.
  for (let at = start.getTime() - (start.getTime() % HOUR_MS); at <= until.getTime(); at += HOUR_MS) {
    const hour = new Date(at);
    bars.push({ day: hour.toISOString(), text: formatMinute(hour, clock), values: known.get(at) ?? {} });
  }
  return bars;
}

function dayBars(hours: ByHour, start: Date, until: Date, { timeZone }: Clock): Bar[] {
  const days = new Map(daysBetween(start, until, timeZone).map((day) => [day, { success: 0, failed: 0, other: 0 }]));
  for (const hour of hours) {
    const values = days.get(dayOf(hour.hour, timeZone));
    if (!values) continue;
    values.success += hour.success;
    values.failed += hour.failed;
    values.other += hour.other;
  }
  return [...days].map(([day, values]) => ({ day, values }));
}

const valuesOf = ({ success, failed, other }: ByHour[number]) => ({ success, failed, other });

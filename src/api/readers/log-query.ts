import { addMinutes, subHours } from 'date-fns';
import { z } from 'zod';
import { SYNC_ERROR_CODES } from '../../domain/sync-error.ts';
import { DIRECTIONS, type SyncEventType, type SyncStatus } from '../../domain/sync-event.ts';
import type { SyncEventFilter } from '../../storage/sync-events.ts';
import type { Clock } from '../../ui/format.ts';
import {
  INTEGRATION_TYPES,
  LOG_RANGES,
  LOG_STATUSES,
  LOG_TYPES,
  type LogFilter,
  type LogStatus,
  type LogType,
  USUAL_LOG_FILTER,
} from '../../ui/log-filter.ts';
import type { FieldErrors } from '../../ui/props.ts';
import { dayFromText, dayStart, timeOfDay } from './calendar.ts';
import { oneOf, oneOfOr, queryCursor, queryText } from './query-values.ts';

/** Values of a repeated parameter; those that are not in the list are left out, so that an old address still works. */
const someOf = <T extends string>(values: readonly T[]) =>
  z
    .unknown()
    .optional()
    .transform((given) => {
      const texts: readonly unknown[] = Array.isArray(given) ? given : [given];
      return values.filter((value) => texts.includes(value));
    });

/** Longer than any address or id; what a browser can send at all is less. */
const MOST_TYPED = 20_000;

export const logQuery = z.object({
  range: oneOfOr(LOG_RANGES, USUAL_LOG_FILTER.range),
  from: queryText,
  to: queryText,
  fromTime: queryText,
  toTime: queryText,
  type: someOf(LOG_TYPES),
  status: someOf(LOG_STATUSES),
  direction: oneOf(DIRECTIONS),
  cause: oneOf(SYNC_ERROR_CODES),
  q: z.string().trim().max(MOST_TYPED).catch(''),
  before: queryCursor,
});

/** A query string of the log, such as a saved view holds. */
export function parseLogQuery(query: string): LogFilter {
  const given = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    const former = given.get(name);
    given.set(name, former === undefined ? value : [former, value].flat());
  }
  return logQuery.parse(Object.fromEntries(given));
}

/** Retrying is shown as pending, with its number of attempts. */
export const STATUSES_OF: Record<LogStatus, readonly SyncStatus[]> = {
  success: ['success'],
  failed: ['failed'],
  pending: ['pending', 'retrying'],
  skipped: ['skipped'],
};
const typesOf = (type: LogType): readonly SyncEventType[] => (type === 'integration' ? INTEGRATION_TYPES : [type]);

export interface LogSelection {
  wanted: SyncEventFilter;
  /** What cannot be a date; the rest of the filter holds. */
  errors?: FieldErrors;
}

/** The rows that a filter selects: for the page, its summary, the export and the API alike. */
export function logSelection(filter: LogFilter, clock: Clock): LogSelection {
  const { span, errors } = timeSpan(filter, clock);
  return {
    wanted: {
      ...span,
      ...searched(filter.q),
      ...(filter.type.length > 0 && { types: filter.type.flatMap(typesOf) }),
      ...(filter.status.length > 0 && { statuses: filter.status.flatMap((status) => STATUSES_OF[status]) }),
      ...(filter.direction && { direction: filter.direction }),
      ...(filter.cause && { errorCode: filter.cause }),
    },
    ...(errors && { errors }),
  };
}

/** What one search box means: what is no id is a customer's whole address, taken as it is. */
function searched(q: string): SyncEventFilter {
  if (q === '') return {};
  if (/^\d{1,15}$/.test(q)) return { conversationId: Number(q) };
  if (z.uuid().safeParse(q).success) return { submissionId: q.toLowerCase() };
  return { customerEmail: q };
}

/** The customer whose whole address is in the search box; null for anything else. */
export function customerSearched(q: string): string | null {
  return z.email().max(254).safeParse(q).success ? q.toLowerCase() : null;
}

const HOURS = { '24h': 24, '48h': 48, '7d': 7 * 24, '30d': 30 * 24 } as const;

/** The time a filter speaks of, in the organization's time zone: last day and last minute are included. */
function timeSpan(
  filter: LogFilter,
  { now, timeZone }: Clock,
): { span: Pick<SyncEventFilter, 'from' | 'to'>; errors?: FieldErrors } {
  const { range } = filter;
  if (range === 'today') return { span: { from: dayStart(now, timeZone) } };
  if (range !== 'custom') return { span: { from: subHours(now, HOURS[range]) } };

  const errors: Record<string, string> = {};
  const moment = (day: 'from' | 'to', time: 'fromTime' | 'toTime'): { at: Date; wholeDay: boolean } | null => {
    if (filter[day] === '') {
      if (filter[time] !== '') errors[day] = 'Add the day for this time.';
      return null;
    }
    const start = dayFromText(filter[day], timeZone);
    if (!start) errors[day] = 'Use a date such as 2026-03-01.';
    const at = start && (filter[time] === '' ? start : timeOfDay(start, filter[time], timeZone));
    if (start && !at) errors[time] = 'Use a time such as 08:30.';
    const known = at ?? start;
    return known && { at: known, wholeDay: filter[time] === '' || at === null };
  };
  const first = moment('from', 'fromTime');
  const last = moment('to', 'toTime');
  if (first && last && first.at > last.at) errors.to = 'The end is before the beginning.';
  const span = {
    ...(first && { from: first.at }),
    ...(last && { to: last.wholeDay ? dayStart(last.at, timeZone, -1) : addMinutes(last.at, 1) }),
  };
  return Object.keys(errors).length > 0 ? { span, errors } : { span };
}

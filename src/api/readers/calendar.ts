import { TZDate } from '@date-fns/tz';
import { addDays, eachDayOfInterval, format, set, startOfDay } from 'date-fns';

/** The day of `time` in a time zone, as `YYYY-MM-DD`. */
export const dayOf = (time: Date, timeZone: string): string => format(new TZDate(time, timeZone), 'yyyy-MM-dd');

/** When the day of `time` began in a time zone, `days` earlier; days are as long as clocks say (23 to 25 hours). */
export function dayStart(time: Date, timeZone: string, days = 0): Date {
  const start = addDays(startOfDay(new TZDate(time, timeZone)), -days);
  return new Date(start.getTime());
}

/** When `YYYY-MM-DD` begins in a time zone; null when there is no such day. */
export function dayFromText(text: string, timeZone: string): Date | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (!year || !month || !day) return null;
  const start = new TZDate(Number(year), Number(month) - 1, Number(day), timeZone);
  return format(start, 'yyyy-MM-dd') === text ? new Date(start.getTime()) : null;
}

/** Every day from one time to another in a time zone, both included. */
export function daysBetween(from: Date, to: Date, timeZone: string): string[] {
  if (from > to) return [];
  return eachDayOfInterval({ start: new TZDate(from, timeZone), end: new TZDate(to, timeZone) }).map((day) =>
    format(day, 'yyyy-MM-dd'),
  );
}

/** `HH:mm` of the day of `day` in a time zone; null when clocks never show that. */
export function timeOfDay(day: Date, text: string, timeZone: string): Date | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (!hours || !minutes) return null;
  return new Date(set(new TZDate(day, timeZone), { hours: Number(hours), minutes: Number(minutes) }).getTime());
}

/** A moment as ISO 8601 with the offset that the time zone had then: `2026-11-12T15:30:00.000+01:00`. */
export const isoWithOffset = (time: Date, timeZone: string): string =>
  format(new TZDate(time, timeZone), "yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

import { intlFormatDistance } from 'date-fns';
import type { Shell } from './props.ts';

/** The part of a shell that decides how dates read. */
export type Clock = Pick<Shell, 'now' | 'timeZone'>;

const LOCALE = 'en-GB';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const integerFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const decimalFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** 12345 → `12,345`. */
export function formatCount(value: number): string {
  return integerFormat.format(value);
}

/** 2.25 → `2.3`, 3 → `3`. */
export function formatDecimal(value: number): string {
  return decimalFormat.format(value);
}

/** 12.5 → `$12.50`, 0.00213 → `$0.0021`: small amounts keep two digits that say something. */
export function formatUsd(amount: number): string {
  if (amount === 0) return '$0';
  const digits = amount >= 0.1 ? 2 : Math.min(8, 1 - Math.floor(Math.log10(amount)));
  const options = { minimumFractionDigits: Math.min(2, digits), maximumFractionDigits: digits };
  return `$${new Intl.NumberFormat('en-US', options).format(amount)}`;
}

/** A share from 0 to 1 as a whole percent; only a true 0 or 1 reads as 0 % or 100 %. */
export function formatPercent(share: number): string {
  const percent = Math.round(share * 100);
  if (share > 0 && percent === 0) return '<1%';
  if (share < 1 && percent === 100) return '>99%';
  return `${percent}%`;
}

/** `1 conversation`, `2 conversations`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `12 Nov 2026, 14:05:09 CET`: the full moment, for titles. */
export function formatMoment(date: Date, { timeZone }: Clock): string {
  return new Intl.DateTimeFormat(LOCALE, {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(date);
}

/** `12 Nov, 14:05`, with the year where it is not the current one. */
export function formatMinute(date: Date, clock: Clock): string {
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(LOCALE, { ...dayParts(date, clock), ...time }).format(date);
}

/** `14:05`: where the day goes without saying. */
export function formatClock(date: Date, { timeZone }: Clock): string {
  return new Intl.DateTimeFormat(LOCALE, { timeZone, hour: '2-digit', minute: '2-digit' }).format(date);
}

/** `5 minutes ago` up to four weeks, `12 Sept` (and the year where it differs) beyond. */
export function formatAge(date: Date, clock: Clock): string {
  const { now } = clock;
  const age = now.getTime() - date.getTime();
  if (age < 60_000) return 'just now';
  if (age < HOUR_MS) return intlFormatDistance(date, now, { locale: 'en', unit: 'minute' });
  if (age < DAY_MS) return intlFormatDistance(date, now, { locale: 'en', unit: 'hour' });
  if (age < 28 * DAY_MS) return intlFormatDistance(date, now, { locale: 'en' });
  return new Intl.DateTimeFormat(LOCALE, dayParts(date, clock)).format(date);
}

/** `YYYY-MM-DD` → `12 Nov`; the day has no zone of its own. */
export function formatDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(date);
}

/** A remaining time: `less than a minute`, `about 4 minutes`, `about 2 hours`. */
export function formatRemaining(ms: number): string {
  if (ms < 60_000) return 'less than a minute';
  const minutes = Math.round(ms / 60_000);
  if (minutes < 90) return `about ${plural(minutes, 'minute')}`;
  return `about ${plural(Math.round(minutes / 60), 'hour')}`;
}

/** A day as people say it: the year only where it is not the current one. */
function dayParts(date: Date, { now, timeZone }: Clock): Intl.DateTimeFormatOptions {
  const sameYear = year(date, timeZone) === year(now, timeZone);
  return { timeZone, day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) };
}

function year(date: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(LOCALE, { timeZone, year: 'numeric' }).format(date);
}

/** A wait as it was: `800 ms`, `5 s`, `3 min`, `2.5 h`. */
export function formatWait(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${formatDecimal(minutes / 60)} h`;
}

import { binomialAtMost } from './binomial.ts';
import type { Trend } from './pattern.ts';

/** One conversation of a pattern: when its customer wrote, and who the customer is. */
export interface Report {
  reportedAt: Date;
  customerKey: string;
}

export interface TrendCounts {
  conversations: number;
  /** Each customer counts once a week, so that one who writes often makes no trend. */
  customers: number;
}

export interface TrendResult {
  trend: Trend;
  /** The last 7 days. */
  recent: TrendCounts;
  /** The 28 days before. */
  before: TrendCounts;
}

const DAY_MS = 86_400_000;
export const RECENT_DAYS = 7;
export const BEFORE_DAYS = 28;
export const SIGNIFICANCE = 0.05;
/** However unlikely the increase: two people are not a trend. */
export const RISING_AT_LEAST = 3;
/** One customer after a fix may not have it yet, or may mean something else. */
export const BACK_AT_LEAST = 2;

/**
 * Where a pattern is heading: the last 7 days against the 4 weeks before, by the time the customer wrote.
 *
 * - `back`: its record was done, and at least 2 customers wrote after the fix, within the last 28 days.
 * - `new`: first reported within the last 7 days.
 * - `rising`, `falling`: the change is too large for chance, in conversations and in customers. Rule: were the rate
 *   unchanged, the recent share of n reports would be binomial with p = 7 days / days observed (the conditional test of
 *   two Poisson rates, Przyborowski and Wilenski 1940); rising or falling needs a one-sided probability below 0.05, and
 *   rising at least 3 recent customers. So 0 after 13 is not yet falling, 3 after 2 not yet rising.
 * - `quiet`: nothing in the last 7 days, and too little before to call it falling.
 * - `steady`: everything else.
 *
 * A pattern younger than 35 days is observed since its first report (`firstReportedAt`, by default the earliest in
 * `reports`). Reports later than `now` are ignored; those older than 35 days may be left out.
 *
 * @param fixedAt since when the pattern's record is (or, where it was opened again, was last) done
 */
export function trendOf(
  reports: readonly Report[],
  now: Date,
  firstReportedAt?: Date,
  fixedAt: Date | null = null,
): TrendResult {
  const aged = reports
    .map(({ reportedAt, customerKey }) => ({ days: (now.getTime() - reportedAt.getTime()) / DAY_MS, customerKey }))
    .filter(({ days }) => days >= 0);
  const recent = count(aged.filter(({ days }) => days < RECENT_DAYS));
  const before = count(aged.filter(({ days }) => days >= RECENT_DAYS && days < RECENT_DAYS + BEFORE_DAYS));
  const firstDays = firstReportedAt
    ? (now.getTime() - firstReportedAt.getTime()) / DAY_MS
    : aged.reduce((oldest, { days }) => Math.max(oldest, days), 0);
  const fixedDays = fixedAt ? (now.getTime() - fixedAt.getTime()) / DAY_MS : 0;
  const sinceFix = aged.filter(({ days }) => days < fixedDays && days < BEFORE_DAYS);
  const back = new Set(sinceFix.map(({ customerKey }) => customerKey)).size >= BACK_AT_LEAST;
  return { trend: back ? 'back' : judge(recent, before, firstDays), recent, before };
}

function judge(recent: TrendCounts, before: TrendCounts, firstDays: number): Trend {
  if (recent.conversations > 0 && before.conversations === 0 && firstDays < RECENT_DAYS) return 'new';
  const beforeDays = Math.max(1, Math.min(BEFORE_DAYS, firstDays - RECENT_DAYS));
  const p = RECENT_DAYS / (RECENT_DAYS + beforeDays);
  const both = (unlikely: (recent: number, all: number) => boolean) =>
    unlikely(recent.conversations, recent.conversations + before.conversations) &&
    unlikely(recent.customers, recent.customers + before.customers);
  if (recent.customers >= RISING_AT_LEAST && both((k, n) => binomialAtMost(n - k, n, 1 - p) < SIGNIFICANCE)) {
    return 'rising';
  }
  if (both((k, n) => binomialAtMost(k, n, p) < SIGNIFICANCE)) return 'falling';
  return recent.conversations === 0 ? 'quiet' : 'steady';
}

function count(reports: { days: number; customerKey: string }[]): TrendCounts {
  const customerWeeks = reports.map(({ days, customerKey }) => `${Math.floor(days / RECENT_DAYS)} ${customerKey}`);
  return { conversations: reports.length, customers: new Set(customerWeeks).size };
}

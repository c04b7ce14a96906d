import { binomialAtMost } from './binomial.ts';
import type { Outcome, Resolution } from './issue-record.ts';

/** One report of a pattern: when its customer wrote, and who it is. */
export interface Report {
  reportedAt: Date;
  customerKey: string;
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** As trends do (patterns/trend.ts). */
const BEFORE_DAYS = 28;
/** A pattern may be younger; but a burst on its only day is not what its customers write every day. */
const FEWEST_BEFORE_DAYS = 7;
const SIGNIFICANCE = 0.05;
/** One customer may not have got the fix yet. It is also what makes a record in the first place. */
export const CUSTOMERS_TO_REOPEN = 2;

/**
 * Whether a fix worked: reports that customers wrote between `fixedAt` and `checkAt` against those of the 4 weeks before
 * (of a younger pattern: since its first report, a week at least). When they reached us does not matter.
 *
 * - `fixed`: so few came after it that chance does not explain it. Were the rate unchanged, the later share of n reports
 *   would be binomial with p = days after / all days (the conditional test of two Poisson rates, Przyborowski and
 *   Wilenski 1940, as in patterns/trend.ts); a probability below 0.05 is needed, for conversations and for customers.
 * - `notFixed`: not so, and at least 2 customers wrote after it.
 * - `tooFew`: neither can be said. Silence after 2 reports in 4 weeks is what one would see without any fix, too.
 *
 * `blind`: nothing was heard from Help Scout, so that what did not come proves nothing.
 */
export function judgeOutcome(
  reports: readonly Report[],
  { fixedAt, checkAt }: Pick<Resolution, 'fixedAt' | 'checkAt'>,
  blind = false,
): Pick<Outcome, 'verdict' | 'before' | 'after' | 'blind'> & { weighed: Date[] } {
  const fixedMs = fixedAt.getTime();
  const earliest = reports.reduce((first, { reportedAt }) => Math.min(first, reportedAt.getTime()), fixedMs);
  const beforeDays = Math.min(BEFORE_DAYS, Math.max(FEWEST_BEFORE_DAYS, (fixedMs - earliest) / DAY_MS));
  const beforeMs = fixedMs - beforeDays * DAY_MS;
  const within = (from: number, to: number) =>
    reports.filter(({ reportedAt }) => reportedAt.getTime() >= from && reportedAt.getTime() < to);
  const later = within(fixedMs, checkAt.getTime());
  const before = { days: beforeDays, ...count(within(beforeMs, fixedMs), fixedMs) };
  const after = { days: Math.max(1, (checkAt.getTime() - fixedMs) / DAY_MS), ...count(later, fixedMs) };
  const p = after.days / (after.days + before.days);
  const isFewer = (key: 'conversations' | 'customers') =>
    binomialAtMost(after[key], after[key] + before[key], p) < SIGNIFICANCE;
  const fewer = isFewer('conversations') && isFewer('customers');
  const stillThere = customersOf(later) >= CUSTOMERS_TO_REOPEN;
  const verdict = fewer && !blind ? 'fixed' : stillThere && !fewer ? 'notFixed' : 'tooFew';
  const weighed = verdict === 'tooFew' ? [] : later.map(({ reportedAt }) => reportedAt);
  return { verdict, before, after, blind, weighed };
}

/**
 * Whether something that was done has come back: since the fix, at least 2 customers wrote of it who were not weighed by
 * the check already, be it two months later. Before the check nothing comes back: who has the fix is not known yet.
 * @returns how many customers, or null
 */
export function cameBack(
  reports: readonly Report[],
  { fixedAt, outcome, weighed }: Pick<Resolution, 'fixedAt' | 'outcome' | 'weighed'>,
): number | null {
  if (outcome === null) return null;
  const known = new Set(weighed.map((at) => at.getTime()));
  const later = reports.filter(({ reportedAt }) => reportedAt >= fixedAt && !known.has(reportedAt.getTime()));
  const customers = customersOf(later);
  return customers >= CUSTOMERS_TO_REOPEN ? customers : null;
}

const customersOf = (reports: readonly Report[]) => new Set(reports.map(({ customerKey }) => customerKey)).size;

function count(reports: readonly Report[], fixedMs: number) {
  const customerWeeks = reports.map(
    ({ reportedAt, customerKey }) => `${Math.floor((reportedAt.getTime() - fixedMs) / WEEK_MS)} ${customerKey}`,
  );
  return { conversations: reports.length, customers: new Set(customerWeeks).size };
}

import type { Severity } from './category.ts';
import { PRIORITIES, type Priority } from './issue-record.ts';
import type { Trend } from './pattern.ts';

/** What the formula is made of; shown on every record's page. */
export interface PriorityFacts {
  customers: number;
  trend: Trend;
  severity: Severity | null;
  lastReportedAt: Date | null;
}

export interface PriorityPart {
  part: 'customers' | 'trend' | 'severity' | 'recency';
  /** 0 to 1. */
  value: number;
  /** Points of 100 that a value of 1 gives. */
  weight: number;
  points: number;
}

export interface ScoredPriority {
  /** 0 to 100. */
  score: number;
  level: Priority;
  parts: PriorityPart[];
}

const DAY_MS = 86_400_000;
/** As many customers as this are as many as can be. */
const MOST_CUSTOMERS = 63;
/** What nobody has reported for so long counts half. */
const HALF_LIFE_DAYS = 14;

/** Points that each part can give, 100 together: a choice of ours, and open to everybody who reads a record. */
export const WEIGHTS = { customers: 40, severity: 25, trend: 20, recency: 15 } as const;
const OF_SEVERITY: Record<Severity, number> = { critical: 1, high: 0.7, medium: 0.4, low: 0.1 };
/** Nobody said how bad it is: a bit below medium. */
const UNKNOWN_SEVERITY = 0.3;
const OF_TREND: Record<Trend, number> = { back: 1, rising: 1, new: 0.7, steady: 0.4, falling: 0.1, quiet: 0 };
/** The least score of each level. */
export const LEVELS: Record<Priority, number> = { urgent: 70, high: 45, medium: 25, low: 0 };

/** Each doubling of customers counts the same: the step from 1 to 3 as much as that from 31 to 63. */
const ofCustomers = (customers: number) =>
  Math.min(1, Math.log2(1 + Math.max(0, customers)) / Math.log2(1 + MOST_CUSTOMERS));

/** How urgent a record is, with the parts that the score is the sum of. A person's own level goes before it. */
export function priorityOf({ customers, trend, severity, lastReportedAt }: PriorityFacts, now: Date): ScoredPriority {
  const days = lastReportedAt ? Math.max(0, now.getTime() - lastReportedAt.getTime()) / DAY_MS : Infinity;
  const values = {
    customers: ofCustomers(customers),
    severity: severity ? OF_SEVERITY[severity] : UNKNOWN_SEVERITY,
    trend: OF_TREND[trend],
    recency: 0.5 ** (days / HALF_LIFE_DAYS),
  };
  const parts = (['customers', 'severity', 'trend', 'recency'] as const).map((part) => ({
    ...{ part, value: values[part], weight: WEIGHTS[part] },
    points: values[part] * WEIGHTS[part],
  }));
  const score = Math.round(parts.reduce((sum, { points }) => sum + points, 0));
  const level = PRIORITIES.find((name) => score >= LEVELS[name]) ?? 'low';
  return { score, level, parts };
}

const HIGHEST_FIRST = ['critical', 'high', 'medium', 'low'] as const;

/**
 * How bad customers say it is: the worst that at least a quarter of those whose severity is known have met. One upset
 * customer among many does not decide, nor do many who were lucky.
 */
export function severityOf(reports: readonly { customerKey: string; severity: Severity | null }[]): Severity | null {
  const worst = new Map<string, number>();
  for (const { customerKey, severity } of reports) {
    if (severity === null) continue;
    const rank = HIGHEST_FIRST.indexOf(severity);
    worst.set(customerKey, Math.min(worst.get(customerKey) ?? rank, rank));
  }
  const ranks = [...worst.values()].sort((a, b) => a - b);
  const rank = ranks[Math.max(0, Math.ceil(ranks.length / 4) - 1)];
  return rank === undefined ? null : (HIGHEST_FIRST[rank] ?? null);
}

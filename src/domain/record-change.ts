import type { Severity } from './category.ts';
import {
  AUTOMATIC,
  type Decidable,
  type HistoryEntry,
  type IssueRecord,
  type Priority,
  type RecordKind,
  type RecordStatus,
} from './issue-record.ts';

const DAY_MS = 86_400_000;

/** What a record becomes, and what its history says about it. */
export interface RecordChange {
  set: Partial<IssueRecord>;
  entries: HistoryEntry[];
}

/** What a person wants of a record; absent fields stay. Null gives a field back to the pattern. */
export interface RecordWish {
  status?: RecordStatus | undefined;
  /** Why: needed to dismiss one. */
  reason?: string | undefined;
  /** Of `done`: since when it works, not in the future; absent: now. */
  fixedAt?: Date | undefined;
  kind?: RecordKind | undefined;
  title?: string | undefined;
  description?: string | null | undefined;
  severity?: Severity | null | undefined;
  priority?: Priority | null | undefined;
}

export interface Decision {
  by: string;
  at: Date;
  /** Days after "done" until it is looked at whether reports stopped. */
  outcomeCheckDays: number;
}

/** The change that a person asked for; null when nothing would be different. */
export function decidedChange(record: IssueRecord, wish: RecordWish, decision: Decision): RecordChange | null {
  const { by, at } = decision;
  const set: Partial<IssueRecord> = {};
  const entries: HistoryEntry[] = [];
  const note = (what: HistoryEntry['what'], before: string | null, after: string | null, why = '') =>
    void entries.push({ at, by, what, before, after, why });
  const decide = (field: Decidable, isDecided: boolean) => {
    const others = (set.decided ?? record.decided).filter((name) => name !== field);
    set.decided = isDecided ? [...others, field] : others;
  };

  const { status, reason = '' } = wish;
  if (
    status !== undefined &&
    (status !== record.status || (status === 'dismissed' && reason !== record.dismissedReason))
  ) {
    set.status = status;
    set.dismissedReason = status === 'dismissed' ? reason : null;
    if (status === 'done') set.resolution = resolved(record, wish.fixedAt, decision);
    note('status', record.status, status, reason);
  }
  if (wish.kind !== undefined && (wish.kind !== record.kind || !record.decided.includes('kind'))) {
    if (wish.kind !== record.kind) {
      set.kind = wish.kind;
      note('kind', record.kind, wish.kind);
    }
    decide('kind', true);
  }
  if (wish.title !== undefined && wish.title !== record.title) {
    set.title = wish.title;
    decide('title', true);
    note('title', record.title, wish.title);
  }
  for (const field of ['description', 'severity', 'priority'] as const) {
    const value = wish[field];
    if (value === undefined || value === record[field]) continue;
    Object.assign(set, { [field]: value });
    decide(field, value !== null);
    // The texts themselves are long; the record has the last one.
    note(field, field === 'description' ? null : record[field], field === 'description' ? null : value);
  }
  return entries.length > 0 || set.decided ? { set, entries } : null;
}

function resolved(record: IssueRecord, fixedAt: Date | undefined, { by, at, outcomeCheckDays }: Decision) {
  const since = fixedAt && fixedAt < at ? fixedAt : at;
  return {
    ...{ number: (record.resolution?.number ?? 0) + 1, by, fixedAt: since, outcome: null, weighed: [] },
    // Also of what was fixed some time ago: what came since then is there to be looked at already.
    checkAt: new Date(Math.max(at.getTime(), since.getTime() + outcomeCheckDays * DAY_MS)),
  };
}

/**
 * Whether the kind still follows the category of the pattern: until a person has said which kind it is, or has worked on
 * the record in any way. People know it by its number, and plan by what it is; from then on a category that changes is
 * shown on the record, and changing the kind is up to them.
 */
export const followsCategory = ({ decided, status, createdBy, resolution }: IssueRecord) =>
  decided.length === 0 && status === 'new' && resolution === null && createdBy === AUTOMATIC;

/** What a record takes over from its pattern, as far as nobody decided; null when nothing is different. */
export function followedChange(
  record: IssueRecord,
  pattern: { title: string; kind: RecordKind | null },
  at: Date,
): RecordChange | null {
  const set: Partial<IssueRecord> = {};
  const entries: HistoryEntry[] = [];
  if (pattern.title !== '' && pattern.title !== record.title && !record.decided.includes('title')) {
    set.title = pattern.title;
    const why = 'The pattern has another title';
    entries.push({ at, by: AUTOMATIC, what: 'title', before: record.title, after: pattern.title, why });
  }
  if (pattern.kind && pattern.kind !== record.kind && followsCategory(record)) {
    set.kind = pattern.kind;
    const why = 'Most conversations of the pattern are of this category now';
    entries.push({ at, by: AUTOMATIC, what: 'kind', before: record.kind, after: pattern.kind, why });
  }
  return entries.length > 0 ? { set, entries } : null;
}

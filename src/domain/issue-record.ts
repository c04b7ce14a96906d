import { z } from 'zod';
import { CATEGORY_TEXT, severitySchema } from './category.ts';

export const RECORD_KINDS = ['bug', 'feature'] as const;
export const recordKindSchema = z.enum(RECORD_KINDS);
export type RecordKind = z.infer<typeof recordKindSchema>;

export const RECORD_STATUSES = ['new', 'triaged', 'inProgress', 'planned', 'done', 'dismissed'] as const;
export const recordStatusSchema = z.enum(RECORD_STATUSES);
export type RecordStatus = z.infer<typeof recordStatusSchema>;

/** Highest first. */
export const PRIORITIES = ['urgent', 'high', 'medium', 'low'] as const;
export const prioritySchema = z.enum(PRIORITIES);
export type Priority = z.infer<typeof prioritySchema>;

/** Distinct customers who make a bug report or feature request of a pattern, without anybody's word. */
export const CUSTOMERS_FOR_RECORD = 2;

/** Who does what nobody asked for. */
export const AUTOMATIC = 'automatic';

/** What becomes of a fix, judged by what customers wrote after it (domain/outcome.ts). */
export const VERDICTS = ['fixed', 'notFixed', 'tooFew'] as const;
export const verdictSchema = z.enum(VERDICTS);
export type Verdict = z.infer<typeof verdictSchema>;

const windowSchema = z.object({
  days: z.number().positive(),
  conversations: z.number().int().nonnegative(),
  /** Each counts once a week. */
  customers: z.number().int().nonnegative(),
});

export const outcomeSchema = z.object({
  verdict: verdictSchema,
  checkedAt: z.date(),
  before: windowSchema,
  after: windowSchema,
  /** Nothing came from Help Scout at the time of the check, so that silence means nothing. */
  blind: z.boolean(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** That a record was set to done, and what came of it. */
export const resolutionSchema = z.object({
  /** 1 for the first time it was done. */
  number: z.number().int().positive(),
  by: z.string(),
  /** What customers wrote from here on was written after the fix. */
  fixedAt: z.date(),
  checkAt: z.date(),
  /** Null until `checkAt`. */
  outcome: outcomeSchema.nullable(),
  /** When the reports that the verdict has weighed were written: these alone do not reopen it. */
  weighed: z.array(z.date()),
});
export type Resolution = z.infer<typeof resolutionSchema>;

/** What people may decide about a record; from then on its pattern changes nothing of it. */
export const DECIDABLE = ['kind', 'title', 'description', 'severity', 'priority'] as const;
export type Decidable = (typeof DECIDABLE)[number];

/** What an entry of a record's history tells of. */
export const HISTORY_SUBJECTS = ['created', 'status', ...DECIDABLE, 'outcome', 'pattern', 'merged', 'message'] as const;

/** One change of a record, by whom, and where it says so, why. */
export const historyEntrySchema = z.object({
  at: z.date(),
  /** A member's address, `API key NAME`, or `automatic`. */
  by: z.string(),
  what: z.enum(HISTORY_SUBJECTS),
  before: z.string().nullable(),
  after: z.string().nullable(),
  why: z.string(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

const addressSchema = z.object({ kind: recordKindSchema, number: z.number().int().positive() });
/** What people know a record by. */
export type RecordAddress = z.infer<typeof addressSchema>;

/** A bug report or feature request: what people work on, made from a pattern. */
export const issueRecordSchema = z.object({
  recordId: z.string(),
  organizationId: z.string(),
  integrationId: z.string(),
  kind: recordKindSchema,
  /** Counts up per organization and kind, from 1. */
  number: z.number().int().positive(),
  /** What it was known by before its kind changed; never given to another. */
  former: z.array(addressSchema).default([]),
  title: z.string(),
  /** What a person wrote; null where the one made from its conversations is shown. */
  description: z.string().nullable().default(null),
  status: recordStatusSchema,
  /** Of a dismissed one. */
  dismissedReason: z.string().nullable().default(null),
  /** Set by a person; null where it follows from the conversations. */
  severity: severitySchema.nullable().default(null),
  /** Set by a person; null where the formula says (domain/record-priority.ts). */
  priority: prioritySchema.nullable().default(null),
  decided: z.array(z.enum(DECIDABLE)).default([]),
  patternId: z.string(),
  /** Where it was made from, when that pattern was merged into another since. */
  originPatternId: z.string().nullable().default(null),
  /** The record that stays, when two patterns with a record each became one. */
  mergedInto: z.string().nullable().default(null),
  createdBy: z.string().default(AUTOMATIC),
  /** The last time it was done; kept when it is opened again. */
  resolution: resolutionSchema.nullable().default(null),
  /** When it last came back by itself. */
  reopenedAt: z.date().nullable().default(null),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type IssueRecord = z.infer<typeof issueRecordSchema>;

/** Characters of a comment or a description; a line break is one. */
export const LONGEST_RECORD_TEXT = 10_000;

/** What a person said below a record. */
export const recordCommentSchema = z.object({
  commentId: z.string(),
  recordId: z.string(),
  at: z.date(),
  by: z.string(),
  text: z.string(),
});
export type RecordComment = z.infer<typeof recordCommentSchema>;

export const isClosed = ({ status }: Pick<IssueRecord, 'status'>) => status === 'done' || status === 'dismissed';

/** The path of a kind's list, and of its records below it. */
export const recordsPath = (kind: RecordKind): string => (kind === 'bug' ? '/bug-reports' : '/feature-requests');
export const recordPath = ({ kind, number }: RecordAddress): string => `${recordsPath(kind)}/${number}`;

/** `Bug report 12`. */
export const recordName = ({ kind, number }: RecordAddress): string => `${CATEGORY_TEXT[kind].one} ${number}`;

/** The kind that a pattern's category stands for; null where there is nothing to build. */
export function kindOf(category: string): RecordKind | null {
  return RECORD_KINDS.find((kind) => kind === category) ?? null;
}

import { z } from 'zod';
import { categorySchema } from './category.ts';

/** Insights about the same issue. */
export const patternSchema = z.object({
  patternId: z.string(),
  organizationId: z.string(),
  integrationId: z.string(),
  /** The category most of its insights have; ties go to the earlier of the list in category.ts. */
  category: categorySchema,
  title: z.string(),
  conversations: z.number().int().nonnegative(),
  customers: z.number().int().nonnegative(),
  firstReportedAt: z.date(),
  lastReportedAt: z.date(),
});
export type Pattern = z.infer<typeof patternSchema>;

export const TRENDS = ['new', 'rising', 'steady', 'falling', 'quiet'] as const;
export type Trend = (typeof TRENDS)[number];

export const RECORD_STATUSES = ['new', 'triaged', 'inProgress', 'planned', 'done', 'dismissed'] as const;
export const recordStatusSchema = z.enum(RECORD_STATUSES);
export type RecordStatus = z.infer<typeof recordStatusSchema>;

/** A bug report or feature request: what people work on, made from a pattern. */
export const issueRecordSchema = z.object({
  recordId: z.string(),
  organizationId: z.string(),
  integrationId: z.string(),
  kind: z.enum(['bug', 'feature']),
  /** Counts up per organization and kind, from 1. */
  number: z.number().int().positive(),
  title: z.string(),
  status: recordStatusSchema,
  patternId: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type IssueRecord = z.infer<typeof issueRecordSchema>;

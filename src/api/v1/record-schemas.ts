import { z } from 'zod';
import { CATEGORIES, severitySchema } from '../../domain/category.ts';
import {
  historyEntrySchema,
  issueRecordSchema,
  PRIORITIES,
  prioritySchema,
  recordCommentSchema,
  recordKindSchema,
  recordStatusSchema,
} from '../../domain/issue-record.ts';
import { trendSchema } from './patterns.ts';

const scoredSchema = z
  .object({
    score: z.number().describe('0 to 100.'),
    level: prioritySchema,
    parts: z.array(
      z.object({
        part: z.enum(['customers', 'trend', 'severity', 'recency']),
        value: z.number().describe('0 to 1.'),
        weight: z.number(),
        points: z.number(),
      }),
    ),
  })
  .meta({ id: 'ScoredPriority', description: 'What the formula says, and what the score is the sum of.' });

export const recordOutSchema = issueRecordSchema
  .omit({ organizationId: true })
  .extend({
    customers: z.number().int(),
    conversations: z.number().int(),
    trend: trendSchema,
    description: z.string().describe('What a person wrote, or what is known of its pattern.'),
    severity: severitySchema.nullable().describe('What a person said, or what its customers did.'),
    priority: z.enum(PRIORITIES).describe('What a person locked (see `decided`), or what the formula says.'),
    scored: scoredSchema,
    otherCategory: z.enum(CATEGORIES).nullable().describe('Of its pattern, where that is not the record’s kind.'),
  })
  .meta({ id: 'Record', description: 'A bug report or a feature request, made from a pattern.' });

export const recordDetailSchema = recordOutSchema
  .extend({
    evidence: z.array(
      z.object({ conversationId: z.number().int(), number: z.number().int(), quote: z.string(), reportedAt: z.date() }),
    ),
    history: z.array(historyEntrySchema).describe('Oldest first.'),
    comments: z.array(recordCommentSchema.omit({ recordId: true })).describe('Oldest first.'),
  })
  .meta({ id: 'RecordDetail', description: 'A record with quotes of its customers, its history and its comments.' });

/** What programs may change of a record. */
export const recordWishSchema = z.strictObject({
  status: recordStatusSchema.optional(),
  reason: z.string().trim().max(500).optional().describe('Needed to dismiss one.'),
  fixedAt: z.coerce.date().optional().describe('With `done`: since when it works. Absent: now.'),
  kind: recordKindSchema.optional().describe('Another kind gives it a number of that kind.'),
  title: z.string().trim().max(200).optional(),
  description: z.string().trim().max(10_000).nullable().optional().describe('Null: made from its conversations.'),
  severity: severitySchema.nullable().optional().describe('Null: as its customers say.'),
  priority: prioritySchema.nullable().optional().describe('A level locks it; null: by the formula.'),
});

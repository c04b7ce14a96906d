import { z } from 'zod';
import { syncErrorCodeSchema } from './sync-error.ts';

/** `held` is a suspected duplicate that was not sent; `dismissed` was given up by a person; `spam` filled the trap. */
export const SUBMISSION_STATES = ['accepted', 'sending', 'created', 'failed', 'held', 'dismissed', 'spam'] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

/** A value that a person corrected before a retry. */
export const submissionEditSchema = z.object({
  at: z.date(),
  by: z.string(),
  field: z.string(),
  before: z.string(),
  after: z.string(),
});
export type SubmissionEdit = z.infer<typeof submissionEditSchema>;

/** What one ticket is made from: a contact form's post, or what a member typed. */
export const submissionSchema = z.object({
  submissionId: z.string(),
  organizationId: z.string(),
  integrationId: z.string(),
  /** Null for a ticket that a member created by hand. */
  formId: z.string().nullable(),
  source: z.enum(['form', 'manual']),
  /** Of a manual one: the member's address. */
  createdBy: z.string().nullable(),
  mailboxId: z.number().int(),
  assigneeId: z.number().int().nullable(),
  tags: z.array(z.string()),
  autoReplyText: z.string(),
  /** As they were sent; what does not fit is kept too, so that a person can mend it. */
  customerEmail: z.string(),
  customerName: z.string(),
  subject: z.string(),
  message: z.string(),
  /** Answers of custom fields, in the form's order. */
  answers: z.array(z.object({ label: z.string(), value: z.string() })),
  /** What it lacks, found before anything was sent. */
  problem: z.object({ code: syncErrorCodeSchema, field: z.string() }).nullable(),
  /** Of the form's key, the customer and the normalised text (domain/duplicate-text.ts): equal ones are suspected duplicates. */
  fingerprint: z.string(),
  state: z.enum(SUBMISSION_STATES),
  /** The earlier submission that this seems to repeat. */
  duplicateOf: z.string().nullable(),
  conversationId: z.number().int().nullable(),
  edits: z.array(submissionEditSchema),
  receivedAt: z.date(),
  /** When a create was first sent: what is looked for after a lost answer is not older. */
  firstSentAt: z.date().nullable(),
});
export type Submission = z.infer<typeof submissionSchema>;

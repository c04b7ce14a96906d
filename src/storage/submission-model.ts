import { createHash } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { duplicateText } from '../domain/duplicate-text.ts';
import { type Submission, submissionSchema } from '../domain/submission.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    submissionId: { type: String, required: true },
    integrationId: { type: String, required: true },
    /** Of the form and the sender's key, or of the submission alone: what is accepted once. */
    acceptKey: { type: String, required: true },
    formId: { type: String, default: null },
    source: String,
    createdBy: { type: String, default: null },
    mailboxId: Number,
    assigneeId: { type: Number, default: null },
    tags: { type: [String], default: [] },
    autoReplyText: { type: String, default: '' },
    customerEmail: { type: String, default: '' },
    /** Trimmed and in lower case: what is looked for. */
    customerKey: { type: String, default: '' },
    customerName: { type: String, default: '' },
    subject: { type: String, default: '' },
    message: { type: String, default: '' },
    answers: { type: Schema.Types.Mixed, default: [] },
    problem: { type: Schema.Types.Mixed, default: null },
    fingerprint: { type: String, required: true },
    state: { type: String, required: true },
    duplicateOf: { type: String, default: null },
    conversationId: { type: Number, default: null },
    edits: { type: Schema.Types.Mixed, default: [] },
    receivedAt: { type: Date, required: true },
    firstSentAt: { type: Date, default: null },
    /** When its workflow was last started, as far as we heard. */
    startedAt: { type: Date, default: null },
    /** A create that was sent and of which it is not known what became: it is looked for before the next. */
    outstandingAt: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, submissionId: 1 }, { unique: true });
schema.index({ organizationId: 1, acceptKey: 1 }, { unique: true });
schema.index({ organizationId: 1, receivedAt: -1, submissionId: -1 });
schema.index({ organizationId: 1, state: 1, receivedAt: -1, submissionId: -1 });
schema.index({ organizationId: 1, formId: 1, receivedAt: -1, submissionId: -1 });
schema.index({ organizationId: 1, customerKey: 1, receivedAt: -1, submissionId: -1 });
schema.index({ organizationId: 1, duplicateOf: 1, receivedAt: -1 });
/** For the sweep, which serves all organizations. */
schema.index({ state: 1, startedAt: 1, receivedAt: 1 });

export const createSubmissionModel = (connection: Connection) => connection.model('Submission', schema, 'submissions');
export type SubmissionModel = ReturnType<typeof createSubmissionModel>;

export const toSubmission = (document: object): Submission => submissionSchema.parse(document);

/** Stands for everything that makes two submissions duplicates of each other. */
export const fingerprintOf = (submission: Parameters<typeof duplicateText>[0]): string =>
  createHash('sha256').update(duplicateText(submission)).digest('base64url');

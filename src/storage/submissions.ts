import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { plainEmail } from '../domain/email.ts';
import { SUBMISSION_STATES, type Submission, type SubmissionEdit, type SubmissionState } from '../domain/submission.ts';
import { EDITABLE_FIELDS, type EditableField, problemAfterEdit } from '../domain/submission-problem.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { type Cursor, olderThan } from './paging.ts';
import { createSubmissionModel, fingerprintOf, toSubmission } from './submission-model.ts';
import { createSubmissionProgress } from './submission-progress.ts';

/** What is answered as accepted has to outlive the server that took it. */
const DURABLE = { w: 'majority', j: true } as const;
const EDITABLE_STATES: readonly SubmissionState[] = ['failed', 'held'];

export interface SubmissionPage {
  limit: number;
  cursor?: Cursor | undefined;
}
export interface SubmissionFilter {
  state?: SubmissionState | undefined;
  formId?: string | undefined;
  /** In any case; the whole address. */
  customerEmail?: string | undefined;
}

/** The ledger of what is to become a ticket: written before anything is answered, and never forgotten on the way. */
export function createSubmissionStore(connection: Connection) {
  const model = createSubmissionModel(connection);

  const newestFirst = async (organizationId: string, query: object, { limit, cursor }: SubmissionPage) => {
    const found = await model
      .find({ organizationId, ...query, ...(cursor && olderThan('receivedAt', 'submissionId', cursor)) })
      .sort({ receivedAt: -1, submissionId: -1 })
      .limit(limit + 1)
      .lean();
    const submissions = found.slice(0, limit).map(toSubmission);
    const last = submissions.at(-1);
    const next: Cursor | null = found.length > limit && last ? { at: last.receivedAt, id: last.submissionId } : null;
    return { submissions, next };
  };

  const get = async (organizationId: string, submissionId: string): Promise<Submission | null> => {
    const found = await model.findOne({ organizationId, submissionId }).lean();
    return found ? toSubmission(found) : null;
  };

  return {
    ...createSubmissionProgress(model, connection),
    get,

    /**
     * Writes a submission, once per form and idempotency key: of a repeated one the first is answered. It is durable
     * when this resolves. The fingerprint is made here, whatever was given.
     */
    async accept(
      organizationId: string,
      submission: Submission,
      idempotencyKey: string | null,
    ): Promise<{ submission: Submission; repeated: boolean }> {
      const { formId, submissionId } = submission;
      const acceptKey = idempotencyKey === null ? `id:${submissionId}` : keyOf(formId ?? 'manual', idempotencyKey);
      const whole = { ...submission, organizationId, fingerprint: fingerprintOf(submission) };
      try {
        await model.create([{ ...whole, acceptKey, customerKey: plainEmail(submission.customerEmail) }], DURABLE);
        return { submission: whole, repeated: false };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const first = await model.findOne({ organizationId, acceptKey }).lean();
        if (!first) throw error;
        return { submission: toSubmission(first), repeated: true };
      }
    },

    list: (organizationId: string, { state, formId, customerEmail, ...page }: SubmissionFilter & SubmissionPage) =>
      newestFirst(
        organizationId,
        {
          ...(state && { state }),
          ...(formId && { formId }),
          ...(customerEmail && { customerKey: plainEmail(customerEmail) }),
        },
        page,
      ),

    /** Held back, or created all the same and marked. */
    suspectedDuplicates: (organizationId: string, page: SubmissionPage) =>
      newestFirst(organizationId, { duplicateOf: { $gt: '' }, state: { $in: ['held', 'created'] } }, page),

    /**
     * Corrects what a person may correct, while it waits for one; what it was stays with it. A problem that is mended
     * is gone. @returns null when there is no such submission, or it no longer waits
     */
    async edit(
      organizationId: string,
      submissionId: string,
      { by, at, changes }: { by: string; at: Date; changes: Partial<Record<EditableField, string>> },
    ): Promise<Submission | null> {
      const before = await get(organizationId, submissionId);
      if (!before) return null;
      const edits = EDITABLE_FIELDS.flatMap((field): SubmissionEdit[] => {
        const after = changes[field];
        return after === undefined || after === before[field] ? [] : [{ at, by, field, before: before[field], after }];
      });
      const after = { ...before, ...Object.fromEntries(edits.map((edit) => [edit.field, edit.after])) };
      const found = await model
        .findOneAndUpdate(
          // Only from what was read: two people who correct at once do not mix their texts.
          { organizationId, submissionId, state: { $in: EDITABLE_STATES }, edits: { $size: before.edits.length } },
          {
            $set: {
              ...Object.fromEntries(EDITABLE_FIELDS.map((field) => [field, after[field]])),
              customerKey: plainEmail(after.customerEmail),
              fingerprint: fingerprintOf(after),
              problem: problemAfterEdit(before.problem, after),
              edits: [...before.edits, ...edits],
            },
          },
          { returnDocument: 'after' },
        )
        .lean();
      return found ? toSubmission(found) : null;
    },

    /** How many came through each form since then, by the form's id; what fell into the trap is not counted. */
    async countsByForm(organizationId: string, since: Date): Promise<Map<string, number>> {
      const rows: { _id: string; count: number }[] = await model.aggregate([
        { $match: { organizationId, receivedAt: { $gte: since }, source: 'form', state: { $ne: 'spam' } } },
        { $group: { _id: '$formId', count: { $sum: 1 } } },
      ]);
      return new Map(rows.map(({ _id, count }) => [_id, count]));
    },

    /** How many there are in each state; of one form, or of all. */
    async counts(organizationId: string, formId?: string): Promise<Record<SubmissionState, number>> {
      const rows: { _id: SubmissionState; count: number }[] = await model.aggregate([
        { $match: { organizationId, ...(formId && { formId }) } },
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ]);
      const counted = new Map(rows.map(({ _id, count }) => [_id, count]));
      const of = (state: SubmissionState) => [state, counted.get(state) ?? 0] as const;
      return Object.fromEntries(SUBMISSION_STATES.map(of)) as Record<SubmissionState, number>;
    },
  };
}

/** Keys are other people's texts, of any length. */
const keyOf = (formId: string, idempotencyKey: string) =>
  `key:${createHash('sha256')
    .update(JSON.stringify([formId, idempotencyKey]))
    .digest('base64url')}`;

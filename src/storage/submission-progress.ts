import { type Connection, Schema } from 'mongoose';
import type { Submission, SubmissionState } from '../domain/submission.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { type SubmissionModel, toSubmission } from './submission-model.ts';

/** What is sent, or held back, because of such a write must not be forgotten by a crash. */
const DURABLE = { w: 'majority', j: true } as const;
/** What ended stays as it is. */
const OPEN: readonly SubmissionState[] = ['accepted', 'sending', 'failed'];
/** A workflow has them, or should. */
const UNSETTLED: readonly SubmissionState[] = ['accepted', 'sending'];

const claimSchema = new Schema(
  {
    /** Organization and fingerprint. */
    _id: { type: String, required: true },
    submissionId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false },
);

/** What the workflow of a ticket notes about its submission; each step is safe to repeat. */
export function createSubmissionProgress(model: SubmissionModel, connection: Connection) {
  const claims = connection.model('SubmissionClaim', claimSchema, 'submissionClaims');

  return {
    async markStarted(organizationId: string, submissionId: string, at: Date): Promise<void> {
      await model.updateOne({ organizationId, submissionId }, { $set: { startedAt: at } });
    },

    /**
     * Accepted before `receivedBefore`, neither ended nor waiting for a person, and not heard of as started since
     * `startedBefore`, of all organizations: what the sweep looks after. Oldest first.
     */
    async unstarted(receivedBefore: Date, startedBefore: Date, limit: number): Promise<Submission[]> {
      const found = await model
        .find({
          receivedAt: { $lt: receivedBefore },
          $or: [
            // What fell into a trap has ended as soon as it is started: its row says so.
            { state: { $in: [...UNSETTLED, 'spam'] }, startedAt: null },
            { state: { $in: UNSETTLED }, startedAt: { $lt: startedBefore } },
          ],
        })
        .sort({ receivedAt: 1 })
        .limit(limit)
        .lean();
      return found.map(toSubmission);
    },

    /** Its workflow works on it. A held one goes on only when a person `sendsHeld`. */
    async markSending(organizationId: string, submissionId: string, sendsHeld: boolean): Promise<void> {
      const state = { $in: sendsHeld ? [...OPEN, 'held'] : OPEN };
      await model.updateOne({ organizationId, submissionId, state }, { $set: { state: 'sending' } });
    },

    /**
     * Claims the text for this submission, so that of equal ones one is the first, however close they come.
     * @returns the submission that has it: this one, or the earlier one that this seems to repeat
     */
    async claim(
      organizationId: string,
      { submissionId, fingerprint, receivedAt }: Pick<Submission, 'submissionId' | 'fingerprint' | 'receivedAt'>,
      windowMs: number,
    ): Promise<string> {
      const _id = `${organizationId}/${fingerprint}`;
      const mine = { submissionId, at: receivedAt };
      for (;;) {
        const held = await claims.findById(_id).lean();
        if (held?.submissionId === submissionId) return submissionId;
        if (held && Math.abs(receivedAt.getTime() - held.at.getTime()) <= windowMs) return held.submissionId;
        try {
          // An old claim is replaced only as it was read; meanwhile somebody else may have been faster.
          if (!held) await claims.create([{ _id, ...mine }], DURABLE);
          else await claims.updateOne({ _id, submissionId: held.submissionId }, { $set: mine });
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
    },

    /** Given up: the next one of this text is a first again. */
    async releaseClaim(organizationId: string, submissionId: string, fingerprint: string): Promise<void> {
      await claims.deleteOne({ _id: `${organizationId}/${fingerprint}`, submissionId });
    },

    async markDuplicate(organizationId: string, submissionId: string, duplicateOf: string | null): Promise<void> {
      await model.updateOne({ organizationId, submissionId }, { $set: { duplicateOf } });
    },

    /**
     * When a create went out of which nobody knows what became, or null. `firstSentAt` of the submission bounds the
     * search for it.
     */
    async outstandingAt(organizationId: string, submissionId: string): Promise<Date | null> {
      const found = await model.findOne({ organizationId, submissionId }, { outstandingAt: 1 }).lean();
      return found?.outstandingAt ?? null;
    },

    /**
     * To be called right before a create is sent, with what `outstandingAt` was when it was decided.
     * @returns false when another try was faster: then nothing must be sent
     */
    async markSent(organizationId: string, submissionId: string, before: Date | null, at: Date): Promise<boolean> {
      const filter = { organizationId, submissionId };
      // First: nothing is ever sent of which the beginning is not known.
      await model.updateOne({ ...filter, firstSentAt: null }, { $set: { firstSentAt: at } });
      const { matchedCount } = await model.updateOne(
        { ...filter, outstandingAt: before, conversationId: null },
        { $set: { outstandingAt: at } },
        { writeConcern: DURABLE },
      );
      return matchedCount > 0;
    },

    /** Help Scout refused it, or it never left: there is nothing to look for. */
    async markRefused(organizationId: string, submissionId: string, sentAt: Date): Promise<void> {
      const mine = { organizationId, submissionId, outstandingAt: sentAt };
      // With nothing else sent before, a later search need not begin here.
      await model.updateOne({ ...mine, firstSentAt: sentAt }, { $set: { firstSentAt: null } });
      await model.updateOne(mine, { $set: { outstandingAt: null } });
    },

    async markCreated(organizationId: string, submissionId: string, conversationId: number): Promise<void> {
      await model.updateOne(
        { organizationId, submissionId, conversationId: null },
        { $set: { state: 'created', conversationId, outstandingAt: null } },
      );
    },

    /** How it ended, or why it waits. What is created stays created. */
    async settleState(
      organizationId: string,
      submissionId: string,
      state: 'failed' | 'held' | 'dismissed',
    ): Promise<void> {
      // A person who gives a held one up agrees that it is one.
      const from = state === 'dismissed' ? [...OPEN, 'held'] : OPEN;
      await model.updateOne({ organizationId, submissionId, state: { $in: from } }, { $set: { state } });
    },
  };
}

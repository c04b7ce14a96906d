import { type Connection, Schema } from 'mongoose';
import type { RecordKind } from '../domain/issue-record.ts';
import { type RecordProposal, recordProposalSchema } from '../domain/record-proposal.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    patternId: { type: String, required: true },
    integrationId: { type: String, required: true },
    kind: { type: String, required: true },
    state: { type: String, required: true },
    proposedAt: { type: Date, required: true },
    decidedAt: { type: Date, default: null },
    decidedBy: { type: String, default: null },
    reason: { type: String, default: null },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, patternId: 1 }, { unique: true });
schema.index({ organizationId: 1, state: 1, proposedAt: 1 });

interface Verdict {
  by: string;
  at: Date;
}

/** The approvals inbox. */
export function createRecordProposalStore(connection: Connection) {
  const model = connection.model('RecordProposal', schema, 'recordProposals');

  const settle = async (organizationId: string, patternId: string, set: Record<string, unknown>, from: string[]) => {
    const filter = { organizationId, patternId, state: { $in: from } };
    return (await model.updateOne(filter, { $set: set })).matchedCount > 0;
  };

  return {
    /** Puts a pattern into the inbox; the kind of one that waits follows the category. What was decided stays so. */
    async propose(
      organizationId: string,
      { patternId, integrationId, kind, at }: { patternId: string; integrationId: string; kind: RecordKind; at: Date },
    ): Promise<void> {
      const key = { organizationId, patternId };
      await onceMoreIfDuplicate(() =>
        model.updateOne(
          key,
          { $setOnInsert: { integrationId, kind, state: 'waiting', proposedAt: at } },
          { upsert: true },
        ),
      );
      await model.updateOne({ ...key, state: 'waiting' }, { $set: { kind } });
    },

    async get(organizationId: string, patternId: string): Promise<RecordProposal | null> {
      const found = await model.findOne({ organizationId, patternId }).lean();
      return found ? recordProposalSchema.parse(found) : null;
    },

    /** Those of a state, the first proposed first; what was decided, the latest first. */
    async list(organizationId: string, state: RecordProposal['state'], limit: number): Promise<RecordProposal[]> {
      const found = await model
        .find({ organizationId, state })
        .sort(state === 'waiting' ? { proposedAt: 1, patternId: 1 } : { decidedAt: -1, patternId: 1 })
        .limit(limit)
        .lean();
      return found.map((document) => recordProposalSchema.parse(document));
    },

    /** Takes back what waits for these patterns, as if it had never been proposed. What was decided stays. */
    async withdraw(organizationId: string, patternIds: readonly string[]): Promise<void> {
      if (patternIds.length === 0) return;
      await model.deleteMany({ organizationId, patternId: { $in: [...patternIds] }, state: 'waiting' });
    },

    /** A record was made of it, whichever way. @returns false when there is no proposal to settle */
    approved: (organizationId: string, patternId: string, kind: RecordKind, { by, at }: Verdict): Promise<boolean> =>
      settle(
        organizationId,
        patternId,
        { state: 'approved', kind, decidedBy: by, decidedAt: at, reason: null },
        // Somebody may change their mind about what was rejected.
        ['waiting', 'rejected'],
      ),

    /** Nothing is made of it, now or later. @returns false when it does not wait any more */
    rejected: (organizationId: string, patternId: string, reason: string, { by, at }: Verdict): Promise<boolean> =>
      settle(organizationId, patternId, { state: 'rejected', reason, decidedBy: by, decidedAt: at }, ['waiting']),

    /** Which of these patterns a person wants nothing made of. */
    async rejectedOf(organizationId: string, patternIds: readonly string[]): Promise<Set<string>> {
      const found = await model
        .find({ organizationId, patternId: { $in: [...patternIds] }, state: 'rejected' }, { patternId: 1 })
        .lean();
      return new Set(found.map(({ patternId }) => patternId));
    },
  };
}

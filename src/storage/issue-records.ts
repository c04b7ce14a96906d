import { randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { type IssueRecord, issueRecordSchema, type RecordStatus } from '../domain/pattern.ts';
import { isDuplicateKey } from './duplicate-key.ts';

const schema = new Schema(
  {
    recordId: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: String,
    kind: { type: String, required: true },
    number: { type: Number, required: true },
    title: String,
    status: String,
    patternId: { type: String, required: true },
    createdAt: Date,
    updatedAt: Date,
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, kind: 1, number: 1 }, { unique: true });
schema.index({ organizationId: 1, patternId: 1 }, { unique: true });

type Kind = IssueRecord['kind'];

/** Bug reports and feature requests. */
export function createIssueRecordStore(connection: Connection) {
  const model = connection.model('IssueRecord', schema, 'issueRecords');
  const byPattern = async (organizationId: string, patternId: string) => {
    const found = await model.findOne({ organizationId, patternId }).lean();
    return found ? issueRecordSchema.parse(found) : null;
  };
  return {
    byPattern,

    /**
     * The pattern's record, made now if there is none. A pattern has one record at most; numbers have no gaps as
     * long as nobody deletes, because the unique index, not a counter, hands them out.
     */
    async createForPattern(
      organizationId: string,
      pattern: { integrationId: string; patternId: string; title: string },
      kind: Kind,
    ): Promise<IssueRecord> {
      for (;;) {
        const existing = await byPattern(organizationId, pattern.patternId);
        if (existing) return existing;
        const last = await model.findOne({ organizationId, kind }, { number: 1 }).sort({ number: -1 }).lean();
        const now = new Date();
        try {
          const created = await model.create({
            recordId: randomUUID(),
            organizationId,
            integrationId: pattern.integrationId,
            kind,
            number: (last?.number ?? 0) + 1,
            title: pattern.title,
            status: 'new',
            patternId: pattern.patternId,
            createdAt: now,
            updatedAt: now,
          });
          return issueRecordSchema.parse(created.toObject());
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
    },

    async list(
      organizationId: string,
      kind: Kind,
      filter: { status?: RecordStatus | undefined } = {},
    ): Promise<IssueRecord[]> {
      const found = await model
        .find({ organizationId, kind, ...(filter.status && { status: filter.status }) })
        .sort({ number: -1 })
        .lean();
      return found.map((document) => issueRecordSchema.parse(document));
    },

    async byPatterns(organizationId: string, patternIds: readonly string[]): Promise<IssueRecord[]> {
      const found = await model.find({ organizationId, patternId: { $in: [...patternIds] } }).lean();
      return found.map((document) => issueRecordSchema.parse(document));
    },

    async get(organizationId: string, kind: Kind, number: number): Promise<IssueRecord | null> {
      const found = await model.findOne({ organizationId, kind, number }).lean();
      return found ? issueRecordSchema.parse(found) : null;
    },

    /** @returns false when there is no such record. */
    async setStatus(organizationId: string, kind: Kind, number: number, status: RecordStatus): Promise<boolean> {
      const result = await model.updateOne(
        { organizationId, kind, number },
        { $set: { status, updatedAt: new Date() } },
      );
      return result.matchedCount > 0;
    },
  };
}

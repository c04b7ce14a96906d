import { randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { type RecordComment, recordCommentSchema } from '../domain/issue-record.ts';

const schema = new Schema(
  {
    commentId: { type: String, required: true },
    organizationId: { type: String, required: true },
    recordId: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    text: { type: String, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, recordId: 1, at: 1 });

/** What people say below bug reports and feature requests. */
export function createRecordCommentStore(connection: Connection) {
  const model = connection.model('RecordComment', schema, 'recordComments');
  return {
    async add(
      organizationId: string,
      comment: Pick<RecordComment, 'recordId' | 'at' | 'by' | 'text'>,
    ): Promise<RecordComment> {
      const created = await model.create({ commentId: randomUUID(), organizationId, ...comment });
      return recordCommentSchema.parse(created.toObject());
    },

    /** Oldest first. */
    async list(organizationId: string, recordId: string): Promise<RecordComment[]> {
      const found = await model.find({ organizationId, recordId }).sort({ at: 1, commentId: 1 }).lean();
      return found.map((document) => recordCommentSchema.parse(document));
    },
  };
}

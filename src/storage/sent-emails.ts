import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { type Cursor, olderThan } from './paging.ts';

export const SENT_EMAIL_KINDS = ['autoReply', 'notification'] as const;
export const sentEmailSchema = z.object({
  /** Derived from what it belongs to (`autoReply/{submissionId}`): writing it twice is writing it once. */
  emailId: z.string(),
  kind: z.enum(SENT_EMAIL_KINDS),
  to: z.string(),
  subject: z.string(),
  status: z.enum(['sent', 'failed']),
  /** Why it was not sent; empty otherwise. */
  error: z.string(),
  customerEmail: z.string().nullable(),
  conversationId: z.number().int().nullable(),
  submissionId: z.string().nullable(),
  at: z.date(),
});
/** One e-mail that this product had sent by itself. Its text is not kept. */
export type SentEmail = z.infer<typeof sentEmailSchema>;

const schema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    emailId: { type: String, required: true },
    kind: String,
    to: String,
    subject: String,
    status: String,
    error: { type: String, default: '' },
    customerEmail: { type: String, default: null },
    conversationId: { type: Number, default: null },
    submissionId: { type: String, default: null },
    at: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, at: -1, emailId: -1 });
schema.index({ organizationId: 1, customerEmail: 1, at: -1, emailId: -1 });
schema.index({ organizationId: 1, kind: 1, at: -1, emailId: -1 });

/** The log of automated e-mail. */
export function createSentEmailStore(connection: Connection) {
  const model = connection.model('SentEmail', schema, 'sentEmails');

  return {
    async record(organizationId: string, email: SentEmail): Promise<void> {
      const _id = `${organizationId}/${email.emailId}`;
      await model.updateOne({ _id }, { $set: { organizationId, ...email } }, { upsert: true });
    },

    /** Newest first; of one customer, by exact lower-case address, or of all; of one kind, or of both. */
    async list(
      organizationId: string,
      {
        customerEmail,
        kind,
        limit,
        cursor,
      }: { customerEmail?: string; kind?: SentEmail['kind'] | undefined; limit: number; cursor?: Cursor | undefined },
    ): Promise<{ emails: SentEmail[]; next: Cursor | null }> {
      const found = await model
        .find({
          organizationId,
          ...(customerEmail && { customerEmail }),
          ...(kind && { kind }),
          ...(cursor && olderThan('at', 'emailId', cursor)),
        })
        .sort({ at: -1, emailId: -1 })
        .limit(limit + 1)
        .lean();
      const emails = found.slice(0, limit).map((email) => sentEmailSchema.parse(email));
      const last = emails.at(-1);
      return { emails, next: found.length > limit && last ? { at: last.at, id: last.emailId } : null };
    },
  };
}

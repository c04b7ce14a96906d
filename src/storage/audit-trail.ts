import { randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { type Cursor, olderThan } from './paging.ts';

const schema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    action: { type: String, required: true },
    target: { type: String, required: true },
    details: { type: String, default: '' },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, at: -1, _id: -1 });

const auditEntrySchema = z.object({
  entryId: z.string(),
  at: z.date(),
  /** A member's address, or `API key NAME`. */
  by: z.string(),
  /** What was done, as a verb phrase: `retried`, `dismissed`, `changed settings`. */
  action: z.string(),
  /** What it was done to, by id or name. Never a secret, never message text. */
  target: z.string(),
  details: z.string(),
});
/** One thing that a person did; kept apart from the log, and longer. */
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Who changed what. Entries are only added; retention removes old ones. */
export function createAuditTrailStore(connection: Connection) {
  const model = connection.model('AuditEntry', schema, 'auditTrail');

  return {
    async record(organizationId: string, entry: Omit<AuditEntry, 'entryId' | 'details'> & { details?: string }) {
      await model.create({ _id: randomUUID(), organizationId, ...entry });
    },

    /** Newest first. */
    async list(
      organizationId: string,
      page: { limit: number; cursor?: Cursor | undefined },
    ): Promise<{ entries: AuditEntry[]; next: Cursor | null }> {
      const found = await model
        .find({ organizationId, ...(page.cursor && olderThan('at', '_id', page.cursor)) })
        .sort({ at: -1, _id: -1 })
        .limit(page.limit + 1)
        .lean();
      const entries = found
        .slice(0, page.limit)
        .map(({ _id, ...entry }) => auditEntrySchema.parse({ ...entry, entryId: _id }));
      const last = entries.at(-1);
      return { entries, next: found.length > page.limit && last ? { at: last.at, id: last.entryId } : null };
    },

    /** @returns how many were removed */
    async removeBefore(organizationId: string, before: Date): Promise<number> {
      return (await model.deleteMany({ organizationId, at: { $lt: before } })).deletedCount;
    },
  };
}

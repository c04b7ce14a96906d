import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { type InboxLevel, NEW_INBOX } from '../patterns/inbox-level.ts';
import { isDuplicateKey } from './duplicate-key.ts';

const levelSchema = z.object({
  all: z.object({ terms: z.array(z.tuple([z.string(), z.number()])), members: z.number() }),
  logLength: z.number(),
});

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    documents: { type: Number, required: true },
    counters: { type: Buffer, required: true },
    /** JSON, read whole. */
    level: { type: String, default: null },
    version: { type: Number, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, integrationId: 1 }, { unique: true });

/** Term counts as stored: `version` tells whether somebody else saved in between. */
export interface StoredTermCounts {
  documents: number;
  counters: Uint8Array;
  /** How the inbox's texts are on the whole (patterns/inbox-level.ts). */
  level: InboxLevel;
  version: number;
}

/** How often terms occur in an inbox (patterns/term-counts.ts), and how its texts are, one document per integration. */
export function createTermCountStore(connection: Connection) {
  const model = connection.model('TermCounts', schema, 'termCounts');
  return {
    async get(organizationId: string, integrationId: string): Promise<StoredTermCounts | null> {
      const found = await model.findOne({ organizationId, integrationId });
      return found
        ? {
            documents: found.documents,
            counters: new Uint8Array(found.counters),
            level: found.level ? levelSchema.parse(JSON.parse(found.level)) : NEW_INBOX,
            version: found.version,
          }
        : null;
    },

    /** Saves counts that were read at `version` (0: there were none). @returns false when they have changed since. */
    async save(organizationId: string, integrationId: string, counts: StoredTermCounts): Promise<boolean> {
      const { documents, version } = counts;
      const counters = Buffer.from(counts.counters);
      const level = JSON.stringify(counts.level);
      try {
        const result = await model.updateOne(
          { organizationId, integrationId, version },
          { $set: { documents, counters, level, version: version + 1 } },
          { upsert: version === 0 },
        );
        return result.matchedCount + result.upsertedCount > 0;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}

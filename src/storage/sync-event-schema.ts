import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { attemptSchema, type SyncEvent, type SyncStatus, syncEventSchema } from '../domain/sync-event.ts';

const documentSchema = new Schema(
  {
    eventId: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    type: String,
    status: String,
    direction: String,
    customerEmail: { type: String, default: null },
    submissionId: { type: String, default: null },
    customerExternalId: { type: String, default: null },
    conversationId: { type: Number, default: null },
    conversationUrl: { type: String, default: null },
    details: { type: String, default: '' },
    error: { type: Schema.Types.Mixed, default: null },
    /** By key, so that writing one twice is writing it once. */
    attempts: { type: Schema.Types.Mixed, default: {} },
    workflowId: String,
    createdAt: { type: Date, required: true },
    settledAt: { type: Date, default: null },
    revision: { type: Number, default: 0 },
  },
  { versionKey: false, minimize: false },
);

/**
 * The order of every list, forwards or backwards. Ascending, since SecantusDB leaves out the rows of the very first
 * moment (`$gte`) when it reads a range from a descending field of a compound index.
 */
const BY_TIME = { createdAt: 1, eventId: 1 } as const;
/** What a filter narrows down to single values before it reads (sync-event-stripes.ts). */
const FACETS = { type: 1, status: 1, direction: 1 } as const;
/** Left out of an index: rows without the field, which are most. */
const having = (field: string) => ({ partialFilterExpression: { [field]: { $gt: '' } } });

// Which index serves which filter, and why there are these: docs/decisions, "The log is read in stripes".
const index = documentSchema.index.bind(documentSchema);
// The id comes first: a server that uses one field of a filter only then uses the one that finds the row.
index({ eventId: 1, organizationId: 1 }, { unique: true });
index({ organizationId: 1, ...BY_TIME });
index({ organizationId: 1, ...FACETS, ...BY_TIME });
index({ organizationId: 1, conversationId: 1, ...BY_TIME });
index({ organizationId: 1, conversationId: 1, ...FACETS, ...BY_TIME });
index({ organizationId: 1, customerEmail: 1, ...BY_TIME }, having('customerEmail'));
index({ organizationId: 1, customerEmail: 1, ...FACETS, ...BY_TIME }, having('customerEmail'));
index({ organizationId: 1, submissionId: 1, ...BY_TIME }, having('submissionId'));
index({ organizationId: 1, customerExternalId: 1, ...BY_TIME }, having('customerExternalId'));
index({ organizationId: 1, customerExternalId: 1, ...FACETS, ...BY_TIME }, having('customerExternalId'));
// Rows with an error are few: what narrows them down further costs little.
index({ organizationId: 1, status: 1, 'error.code': 1, type: 1, direction: 1, ...BY_TIME }, having('error.code'));
for (const searched of ['conversationId', 'customerEmail', 'customerExternalId'])
  index({ organizationId: 1, [searched]: 1, 'error.code': 1, ...FACETS, ...BY_TIME }, having('error.code'));

export const syncEventModel = (connection: Connection) => connection.model('SyncEvent', documentSchema, 'syncEvents');
export type SyncEventModel = ReturnType<typeof syncEventModel>;

/** What is settled for good stays as it is. */
export const OPEN_STATUSES: SyncStatus[] = ['pending', 'retrying', 'failed'];

/** @throws ZodError when the stored document is no row of this version */
export function toSyncEvent(document: { attempts?: unknown }): SyncEvent {
  const attempts = z.record(z.string(), attemptSchema).parse(document.attempts ?? {});
  return syncEventSchema.parse({
    ...document,
    attempts: Object.entries(attempts)
      .map(([key, attempt]) => ({ ...attempt, key }))
      .sort((a, b) => a.at.getTime() - b.at.getTime() || a.key.localeCompare(b.key, 'en', { numeric: true })),
  });
}

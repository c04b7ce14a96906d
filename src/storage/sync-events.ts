import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { type LoggedRow, toLoggedRow } from '../domain/logged-row.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../domain/sync-error-text.ts';
import {
  type Attempt,
  attemptSchema,
  type Direction,
  type SyncEvent,
  type SyncEventType,
  type SyncStatus,
  syncEventSchema,
} from '../domain/sync-event.ts';
import { type Cursor, literal, olderThan } from './paging.ts';

const schema = new Schema(
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
    createdAt: Date,
    settledAt: { type: Date, default: null },
    revision: { type: Number, default: 0 },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, eventId: 1 }, { unique: true });
schema.index({ organizationId: 1, createdAt: -1, eventId: -1 });
schema.index({ organizationId: 1, status: 1, createdAt: -1, eventId: -1 });
schema.index({ organizationId: 1, type: 1, createdAt: -1, eventId: -1 });
schema.index({ organizationId: 1, conversationId: 1, createdAt: -1 });
schema.index({ organizationId: 1, customerEmail: 1, createdAt: -1 });

/** What is settled for good stays as it is. */
const OPEN: SyncStatus[] = ['pending', 'retrying', 'failed'];

/** A row at the moment it is opened: before the call it describes. */
export type SyncEventOpening = Pick<SyncEvent, 'eventId' | 'integrationId' | 'type' | 'direction' | 'workflowId'> &
  Partial<
    Pick<
      SyncEvent,
      | 'customerEmail'
      | 'submissionId'
      | 'customerExternalId'
      | 'conversationId'
      | 'conversationUrl'
      | 'details'
      | 'createdAt'
    >
  >;

/** How a row ends (or, with `failed`, where it waits for a person). */
export interface SyncEventSettlement {
  eventId: string;
  status: Exclude<SyncStatus, 'pending'>;
  details?: string | undefined;
  error?: { code: SyncErrorCode; httpStatus?: number | undefined } | undefined;
  /** Who made this attempt: `automatic`, or a person's address. Absent: no attempt is added. */
  by?: string | undefined;
  /** Numbers the attempt within its run, so that a repeated activity adds it once. */
  attemptKey?: string | undefined;
  workflowId?: string | undefined;
  type?: SyncEventType | undefined;
  customerEmail?: string | null | undefined;
  conversationId?: number | undefined;
  conversationUrl?: string | null | undefined;
}

export interface SyncEventFilter {
  types?: readonly SyncEventType[] | undefined;
  statuses?: readonly SyncStatus[] | undefined;
  direction?: Direction | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  conversationId?: number | undefined;
  /** Part of an address, taken literally. */
  customerEmail?: string | undefined;
}

const match = (organizationId: string, filter: SyncEventFilter): Record<string, unknown> => {
  const query: Record<string, unknown> = { organizationId };
  if (filter.types?.length) query.type = { $in: [...filter.types] };
  if (filter.statuses?.length) query.status = { $in: [...filter.statuses] };
  if (filter.direction) query.direction = filter.direction;
  if (filter.conversationId !== undefined) query.conversationId = filter.conversationId;
  if (filter.customerEmail) query.customerEmail = literal(filter.customerEmail);
  if (filter.from || filter.to) {
    query.createdAt = { ...(filter.from && { $gte: filter.from }), ...(filter.to && { $lt: filter.to }) };
  }
  return query;
};

/** The HelpScout Log. Rows are opened before a call and settled after it; both are safe to repeat. */
export function createSyncEventStore(connection: Connection) {
  const model = connection.model('SyncEvent', schema, 'syncEvents');
  return {
    /** Opens rows as `pending`; one that exists stays as it is. */
    async open(organizationId: string, rows: readonly SyncEventOpening[]): Promise<void> {
      if (rows.length === 0) return;
      await model.bulkWrite(
        rows.map(({ eventId, ...row }) => ({
          updateOne: {
            filter: { organizationId, eventId },
            update: {
              $setOnInsert: {
                customerEmail: null,
                submissionId: null,
                customerExternalId: null,
                conversationId: null,
                conversationUrl: null,
                details: '',
                createdAt: new Date(),
                ...row,
                status: 'pending',
                error: null,
                attempts: {},
                settledAt: null,
                revision: 1,
              },
            },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },

    /** Settles rows that are open. A row already ended as `success` or `skipped` is not changed again. */
    async settle(organizationId: string, settlements: readonly SyncEventSettlement[]): Promise<void> {
      if (settlements.length === 0) return;
      const now = new Date();
      await model.bulkWrite(
        settlements.map((settlement) => ({
          updateOne: {
            filter: { organizationId, eventId: settlement.eventId, status: { $in: OPEN } },
            update: {
              $set: { ...settledFields(settlement, now), ...attemptField(settlement, now) },
              $inc: { revision: 1 },
            },
          },
        })),
        { ordered: false },
      );
    },

    /**
     * Adds a try that failed and will be made again by itself: the row shows it as `retrying`, with what Help Scout
     * said and how long is waited. `key` makes a repeated note one.
     */
    async noteAttempt(organizationId: string, eventId: string, key: string, attempt: Attempt): Promise<void> {
      await model.updateOne(
        { organizationId, eventId, status: { $in: OPEN } },
        {
          $set: { status: 'retrying', settledAt: null, [`attempts.${key.replaceAll('.', '-')}`]: attempt },
          $inc: { revision: 1 },
        },
      );
    },

    /**
     * Rows as they stand, for the result of the activity that wrote them: what a workflow's history holds, the log can
     * be rebuilt from (encrypted there). Every activity that writes rows returns them as `log`.
     */
    async logged(organizationId: string, eventIds: readonly string[]): Promise<LoggedRow[]> {
      if (eventIds.length === 0) return [];
      const found = await model.find({ organizationId, eventId: { $in: [...eventIds] } }).lean();
      return found.map((document) => toLoggedRow(toSyncEvent(document)));
    },

    /** Newest first. */
    async list(
      organizationId: string,
      filter: SyncEventFilter,
      page: { limit: number; cursor?: Cursor | undefined },
    ): Promise<{ events: SyncEvent[]; next: Cursor | null }> {
      const query = match(organizationId, filter);
      const found = await model
        .find(page.cursor ? { $and: [query, olderThan('createdAt', 'eventId', page.cursor)] } : query)
        .sort({ createdAt: -1, eventId: -1 })
        .limit(page.limit + 1)
        .lean();
      const events = found.slice(0, page.limit).map((document) => toSyncEvent(document));
      const last = events.at(-1);
      return { events, next: found.length > page.limit && last ? { at: last.createdAt, id: last.eventId } : null };
    },

    async get(organizationId: string, eventId: string): Promise<SyncEvent | null> {
      const found = await model.findOne({ organizationId, eventId }).lean();
      return found ? toSyncEvent(found) : null;
    },

    /** Rows by status and type under a filter: the tiles above the table. */
    async counts(
      organizationId: string,
      filter: SyncEventFilter,
    ): Promise<{ status: SyncStatus; type: SyncEventType; events: number }[]> {
      const rows = await model.aggregate([
        { $match: match(organizationId, filter) },
        { $group: { _id: { status: '$status', type: '$type' }, events: { $sum: 1 } } },
      ]);
      return rows.map((row) => ({ status: row._id.status, type: row._id.type, events: row.events }));
    },
  };
}

const settledFields = (settlement: SyncEventSettlement, now: Date) => ({
  status: settlement.status,
  settledAt: settlement.status === 'retrying' ? null : now,
  error: settlement.error ? { code: settlement.error.code, ...SYNC_ERROR_TEXT[settlement.error.code] } : null,
  ...(settlement.details !== undefined && { details: settlement.details }),
  ...(settlement.type !== undefined && { type: settlement.type }),
  ...(settlement.conversationId !== undefined && { conversationId: settlement.conversationId }),
  ...(settlement.workflowId !== undefined && { workflowId: settlement.workflowId }),
  ...(settlement.customerEmail !== undefined && { customerEmail: settlement.customerEmail }),
  ...(settlement.conversationUrl !== undefined && { conversationUrl: settlement.conversationUrl }),
});

const attemptField = (settlement: SyncEventSettlement, now: Date): Record<string, Attempt> => {
  if (!settlement.by || settlement.status === 'retrying') return {};
  const key = settlement.attemptKey ?? now.toISOString();
  return {
    [`attempts.${key.replaceAll('.', '-')}`]: {
      at: now,
      by: settlement.by,
      outcome: settlement.status,
      ...(settlement.error && { errorCode: settlement.error.code }),
      ...(settlement.error?.httpStatus !== undefined && { httpStatus: settlement.error.httpStatus }),
    },
  };
};

const toSyncEvent = (document: { attempts?: unknown }): SyncEvent => {
  const attempts = z.record(z.string(), attemptSchema).parse(document.attempts ?? {});
  return syncEventSchema.parse({
    ...document,
    attempts: Object.values(attempts).sort((a, b) => a.at.getTime() - b.at.getTime()),
  });
};

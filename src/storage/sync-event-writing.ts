import { plainEmail } from '../domain/email.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../domain/sync-error-text.ts';
import { type Attempt, DIRECTIONS, type SyncEvent, type SyncEventType, type SyncStatus } from '../domain/sync-event.ts';
import type { LogFacets } from './log-facets.ts';
import type { LogHours } from './log-hours.ts';
import { createRecent } from './recent.ts';
import { OPEN_STATUSES, type SyncEventModel } from './sync-event-schema.ts';

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

/** Rows of which a process remembers when they were created: those of a long scan's latest pages. */
const REMEMBERED_ROWS = 20_000;

/** Changes of rows. Each is safe to repeat, and tells the counters which hours it touches. */
export function createSyncEventWriting(
  model: SyncEventModel,
  { hours, facets }: { hours: LogHours; facets: LogFacets },
) {
  const createdAt = createRecent<Date>(REMEMBERED_ROWS);
  const keyOf = (organizationId: string, eventId: string) => `${organizationId}/${eventId}`;

  /** When rows were created, which never changes; those that are not there have no time. */
  const creationTimes = async (organizationId: string, eventIds: readonly string[]): Promise<Date[]> => {
    const unknown = eventIds.filter((eventId) => !createdAt.get(keyOf(organizationId, eventId)));
    const found =
      unknown.length > 0
        ? await model.find({ eventId: { $in: unknown }, organizationId }, { eventId: 1, createdAt: 1 }).lean()
        : [];
    for (const row of found) createdAt.set(keyOf(organizationId, row.eventId), row.createdAt);
    return eventIds.flatMap((eventId) => createdAt.get(keyOf(organizationId, eventId)) ?? []);
  };

  return {
    /** Opens rows as `pending`; one that exists stays as it is. */
    async open(organizationId: string, rows: readonly SyncEventOpening[]): Promise<void> {
      if (rows.length === 0) return;
      const now = new Date();
      await facets.add(organizationId, rows);
      await hours.around(
        organizationId,
        rows.map((row) => row.createdAt ?? now),
        () =>
          model.bulkWrite(
            rows.map(({ eventId, ...row }) => ({
              updateOne: {
                filter: { eventId, organizationId },
                update: {
                  $setOnInsert: {
                    submissionId: null,
                    customerExternalId: null,
                    conversationId: null,
                    conversationUrl: null,
                    details: '',
                    ...row,
                    createdAt: row.createdAt ?? now,
                    customerEmail: storedEmail(row.customerEmail),
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
          ),
      );
    },

    /** Settles rows that are open. A row already ended as `success` or `skipped` is not changed again. */
    async settle(organizationId: string, settlements: readonly SyncEventSettlement[]): Promise<void> {
      if (settlements.length === 0) return;
      const now = new Date();
      const retyped = settlements.flatMap(({ type }) => type ?? []);
      await facets.add(
        organizationId,
        retyped.flatMap((type) => DIRECTIONS.map((direction) => ({ type, direction }))),
      );
      const times = await creationTimes(
        organizationId,
        settlements.map(({ eventId }) => eventId),
      );
      await hours.around(organizationId, times, () =>
        model.bulkWrite(
          settlements.map((settlement) => ({
            updateOne: {
              filter: { eventId: settlement.eventId, organizationId, status: { $in: OPEN_STATUSES } },
              update: {
                $set: { ...settledFields(settlement, now), ...attemptField(settlement, now) },
                $inc: { revision: 1 },
              },
            },
          })),
          { ordered: false },
        ),
      );
    },

    /** Says why rows are still open, without settling them. */
    async explain(organizationId: string, eventIds: readonly string[], details: string): Promise<void> {
      await model.updateMany(
        { eventId: { $in: [...eventIds] }, organizationId, status: { $in: OPEN_STATUSES }, details: { $ne: details } },
        { $set: { details }, $inc: { revision: 1 } },
      );
    },

    /**
     * Adds a try that failed and will be made again by itself: the row shows it as `retrying`, with what Help Scout
     * said and how long is waited. `key` makes a repeated note one.
     */
    async noteAttempt(organizationId: string, eventId: string, key: string, attempt: Attempt): Promise<void> {
      await hours.around(organizationId, await creationTimes(organizationId, [eventId]), () =>
        model.updateOne(
          { eventId, organizationId, status: { $in: OPEN_STATUSES } },
          {
            $set: { status: 'retrying', settledAt: null, [`attempts.${key.replaceAll('.', '-')}`]: attempt },
            $inc: { revision: 1 },
          },
        ),
      );
    },

    /**
     * Removes the oldest rows created before a time, `most` at once.
     * @returns how many were removed: fewer than `most` when no more are left
     */
    async removeBefore(organizationId: string, before: Date, most: number): Promise<number> {
      const rows = await model
        .find({ organizationId, createdAt: { $lt: before } }, { eventId: 1, createdAt: 1 })
        .sort({ createdAt: 1, eventId: 1 })
        .limit(most)
        .lean();
      if (rows.length === 0) return 0;
      await hours.around(
        organizationId,
        rows.map((row) => row.createdAt),
        () => model.deleteMany({ eventId: { $in: rows.map(({ eventId }) => eventId) }, organizationId }),
      );
      return rows.length;
    },
  };
}

const storedEmail = (email: string | null | undefined) => (email == null ? null : plainEmail(email));

const settledFields = (settlement: SyncEventSettlement, now: Date) => ({
  status: settlement.status,
  settledAt: settlement.status === 'retrying' ? null : now,
  error: settlement.error ? { code: settlement.error.code, ...SYNC_ERROR_TEXT[settlement.error.code] } : null,
  ...(settlement.details !== undefined && { details: settlement.details }),
  ...(settlement.type !== undefined && { type: settlement.type }),
  ...(settlement.conversationId !== undefined && { conversationId: settlement.conversationId }),
  ...(settlement.workflowId !== undefined && { workflowId: settlement.workflowId }),
  ...(settlement.customerEmail !== undefined && { customerEmail: storedEmail(settlement.customerEmail) }),
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

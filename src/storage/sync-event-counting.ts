import type { PipelineStage } from 'mongoose';
import { z } from 'zod';
import { SYNC_STATUSES, type SyncEventType, type SyncStatus, syncEventTypeSchema } from '../domain/sync-event.ts';
import type { LogFacets } from './log-facets.ts';
import { hourAfter, hourOf, type LogCount, type LogHours } from './log-hours.ts';
import { type ReadFilter, readFilter, type SyncEventFilter } from './sync-event-filter.ts';
import type { SyncEventModel } from './sync-event-schema.ts';

/** As often as this, a cause does not pass by itself. */
const PERSISTENT = 3;
const SAMPLES = 5;

export interface LogSummary {
  byTypeAndStatus: { type: SyncEventType; status: SyncStatus; events: number }[];
  /** By hour of UTC, the oldest first; hours without rows are left out. */
  byHour: { hour: Date; success: number; failed: number; other: number }[];
}

/** Failed rows of one type that share a cause. */
export interface FailureGroup {
  code: string;
  type: SyncEventType;
  count: number;
  firstAt: Date;
  lastAt: Date;
}

type HourCount = LogCount & { hour: Date };

/** Numbers over the log: from counters by hour, and from indexes where a filter asks for more than those know. */
export function createSyncEventCounting(
  model: SyncEventModel,
  {
    hours,
    facets,
    newestIds,
  }: {
    hours: LogHours;
    facets: LogFacets;
    newestIds: (organizationId: string, filter: SyncEventFilter, most: number) => Promise<string[]>;
  },
) {
  const fromCounters = async (organizationId: string, { from, to }: ReadFilter): Promise<HourCount[]> => {
    // Rows older than the counters have some only after this.
    await facets.list(organizationId);
    const first = from && (hourOf(from) < from ? hourAfter(hourOf(from)) : from);
    const end = to && hourOf(to);
    if (from && to && first && end && first >= end)
      return countRows(model, { organizationId, createdAt: { $gte: from, $lt: to } });
    const parts = await Promise.all([
      from && first && from < first ? countRows(model, { organizationId, createdAt: { $gte: from, $lt: first } }) : [],
      hours.read(organizationId, first, end),
      to && end && end < to ? countRows(model, { organizationId, createdAt: { $gte: end, $lt: to } }) : [],
    ]);
    const whole = parts[1].flatMap(({ hour, counts }) => counts.map((count) => ({ ...count, hour })));
    return [...parts[0], ...whole, ...parts[2]];
  };

  const failures = async (organizationId: string, from?: Date): Promise<FailureGroup[]> => {
    const found = await model.aggregate([
      { $match: { organizationId, status: 'failed', 'error.code': { $gt: '' } } },
      ...(from ? [{ $match: { createdAt: { $gte: from } } }] : []),
      {
        $group: {
          _id: { code: '$error.code', type: '$type' },
          count: { $sum: 1 },
          firstAt: { $min: '$createdAt' },
          lastAt: { $max: '$createdAt' },
        },
      },
    ]);
    return found
      .map(({ _id, ...group }) => failureSchema.parse({ ..._id, ...group }))
      .sort((a, b) => b.count - a.count);
  };

  const summary = async (organizationId: string, wanted: SyncEventFilter): Promise<LogSummary> => {
    const filter = readFilter(wanted);
    const searched = searches(organizationId, filter);
    const counted = searched
      ? (await Promise.all(searched.map((search) => countRows(model, search, rest(filter))))).flat()
      : await fromCounters(organizationId, filter);
    return summaryOf(counted.filter((count) => isWanted(filter, count)));
  };

  return {
    summary,

    /** Rows by status and type under a filter. */
    counts: async (organizationId: string, filter: SyncEventFilter) =>
      (await summary(organizationId, filter)).byTypeAndStatus,

    /** Types with rows since a time, and how those ended. */
    async successByType(
      organizationId: string,
      from: Date,
    ): Promise<{ type: SyncEventType; success: number; failed: number; other: number }[]> {
      const byType = new Map<SyncEventType, { success: number; failed: number; other: number }>();
      for (const { type, status, events } of (await summary(organizationId, { from })).byTypeAndStatus) {
        const numbers = byType.get(type) ?? { success: 0, failed: 0, other: 0 };
        numbers[endOf(status)] += events;
        byType.set(type, numbers);
      }
      return [...byType].map(([type, numbers]) => ({ type, ...numbers }));
    },

    /** Rows that stand as failed, by cause and type, the most frequent first; with the newest few of each. */
    async failuresByCause(organizationId: string): Promise<(FailureGroup & { eventIds: string[] })[]> {
      const groups = await failures(organizationId);
      return Promise.all(
        groups.map(async (group) => ({
          ...group,
          eventIds: await newestIds(
            organizationId,
            { errorCode: group.code, types: [group.type], statuses: ['failed'] },
            SAMPLES,
          ),
        })),
      );
    },

    /** Failures since a time with the same cause and type, where there are three or more. */
    async persistentErrors(organizationId: string, from: Date): Promise<FailureGroup[]> {
      return (await failures(organizationId, from)).filter(({ count }) => count >= PERSISTENT);
    },
  };
}

const failureSchema = z.object({
  code: z.string(),
  type: syncEventTypeSchema,
  count: z.number().int(),
  firstAt: z.date(),
  lastAt: z.date(),
});

/**
 * Counts the rows of an index's range by kind and hour. The range stands alone in the first step: with further
 * conditions beside it, not every server finds the index.
 */
export async function countRows(
  model: SyncEventModel,
  range: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): Promise<HourCount[]> {
  const narrowed: PipelineStage[] = Object.keys(rest).length > 0 ? [{ $match: rest }] : [];
  const found = await model.aggregate([
    { $match: range },
    ...narrowed,
    {
      $group: {
        _id: {
          type: '$type',
          status: '$status',
          direction: '$direction',
          hour: { $dateTrunc: { date: '$createdAt', unit: 'hour' } },
        },
        events: { $sum: 1 },
      },
    },
  ]);
  return found.map(({ _id, events }) => ({ ..._id, events }));
}

/** The index's ranges that hold all rows a search can find; null when a filter searches for nothing. */
function searches(organizationId: string, filter: ReadFilter): Record<string, unknown>[] | null {
  const { submissionId, customerExternalId, conversationId, customerEmail, errorCode } = filter;
  if (submissionId !== undefined) return [{ organizationId, submissionId }];
  if (customerExternalId !== undefined) return [{ organizationId, customerExternalId }];
  if (conversationId !== undefined) return [{ organizationId, conversationId }];
  if (customerEmail !== undefined) return [{ organizationId, customerEmail }];
  if (errorCode === undefined) return null;
  return (filter.statuses ?? SYNC_STATUSES).map((status) => ({ organizationId, status, 'error.code': errorCode }));
}

/** What else a searched row must have, in a query's words. */
function rest({ from, to, ...filter }: ReadFilter): Record<string, unknown> {
  const { conversationId, customerExternalId, customerEmail, errorCode } = filter;
  const conditions = {
    conversationId,
    customerExternalId,
    customerEmail,
    'error.code': errorCode,
    ...((from || to) && { createdAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
  };
  return Object.fromEntries(Object.entries(conditions).filter(([, value]) => value !== undefined));
}

const isWanted = ({ types, statuses, direction }: ReadFilter, count: LogCount) =>
  (types?.includes(count.type) ?? true) &&
  (statuses?.includes(count.status) ?? true) &&
  (direction === undefined || direction === count.direction);

const endOf = (status: SyncStatus) => (status === 'success' || status === 'failed' ? status : 'other');

function summaryOf(counts: readonly HourCount[]): LogSummary {
  const byTypeAndStatus = new Map<string, LogSummary['byTypeAndStatus'][number]>();
  const byHour = new Map<number, LogSummary['byHour'][number]>();
  for (const { type, status, hour, events } of counts) {
    const row = byTypeAndStatus.get(`${type} ${status}`) ?? { type, status, events: 0 };
    row.events += events;
    byTypeAndStatus.set(`${type} ${status}`, row);
    const bar = byHour.get(hour.getTime()) ?? { hour, success: 0, failed: 0, other: 0 };
    bar[endOf(status)] += events;
    byHour.set(hour.getTime(), bar);
  }
  return {
    byTypeAndStatus: [...byTypeAndStatus.values()],
    byHour: [...byHour.values()].sort((a, b) => a.hour.getTime() - b.hour.getTime()),
  };
}

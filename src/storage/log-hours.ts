import { randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import {
  type Direction,
  directionSchema,
  type SyncEventType,
  type SyncStatus,
  syncEventTypeSchema,
  syncStatusSchema,
} from '../domain/sync-event.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

const HOUR_MS = 3_600_000;
/** A writer that has not come back for so long was killed, or its write is lost: no write waits this long for a server. */
const WRITER_LOST_MS = 15 * 60_000;

/** Hours recounted side by side. */
const AT_ONCE = 8;

export const hourOf = (time: Date) => new Date(Math.floor(time.getTime() / HOUR_MS) * HOUR_MS);
export const hourAfter = (hour: Date) => new Date(hour.getTime() + HOUR_MS);

/** So many rows of one kind. */
export interface LogCount {
  type: SyncEventType;
  status: SyncStatus;
  direction: Direction;
  events: number;
}

const schema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    hour: { type: Date, required: true },
    mark: { type: String, required: true },
    writers: { type: Schema.Types.Mixed },
    countedAt: { type: String },
    counts: { type: Schema.Types.Mixed },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, hour: 1 });

const hourSchema = z.object({
  _id: z.string(),
  hour: z.date(),
  /** Another one after every beginning and every end of a write. */
  mark: z.string(),
  /** Writes under way: when each began. */
  writers: z.record(z.string(), z.date()).default({}),
  /** The mark that `counts` was counted under. */
  countedAt: z.string().optional(),
  counts: z
    .array(
      z.object({
        type: syncEventTypeSchema,
        status: syncStatusSchema,
        direction: directionSchema,
        events: z.number().int(),
      }),
    )
    .default([]),
});
type LogHour = z.infer<typeof hourSchema>;

/**
 * Rows of the log counted by hour of their creation, as one small document each. Rows and counters are two collections,
 * and not every server has transactions over both; therefore a write marks its hours before and after itself, and
 * whoever reads an hour whose mark is not that of its counters counts its rows again. What is counted while a write is
 * under way, or after one that died half-way, is not kept.
 */
export function createLogHours(
  connection: Connection,
  recount: (organizationId: string, from: Date, to: Date) => Promise<LogCount[]>,
) {
  const model = connection.model('LogHour', schema, 'logHours');

  /** With `since` a writer begins, without it has ended. */
  const mark = async (organizationId: string, hours: readonly Date[], writer: string, since?: Date): Promise<void> => {
    const field = `writers.${writer}`;
    const updates = hours.map((hour) => ({
      updateOne: {
        filter: { _id: `${organizationId}/${hour.toISOString()}` },
        update: {
          $set: { organizationId, hour, mark: randomUUID(), ...(since && { [field]: since }) },
          ...(!since && { $unset: { [field]: '' } }),
        },
        upsert: true,
      },
    }));
    await onceMoreIfDuplicate(() => model.bulkWrite(updates, { ordered: false }));
  };

  const counted = async (organizationId: string, hour: LogHour): Promise<LogCount[]> => {
    const lostBefore = Date.now() - WRITER_LOST_MS;
    const underWay = Object.values(hour.writers).some((since) => since.getTime() > lostBefore);
    if (hour.countedAt === hour.mark && Object.keys(hour.writers).length === 0) return hour.counts;
    const counts = await recount(organizationId, hour.hour, hourAfter(hour.hour));
    // Kept only if no write has begun since the hour was read: it would have changed the mark.
    const unchanged = { _id: hour._id, mark: hour.mark };
    if (!underWay && counts.length === 0) await model.deleteOne(unchanged);
    else if (!underWay) await model.updateOne(unchanged, { $set: { counts, countedAt: hour.mark, writers: {} } });
    return counts;
  };

  return {
    /**
     * Runs a write that changes rows created at these times. When it fails nobody knows how much of it was done: the
     * hours then stay marked as being written until that writer counts as lost.
     */
    async around<T>(organizationId: string, createdAt: readonly Date[], write: () => Promise<T>): Promise<T> {
      const hours = [...new Set(createdAt.map((time) => hourOf(time).getTime()))].map((time) => new Date(time));
      if (hours.length === 0) return write();
      const writer = randomUUID();
      await mark(organizationId, hours, writer, new Date());
      const result = await write();
      await mark(organizationId, hours, writer);
      return result;
    },

    /** The beginnings of all hours that have a document. */
    async list(organizationId: string): Promise<Date[]> {
      return (await model.find({ organizationId }, { hour: 1 }).lean()).map(({ hour }) => hour);
    },

    /**
     * Hours that may have rows, with their counters as they were last kept, which may be old; null when never counted.
     * In order, `most` of them.
     */
    async outline(
      organizationId: string,
      { from, to, newestFirst, most }: { from?: Date; to?: Date; newestFirst: boolean; most: number },
    ): Promise<{ hour: Date; counts: LogCount[] | null }[]> {
      const range = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
      const found = await model
        .find({ organizationId, ...((from || to) && { hour: range }) })
        .sort({ hour: newestFirst ? -1 : 1 })
        .limit(most)
        .lean();
      return found
        .map((document) => hourSchema.parse(document))
        .map(({ hour, countedAt, counts }) => ({ hour, counts: countedAt === undefined ? null : counts }));
    },

    /** Counters of whole hours, those without rows left out. Ends of the range are beginnings of hours. */
    async read(organizationId: string, from?: Date, to?: Date): Promise<{ hour: Date; counts: LogCount[] }[]> {
      const range = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
      const found = await model.find({ organizationId, ...((from || to) && { hour: range }) }).lean();
      const hours = found.map((document) => hourSchema.parse(document));
      const read: { hour: Date; counts: LogCount[] }[] = [];
      for (let first = 0; first < hours.length; first += AT_ONCE) {
        const some = hours.slice(first, first + AT_ONCE);
        read.push(
          ...(await Promise.all(
            some.map(async (hour) => ({ hour: hour.hour, counts: await counted(organizationId, hour) })),
          )),
        );
      }
      return read.filter(({ counts }) => counts.length > 0);
    },
  };
}
export type LogHours = ReturnType<typeof createLogHours>;

import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import {
  type CoverageFigures,
  type CoverageMark,
  coverageFiguresSchema,
  coverageMarkSchema,
  figuresOf,
  noFigures,
} from '../domain/coverage.ts';
import { createCoverageWatch } from './coverage-watch.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

/** Single conversations; an alarm looks four weeks back. Their days are kept for a year. */
const MARKS_KEPT_MS = 45 * 24 * 3_600_000;
const DAYS_KEPT_MS = 400 * 24 * 3_600_000;

const schema = new Schema(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    /** `YYYY-MM-DD` of the organization. */
    day: String,
    conversationId: Number,
    toldAt: Date,
    foundAt: Date,
    readAt: Date,
    failedAt: Date,
    delayMs: Number,
    hours: { type: [Number], default: undefined },
    /** Of a day: counts the writes to its marks ... */
    writes: Number,
    /** ... up to the one that `figures` count. */
    countedWrites: Number,
    figures: Schema.Types.Mixed,
    /** Of a mailbox: see coverage-watch.ts. */
    mailboxId: Number,
    name: String,
    changedAt: Date,
    mailboxReadAt: Date,
    passedAt: Date,
    hiddenSince: Date,
    expireAt: Date,
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, integrationId: 1, kind: 1, day: 1 });
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });

const daySchema = z.object({
  _id: z.string(),
  day: z.string(),
  writes: z.number(),
  countedWrites: z.number().optional(),
  figures: coverageFiguresSchema.optional(),
});
const storedMarkSchema = z.object({
  toldAt: z.date().nullable().default(null),
  foundAt: z.date().nullable().default(null),
  readAt: z.date().nullable().default(null),
  failedAt: z.date().nullable().default(null),
  delayMs: z.number().nullable().default(null),
  hours: z.array(z.number()).default([]),
});

/** Something learned of a conversation's changes on a day. */
export interface NewMark extends CoverageMark {
  day: string;
  conversationId: number;
}
/** The newest change that was read of a mailbox. */
export interface MailboxRead {
  mailboxId: number;
  changedAt: Date;
}

/**
 * How completely conversations are seen. Marks are one document for each conversation and day, which a repeated write
 * leaves as it is; the sums of a day are kept with it until one of its marks is written again.
 */
export function createCoverageStore(connection: Connection) {
  const model = connection.model('Coverage', schema, 'coverage');
  const prefix = (organizationId: string, integrationId: string) => `${organizationId}/${integrationId}`;

  const count = async (organizationId: string, integrationId: string, day: string): Promise<CoverageFigures> => {
    const marks = await model
      .find({ organizationId, integrationId, kind: 'mark', day }, { _id: 0, ...fieldsOf(storedMarkSchema) })
      .lean();
    return figuresOf(marks.map((mark) => coverageMarkSchema.parse(storedMarkSchema.parse(mark))));
  };

  return {
    ...createCoverageWatch(connection, model),

    /** Notes what was learned, in one command; the days come last, so that their sums are never older than they say. */
    async note(
      organizationId: string,
      integrationId: string,
      { marks, mailboxes, at }: { marks: readonly NewMark[]; mailboxes: readonly MailboxRead[]; at: Date },
    ): Promise<void> {
      const owner = { organizationId, integrationId };
      const key = prefix(organizationId, integrationId);
      const expireAfter = (ms: number) => new Date(at.getTime() + ms);
      const markWrites = marks.map(({ day, conversationId, hours, ...times }) => ({
        updateOne: {
          filter: { _id: `${key}/${day}/${conversationId}` },
          update: {
            $max: {
              ...Object.fromEntries(Object.entries(times).filter(([, value]) => value !== null)),
              expireAt: expireAfter(MARKS_KEPT_MS),
            },
            $addToSet: { hours: { $each: hours } },
            $setOnInsert: { ...owner, kind: 'mark', day, conversationId },
          },
          upsert: true,
        },
      }));
      const mailboxWrites = mailboxes.map(({ mailboxId, changedAt }) => ({
        updateOne: {
          filter: { _id: `${key}/mailbox/${mailboxId}` },
          update: { $max: { changedAt, mailboxReadAt: at }, $setOnInsert: { ...owner, kind: 'mailbox', mailboxId } },
          upsert: true,
        },
      }));
      const dayWrites = [...new Set(marks.map(({ day }) => day))].map((day) => ({
        updateOne: {
          filter: { _id: `${key}/${day}` },
          update: {
            $inc: { writes: 1 },
            $max: { expireAt: expireAfter(DAYS_KEPT_MS) },
            $setOnInsert: { ...owner, kind: 'day', day },
          },
          upsert: true,
        },
      }));
      const writes = [...markWrites, ...mailboxWrites, ...dayWrites];
      if (writes.length > 0) await onceMoreIfDuplicate(() => model.bulkWrite(writes, { ordered: true }));
    },

    /** A conversation whose reading had failed was read after all. */
    async noteReadAtLast(organizationId: string, integrationId: string, conversationId: number, at: Date) {
      const filter = { organizationId, integrationId, kind: 'mark', conversationId, failedAt: { $exists: true } };
      const days = await model.distinct('day', filter);
      if (days.length === 0) return;
      await model.updateMany(filter, { $max: { readAt: at } });
      await model.updateMany(
        { organizationId, integrationId, kind: 'day', day: { $in: days } },
        { $inc: { writes: 1 } },
      );
    },

    /** Figures by day, from one day to another, both included; days without any change are left out. In order. */
    async days(
      organizationId: string,
      integrationId: string,
      { from, to }: { from: string; to: string },
    ): Promise<{ day: string; figures: CoverageFigures }[]> {
      const found = await model
        .find({ organizationId, integrationId, kind: 'day', day: { $gte: from, $lte: to } })
        .sort({ day: 1 })
        .lean();
      const days: { day: string; figures: CoverageFigures }[] = [];
      for (const { _id, day, writes, countedWrites, figures } of found.map((document) => daySchema.parse(document))) {
        if (figures && countedWrites === writes) {
          days.push({ day, figures });
          continue;
        }
        const counted = await count(organizationId, integrationId, day);
        // Single conversations are kept for a shorter time than the sums of their days.
        const isGone = counted.modified === 0 && figures !== undefined;
        days.push({ day, figures: isGone ? figures : counted });
        // Kept only if nothing was written since the day was read.
        if (!isGone) await model.updateOne({ _id, writes }, { $set: { figures: counted, countedWrites: writes } });
      }
      return days;
    },

    /** Figures of one day, also where nothing changed. */
    async day(organizationId: string, integrationId: string, day: string): Promise<CoverageFigures> {
      const [found] = await this.days(organizationId, integrationId, { from: day, to: day });
      return found?.figures ?? noFigures();
    },
  };
}

const fieldsOf = (shape: z.ZodObject) => Object.fromEntries(Object.keys(shape.shape).map((name) => [name, 1]));

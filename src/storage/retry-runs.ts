import { type Connection, Schema } from 'mongoose';
import {
  isOver,
  RETRY_RUN_STATES,
  type RetryItem,
  type RetryItemOutcome,
  type RetryPreview,
  type RetryRun,
  retryItemSchema,
  retryRunSchema,
} from '../domain/retry-run.ts';

/** Previews name customers and subjects; they go when nobody asks about the run any more. */
const KEPT_SECONDS = 90 * 86_400;

const runSchema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    by: { type: String, required: true },
    selection: { type: Schema.Types.Mixed, required: true },
    canary: Boolean,
    perMinute: Number,
    total: Number,
    state: String,
    previewed: { type: Number, default: 0 },
    decidedBy: { type: String, default: null },
    createdAt: { type: Date, required: true, expires: KEPT_SECONDS },
    endedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
runSchema.index({ organizationId: 1, createdAt: -1, _id: -1 });

const itemSchema = new Schema(
  {
    organizationId: { type: String, required: true },
    retryRunId: { type: String, required: true },
    index: { type: Number, required: true },
    eventId: { type: String, required: true },
    type: String,
    customerEmail: { type: String, default: null },
    conversationId: { type: Number, default: null },
    preview: { type: Schema.Types.Mixed, default: null },
    outcome: { type: String, default: null },
    code: { type: String, default: null },
    triedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true, expires: KEPT_SECONDS },
  },
  { versionKey: false },
);
itemSchema.index({ organizationId: 1, retryRunId: 1, index: 1 }, { unique: true });
itemSchema.index({ organizationId: 1, eventId: 1, createdAt: -1 });

type NewItem = Pick<RetryItem, 'eventId' | 'type' | 'customerEmail' | 'conversationId'>;
type RunPatch = Partial<Pick<RetryRun, 'state' | 'previewed' | 'decidedBy' | 'endedAt'>>;

/** How many rows of a run ended how; `waiting` has no outcome yet. */
export type RetryCounts = Record<RetryItemOutcome | 'waiting', number>;

/** Rows that are retried together, and what became of each. */
export function createRetryRunStore(connection: Connection) {
  const runs = connection.model('RetryRun', runSchema, 'retryRuns');
  const items = connection.model('RetryItem', itemSchema, 'retryItems');

  return {
    /** Adds rows to a run that is not there yet: until `create`, nobody sees them. */
    async addItems(organizationId: string, retryRunId: string, from: number, rows: readonly NewItem[]): Promise<void> {
      if (rows.length === 0) return;
      const createdAt = new Date();
      await items.insertMany(
        rows.map((row, offset) => ({ ...row, organizationId, retryRunId, index: from + offset, createdAt })),
      );
    },

    async create(run: RetryRun): Promise<void> {
      const { retryRunId, ...rest } = run;
      await runs.create({ _id: retryRunId, ...rest });
    },

    /** Forgets a run that could not be started. */
    async remove(organizationId: string, retryRunId: string): Promise<void> {
      await runs.deleteOne({ _id: retryRunId, organizationId });
      await items.deleteMany({ organizationId, retryRunId });
    },

    /**
     * Removes runs that are over and were started before a time, with their rows, the oldest first. Safe to repeat.
     * @returns how many were removed, at most `most`
     */
    async removeBefore(organizationId: string, before: Date, most: number): Promise<number> {
      const over = { organizationId, state: { $in: RETRY_RUN_STATES.filter(isOver) }, createdAt: { $lt: before } };
      const found = await runs.find(over, { _id: 1 }).sort({ createdAt: 1, _id: 1 }).limit(most).lean();
      for (const { _id } of found) {
        await items.deleteMany({ organizationId, retryRunId: _id });
        await runs.deleteOne({ _id, organizationId });
      }
      return found.length;
    },

    async get(organizationId: string, retryRunId: string): Promise<RetryRun | null> {
      const found = await runs.findOne({ _id: retryRunId, organizationId }).lean();
      return found ? toRun(found) : null;
    },

    /** Newest first. */
    async list(organizationId: string, limit: number): Promise<RetryRun[]> {
      const found = await runs.find({ organizationId }).sort({ createdAt: -1, _id: -1 }).limit(limit).lean();
      return found.map(toRun);
    },

    async update(organizationId: string, retryRunId: string, patch: RunPatch): Promise<void> {
      await runs.updateOne({ _id: retryRunId, organizationId }, { $set: patch });
    },

    /** In the order of their numbers. */
    async items(
      organizationId: string,
      retryRunId: string,
      { from, count, outcome }: { from: number; count: number; outcome?: RetryItemOutcome },
    ): Promise<RetryItem[]> {
      const found = await items
        .find({ organizationId, retryRunId, index: { $gte: from }, ...(outcome && { outcome }) })
        .sort({ index: 1 })
        .limit(count)
        .lean();
      return found.map((item) => retryItemSchema.parse(item));
    },

    async savePreview(organizationId: string, retryRunId: string, index: number, preview: RetryPreview): Promise<void> {
      await items.updateOne({ organizationId, retryRunId, index }, { $set: { preview } });
    },

    /** Notes that a row is being asked to try again. @returns when that was noted first, by an earlier call too */
    async markTried(organizationId: string, retryRunId: string, index: number, at: Date): Promise<Date> {
      await items.updateOne({ organizationId, retryRunId, index, triedAt: null }, { $set: { triedAt: at } });
      const found = await items.findOne({ organizationId, retryRunId, index }).lean();
      return found?.triedAt ?? at;
    },

    async saveOutcome(
      organizationId: string,
      retryRunId: string,
      index: number,
      outcome: Pick<RetryItem, 'outcome' | 'code'>,
    ): Promise<void> {
      await items.updateOne({ organizationId, retryRunId, index }, { $set: outcome });
    },

    /** Says of every row without an outcome that it was not tried. */
    async leaveRest(organizationId: string, retryRunId: string): Promise<void> {
      await items.updateMany({ organizationId, retryRunId, outcome: null }, { $set: { outcome: 'notTried' } });
    },

    async counts(organizationId: string, retryRunId: string): Promise<RetryCounts> {
      const rows: { _id: RetryItemOutcome | null; items: number }[] = await items.aggregate([
        { $match: { organizationId, retryRunId } },
        { $group: { _id: '$outcome', items: { $sum: 1 } } },
      ]);
      const of = (outcome: RetryItemOutcome | null) => rows.find(({ _id }) => _id === outcome)?.items ?? 0;
      return {
        success: of('success'),
        failed: of('failed'),
        skipped: of('skipped'),
        settled: of('settled'),
        running: of('running'),
        restarted: of('restarted'),
        gone: of('gone'),
        notTried: of('notTried'),
        waiting: of(null),
      };
    },
  };
}

const toRun = ({ _id, ...run }: { _id: string }): RetryRun => retryRunSchema.parse({ ...run, retryRunId: _id });

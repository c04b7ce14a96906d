import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import {
  AUTOMATIC,
  type HistoryEntry,
  historyEntrySchema,
  type IssueRecord,
  issueRecordSchema,
  type RecordKind,
  type RecordStatus,
} from '../domain/issue-record.ts';
import type { RecordChange } from '../domain/record-change.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { createIssueRecordModel } from './issue-record-model.ts';

const LISTED = { history: 0 } as const;

/** What a new record is made from. */
interface Origin {
  integrationId: string;
  patternId: string;
  title: string;
}

/** Bug reports and feature requests. */
export function createIssueRecordStore(connection: Connection) {
  const model = createIssueRecordModel(connection);

  const parsed = (found: object | null) => (found ? issueRecordSchema.parse(found) : null);
  const find = async (filter: Record<string, unknown>) => parsed(await model.findOne(filter, LISTED).lean());
  const findAll = async (filter: Record<string, unknown>) =>
    (await model.find(filter, LISTED).sort({ number: -1 }).lean()).map((document) => issueRecordSchema.parse(document));

  const byPattern = (organizationId: string, patternId: string) => find({ organizationId, patternId });
  const byId = (organizationId: string, recordId: string) => find({ organizationId, recordId });

  /**
   * The unique index, not a counter, hands numbers out: there are no gaps as long as nobody deletes. A number that a
   * record had before its kind changed is not given again. Present ones are read first: one that changes its kind
   * between the two steps is then seen twice, never not at all.
   */
  async function nextNumber(organizationId: string, kind: RecordKind): Promise<number> {
    const last = await model.findOne({ organizationId, kind }, { number: 1 }).sort({ number: -1 }).lean();
    const left = await model.find({ organizationId, 'former.kind': kind }, { former: 1 }).lean();
    const former = left.flatMap((record) => record.former.filter((one) => one.kind === kind).map((one) => one.number));
    return Math.max(0, last?.number ?? 0, ...former) + 1;
  }

  return {
    byPattern,
    byId,

    /**
     * The pattern's record, made now if there is none; a pattern has one record at most.
     * @param by a person who decided that it is one, and of which kind; absent: nobody did
     */
    async createForPattern(
      organizationId: string,
      pattern: Origin,
      kind: RecordKind,
      { by = AUTOMATIC, at = new Date(), why = '' }: { by?: string; at?: Date; why?: string } = {},
    ): Promise<IssueRecord> {
      for (;;) {
        const existing = await byPattern(organizationId, pattern.patternId);
        if (existing) return existing;
        const number = await nextNumber(organizationId, kind);
        const entry: HistoryEntry = { at, by, what: 'created', before: null, after: kind, why };
        try {
          const created = await model.create({
            recordId: randomUUID(),
            ...{ organizationId, integrationId: pattern.integrationId, patternId: pattern.patternId },
            ...{ kind, number, title: pattern.title, status: 'new', createdBy: by, createdAt: at, updatedAt: at },
            decided: by === AUTOMATIC ? [] : ['kind'],
            history: [entry],
          });
          return issueRecordSchema.parse(created.toObject());
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
    },

    /**
     * Changes a record by what `decide` makes of it as it is now, together with its history. It is asked again when
     * somebody else was faster; null leaves the record as it is.
     * @returns the record as it is then; null when there is none
     */
    async change(
      organizationId: string,
      recordId: string,
      decide: (record: IssueRecord) => RecordChange | null,
    ): Promise<IssueRecord | null> {
      for (;;) {
        const found = await model.findOne({ organizationId, recordId }, LISTED).lean();
        const record = parsed(found);
        const change = record && decide(record);
        if (!found || !record || !change) return record;
        const { set, entries } = change;
        const at = entries.at(-1)?.at ?? record.updatedAt;
        const address = set.kind &&
          set.kind !== record.kind && {
            number: await nextNumber(organizationId, set.kind),
            former: [...record.former, { kind: record.kind, number: record.number }],
          };
        // Whatever was started for an earlier resolution is none of this one's.
        const unchecked = set.resolution?.outcome === null && { checkStartedAt: null };
        try {
          const { matchedCount } = await model.updateOne(
            // Records of an earlier version have none.
            { organizationId, recordId, revision: found.revision ?? { $exists: false } },
            {
              $set: { ...set, ...address, ...unchecked, updatedAt: at },
              $push: { history: { $each: entries } },
              $inc: { revision: 1 },
            },
          );
          if (matchedCount > 0) return { ...record, ...set, ...address, updatedAt: at };
        } catch (error) {
          // Another number helps; of a pattern that has a record by now, asking again would find the same for ever.
          if (!isDuplicateKey(error) || !address) throw error;
        }
      }
    },

    /** Highest number first; without those that were merged into another. */
    list: (
      organizationId: string,
      kind: RecordKind,
      filter: { status?: RecordStatus | undefined } = {},
    ): Promise<IssueRecord[]> =>
      findAll({ organizationId, kind, mergedInto: null, ...(filter.status && { status: filter.status }) }),

    byPatterns: (organizationId: string, patternIds: readonly string[]): Promise<IssueRecord[]> =>
      findAll({ organizationId, patternId: { $in: [...patternIds] } }),

    /** Records that were made from these patterns, and now stand for another that they were merged into. */
    movedFrom: (organizationId: string, patternIds: readonly string[]): Promise<IssueRecord[]> =>
      findAll({ organizationId, originPatternId: { $in: [...patternIds] } }),

    get: (organizationId: string, kind: RecordKind, number: number): Promise<IssueRecord | null> =>
      find({ organizationId, kind, number }),

    /** The record that had this number before its kind changed. */
    byFormer: (organizationId: string, kind: RecordKind, number: number): Promise<IssueRecord | null> =>
      find({ organizationId, former: { $elemMatch: { kind, number } } }),

    /** Every change, oldest first. */
    async history(organizationId: string, recordId: string): Promise<HistoryEntry[]> {
      const found = await model.findOne({ organizationId, recordId }, { history: 1 }).lean();
      return (found?.history ?? []).map((entry) => historyEntrySchema.parse(entry));
    },

    /** Notes that the outcome check of a resolution was started. */
    async markCheckStarted(organizationId: string, recordId: string, at: Date): Promise<void> {
      await model.updateOne({ organizationId, recordId }, { $set: { checkStartedAt: at } });
    },

    /**
     * Records of all organizations whose outcome check is due and has not come, or was never started: what the sweep
     * looks after.
     */
    async uncheckedOutcomes(dueBefore: Date, limit: number): Promise<IssueRecord[]> {
      const found = await model
        .find(
          {
            status: 'done',
            // Those of an earlier version were done without one.
            resolution: { $ne: null },
            'resolution.outcome': null,
            $or: [{ checkStartedAt: null }, { 'resolution.checkAt': { $lt: dueBefore } }],
          },
          LISTED,
        )
        .limit(limit)
        .lean();
      return found.map((document) => issueRecordSchema.parse(document)).filter(({ resolution }) => resolution !== null);
    },
  };
}

import { isDeepStrictEqual } from 'node:util';
import type { Connection } from 'mongoose';
import type { SyncEvent } from '../domain/sync-event.ts';
import { syncEventModel, toSyncEvent } from './sync-event-schema.ts';

const SCRATCH = 'syncEventsRebuilt';
const BATCH = 500;

/** One row that the log and the histories do not agree on. */
export interface LogDifference {
  organizationId: string;
  eventId: string;
  /** Not in the log; in both with other values; or newer in the log than any history that ended with it. */
  kind: 'missing' | 'different' | 'newerInLog';
  /** Names of the fields that differ, without their values. */
  fields: string[];
}

/**
 * A second copy of the log, made from workflow histories in a collection of its own, compared with the one that people
 * read, and taken over from there. Rows that no history holds any more stay as they are.
 */
export function createRebuiltLog(connection: Connection) {
  const live = syncEventModel(connection);
  const copy = connection.collection<{ _id: string; revision: number; attempts?: unknown }>(SCRATCH);

  return {
    clear: async (): Promise<void> => void (await copy.deleteMany({})),

    /** Keeps the newest of each row, in whichever order they come. */
    async put(rows: readonly SyncEvent[]): Promise<void> {
      if (rows.length === 0) return;
      const documents = rows.map((row) => ({ ...toDocument(row), _id: `${row.organizationId}/${row.eventId}` }));
      await copy.bulkWrite(
        documents.flatMap(({ _id, ...fields }) => [
          { updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true } },
          { updateOne: { filter: { _id, revision: { $lt: fields.revision } }, update: { $set: fields } } },
        ]),
      );
    },

    /** Every row of the copy that the log does not have like this, and how many it does. */
    async *compare(): AsyncGenerator<LogDifference | 'equal'> {
      for await (const rows of inBatches(copy.find().sort({ _id: 1 }))) {
        const found = await live.find({ eventId: { $in: rows.map(({ eventId }) => eventId) } }).lean();
        const known = new Map(found.map((row) => [`${row.organizationId}/${row.eventId}`, toSyncEvent(row)]));
        for (const rebuilt of rows) {
          const { organizationId, eventId } = rebuilt;
          const row = known.get(`${organizationId}/${eventId}`);
          const fields = row ? differingFields(row, rebuilt) : [];
          if (row && fields.length === 0) yield 'equal';
          else if (!row) yield { organizationId, eventId, kind: 'missing', fields };
          else {
            yield {
              organizationId,
              eventId,
              kind: row.revision > rebuilt.revision ? 'newerInLog' : 'different',
              fields,
            };
          }
        }
      }
    },

    /** Gives the log the copy's rows of these ids. The counters are the caller's to renew (`syncEvents.recount`). */
    async restore(organizationId: string, eventIds: readonly string[]): Promise<void> {
      for await (const rows of inBatches(
        copy.find({ _id: { $in: eventIds.map((id) => `${organizationId}/${id}`) } }),
      )) {
        await live.collection.bulkWrite(
          rows.map((row) => ({
            replaceOne: {
              filter: { eventId: row.eventId, organizationId },
              replacement: toDocument(row),
              upsert: true,
            },
          })),
          { ordered: false },
        );
      }
    },
  };
}

/** Attempts are stored by their keys, so that an activity that is repeated later still meets its own. */
const toDocument = ({ attempts, ...row }: SyncEvent) => ({
  ...row,
  attempts: Object.fromEntries(attempts.map((attempt, index) => [attempt.key ?? `${index}`, withoutKey(attempt)])),
});

const withoutKey = ({ key: _key, ...attempt }: SyncEvent['attempts'][number]) => attempt;

async function* inBatches(cursor: AsyncIterable<{ attempts?: unknown }>): AsyncGenerator<SyncEvent[]> {
  let rows: SyncEvent[] = [];
  for await (const document of cursor) {
    rows.push(toSyncEvent(document));
    if (rows.length < BATCH) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

function differingFields(row: SyncEvent, other: SyncEvent): string[] {
  const values = new Map(Object.entries(other));
  return Object.entries(row)
    .filter(([name, value]) => !isDeepStrictEqual(value, values.get(name)))
    .map(([name]) => name);
}

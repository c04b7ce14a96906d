import type { Connection } from 'mongoose';
import { createLogFacets, facetSchema, type LogFacet } from './log-facets.ts';
import { createLogHours, hourAfter, hourOf } from './log-hours.ts';
import { countRows, createSyncEventCounting } from './sync-event-counting.ts';
import { createSyncEventReading } from './sync-event-reading.ts';
import { syncEventModel } from './sync-event-schema.ts';
import { createSyncEventWriting } from './sync-event-writing.ts';

export type { SyncEventFilter } from './sync-event-filter.ts';
export type { SyncEventOpening, SyncEventSettlement } from './sync-event-writing.ts';

/** The HelpScout Log. Rows are opened before a call and settled after it; both are safe to repeat. */
export function createSyncEventStore(connection: Connection) {
  const model = syncEventModel(connection);
  const hours = createLogHours(connection, async (organizationId, from, to) => {
    const counted = await countRows(model, { organizationId, createdAt: { $gte: from, $lt: to } });
    return counted.map(({ type, status, direction, events }) => ({ type, status, direction, events }));
  });

  /** Has all hours counted anew, whether rows or counters are left of them. @returns the kinds of rows there are */
  const survey = async (organizationId: string): Promise<LogFacet[]> => {
    const facets = new Map<string, LogFacet>();
    const times = new Set((await hours.list(organizationId)).map((hour) => hour.getTime()));
    const rows = model.find({ organizationId }, { _id: 0, type: 1, direction: 1, createdAt: 1 }).lean().cursor();
    for await (const row of rows) {
      const { type, direction } = facetSchema.parse(row);
      facets.set(`${type} ${direction}`, { type, direction });
      times.add(hourOf(row.createdAt).getTime());
    }
    const marked = [...times].map((time) => new Date(time));
    await hours.around(organizationId, marked, async () => undefined);
    return [...facets.values()];
  };

  const facets = createLogFacets(connection, survey);
  const reading = createSyncEventReading(model, { hours, facets });
  return {
    ...reading,
    ...createSyncEventWriting(model, { hours, facets }),
    ...createSyncEventCounting(model, {
      hours,
      facets,
      newestIds: async (organizationId, filter, most) =>
        (await reading.list(organizationId, filter, { limit: most })).events.map(({ eventId }) => eventId),
    }),

    /** Takes away the counters of hours that have no rows any more; ends at the hour that `before` lies in. */
    async removeEmptyHours(organizationId: string, before: Date): Promise<void> {
      await hours.read(organizationId, undefined, hourAfter(hourOf(before)));
    },

    /** After rows were changed by other means than these functions: finds out what there is, counters included. */
    recount: facets.renew,
  };
}

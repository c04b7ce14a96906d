import { type LoggedRow, toLoggedRow } from '../domain/logged-row.ts';
import type { SyncEvent, SyncEventType } from '../domain/sync-event.ts';
import type { LogFacets } from './log-facets.ts';
import type { LogHours } from './log-hours.ts';
import { type LogWindow, logWindows } from './log-windows.ts';
import { mergeSorted } from './merge-sorted.ts';
import type { Cursor } from './paging.ts';
import { beginningWith, fits, type ReadFilter, readFilter, type SyncEventFilter } from './sync-event-filter.ts';
import { type SyncEventModel, toSyncEvent } from './sync-event-schema.ts';
import { type Order, queriesOf, SORT, type Stripe, stripesOf } from './sync-event-stripes.ts';

/** Rows that a stream fetches at a time, over all stripes. */
const STREAM_ROWS = 500;

export interface Page {
  limit: number;
  cursor?: Cursor | undefined;
  /** Newest first, if not told. */
  order?: Order | undefined;
}

/** Reads of the log. Each list comes from indexes in its order; nothing is sorted by the server. */
export function createSyncEventReading(
  model: SyncEventModel,
  { hours, facets }: { hours: LogHours; facets: LogFacets },
) {
  /**
   * Rows of one stripe, `first` to begin with, then a half more of what was read. Each query says with its limit how many
   * it is for: no server keeps a cursor for rows that nobody asks for.
   */
  async function* readStripe(
    organizationId: string,
    stripe: Stripe,
    filter: ReadFilter,
    { cursor, order, first, most }: { cursor: Cursor | undefined; order: Order; first: number; most: number },
  ): AsyncGenerator<SyncEvent> {
    let after = cursor;
    for (let read = 0; ; ) {
      const batch = Math.min(most, Math.max(first, Math.floor(read / 2)));
      const found: SyncEvent[] = [];
      for (const query of queriesOf(organizationId, stripe, filter, order, after)) {
        const limit = batch - found.length;
        const documents = await model.find(query).sort(SORT[order]).limit(limit).lean();
        found.push(...documents.map(toSyncEvent));
        if (documents.length === limit) break;
      }
      for (const row of found) if (fits(filter, row)) yield row;
      const last = found.at(-1);
      if (!last || found.length < batch) return;
      read += found.length;
      after = cursorAt(last);
    }
  }

  /** Rows in the list's order, from a cursor on. `rows`: about how many will be read. */
  async function* walk(
    organizationId: string,
    filter: ReadFilter,
    { cursor, order = 'newestFirst', rows }: { cursor?: Cursor | undefined; order?: Order | undefined; rows: number },
  ): AsyncGenerator<SyncEvent> {
    const stripes = stripesOf(filter, await facets.list(organizationId));
    // What is searched for has few rows: its time is not cut.
    const windows = searchesOne(filter)
      ? wholeWindow(filter)
      : logWindows(hours, organizationId, ahead(filter, order, cursor), { order, rows });
    let all = 0;
    for (let inWindow: number | undefined; ; ) {
      const { value: window } = await windows.next(inWindow);
      if (!window) return;
      const { from, to, shareOf } = window;
      const left = rows - (all % rows);
      // Not more rows are fetched in vain than are shown.
      const firstOf = (stripe: Stripe) => {
        const share = stripes.length === 1 ? 1 : (shareOf(stripe) ?? 2 / stripes.length) / 2;
        return Math.max(1, Math.floor(left * share));
      };
      const inside = { ...filter, from, to };
      inWindow = 0;
      for await (const row of mergeSorted(
        stripes.map((stripe) =>
          readStripe(organizationId, stripe, inside, { cursor, order, first: firstOf(stripe), most: rows }),
        ),
        isBefore(order),
      )) {
        inWindow += 1;
        all += 1;
        yield row;
      }
    }
  }

  return {
    /** Rows of a page, and where the next one begins; null when there is none. */
    async list(
      organizationId: string,
      filter: SyncEventFilter,
      { limit, cursor, order }: Page,
    ): Promise<{ events: SyncEvent[]; next: Cursor | null }> {
      const events: SyncEvent[] = [];
      for await (const event of walk(organizationId, readFilter(filter), { cursor, order, rows: limit + 1 })) {
        const last = events.at(-1);
        if (last && events.length === limit) return { events, next: cursorAt(last) };
        events.push(event);
      }
      return { events, next: null };
    },

    /** The rows of `list`, all of them and in its order; few of them in memory at a time. */
    async *stream(organizationId: string, filter: SyncEventFilter, order?: Order): AsyncGenerator<SyncEvent> {
      yield* walk(organizationId, readFilter(filter), { order, rows: STREAM_ROWS });
    },

    async get(organizationId: string, eventId: string): Promise<SyncEvent | null> {
      const found = await model.findOne({ eventId, organizationId }).lean();
      return found ? toSyncEvent(found) : null;
    },

    /** Which of some rows have not come to an end, and wait for nobody. */
    async underWay(organizationId: string, eventIds: readonly string[]): Promise<string[]> {
      const query = { eventId: { $in: [...eventIds] }, organizationId, status: { $in: ['pending', 'retrying'] } };
      const found = await model.find(query, { eventId: 1, _id: 0 }).lean();
      return found.map(({ eventId }) => eventId);
    },

    /**
     * Rows as they stand, for the result of the activity that wrote them: what a workflow's history holds, the log can
     * be rebuilt from (encrypted there). Every activity that writes rows returns them as `log`.
     */
    async logged(organizationId: string, eventIds: readonly string[]): Promise<LoggedRow[]> {
      if (eventIds.length === 0) return [];
      const found = await model.find({ eventId: { $in: [...eventIds] }, organizationId }).lean();
      return found.map((document) => toLoggedRow(toSyncEvent(document)));
    },

    /**
     * Addresses of customers that begin with a text, in any case: the first few in their order. Each is looked up behind
     * the one before, since one address may have thousands of rows.
     */
    async addressesBeginningWith(organizationId: string, beginning: string, most: number): Promise<string[]> {
      const addresses: string[] = [];
      let range: Record<string, string> = beginningWith(beginning);
      while (addresses.length < most) {
        const found = await model
          .findOne({ organizationId, customerEmail: range }, { customerEmail: 1, _id: 0 })
          .sort({ customerEmail: 1 })
          .lean();
        if (!found?.customerEmail) break;
        addresses.push(found.customerEmail);
        const { $gte: _from, ...rest } = range;
        range = { ...rest, $gt: found.customerEmail };
      }
      return addresses;
    },

    /** Whether the organization has any row. */
    async exists(organizationId: string): Promise<boolean> {
      return (await model.exists({ organizationId })) !== null;
    },

    /** When the newest row (of some types) was created; null when there is none. */
    async lastEventAt(organizationId: string, types?: readonly SyncEventType[]): Promise<Date | null> {
      for await (const row of walk(organizationId, readFilter({ types }), { rows: 1 })) return row.createdAt;
      return null;
    },
  };
}

const searchesOne = ({ submissionId, conversationId, customerExternalId, customerEmail }: ReadFilter) =>
  [submissionId, conversationId, customerExternalId, customerEmail].some((value) => value !== undefined);

const cursorAt = ({ createdAt, eventId }: SyncEvent): Cursor => ({ at: createdAt, id: eventId });

async function* wholeWindow({ from, to }: ReadFilter): AsyncGenerator<LogWindow, void, number | undefined> {
  yield { from, to, shareOf: () => null };
}

/** A filter without the time that lies behind a cursor. */
function ahead(filter: ReadFilter, order: Order, cursor: Cursor | undefined): ReadFilter {
  if (!cursor) return filter;
  const { from, to } = filter;
  const past = new Date(cursor.at.getTime() + 1);
  return order === 'newestFirst'
    ? { ...filter, to: to && to < past ? to : past }
    : { ...filter, from: from && from > cursor.at ? from : cursor.at };
}

type Place = Pick<SyncEvent, 'createdAt' | 'eventId'>;

/** Ids are compared as the database does: by code points, where JavaScript's `<` goes by halves of them. */
const isBefore =
  (order: Order) =>
  (a: Place, b: Place): boolean => {
    const older =
      a.createdAt.getTime() - b.createdAt.getTime() || Buffer.compare(Buffer.from(a.eventId), Buffer.from(b.eventId));
    return order === 'newestFirst' ? older > 0 : older < 0;
  };

import type { LogCount, LogHours } from './log-hours.ts';
import { hourAfter, hourOf } from './log-hours.ts';
import type { ReadFilter } from './sync-event-filter.ts';
import type { Order, Stripe } from './sync-event-stripes.ts';

/** Hours looked at first; then ever more. */
const FIRST_HOURS = 48;
/** After a window that held far fewer rows than expected, the next one is so much wider; so are the looks at hours. */
const GROWTH = 4;

/** A part of the log's time, ends as in a filter, and what is expected there. */
export interface LogWindow {
  from: Date | undefined;
  to: Date | undefined;
  /** Share of the window's rows that a stripe is expected to hold; null when nothing tells. */
  shareOf(stripe: Stripe): number | null;
}

const kindOf = ({ type, status, direction }: Stripe | LogCount) => `${type} ${status} ${direction}`;

/**
 * Cuts the time of a filter into windows with about as many fitting rows as will be read, in the list's order and without
 * a gap: some servers read a range to its end even when asked for a few rows of it. The counters' last known numbers
 * only place the cuts; they may be old or missing. Tell each window how many rows were found in the one before.
 */
export async function* logWindows(
  hours: LogHours,
  organizationId: string,
  filter: ReadFilter,
  { order, rows }: { order: Order; rows: number },
): AsyncGenerator<LogWindow, void, number | undefined> {
  const newestFirst = order === 'newestFirst';
  let { from, to } = filter;
  let target = rows;
  let expected = 0;
  let kinds = new Map<string, number>();
  const shares = (counted: ReadonlyMap<string, number>, all: number) => (stripe: Stripe) =>
    stripe.type === undefined || all === 0 ? null : (counted.get(kindOf(stripe)) ?? 0) / all;

  for await (const { hour, counts } of eachHour(hours, organizationId, filter, newestFirst)) {
    // Of an hour that was never counted, it is not known that it has none.
    if (!counts) expected += rows;
    for (const count of counts ?? []) {
      if (!isOfKind(filter, count)) continue;
      expected += count.events;
      kinds.set(kindOf(count), (kinds.get(kindOf(count)) ?? 0) + count.events);
    }
    if (expected < target) continue;
    const edge = newestFirst ? hour : hourAfter(hour);
    // The first or last hour may reach beyond the filter.
    if ((from && edge <= from) || (to && edge >= to)) continue;
    const shareOf = shares(kinds, expected);
    const found = newestFirst ? yield { from: edge, to, shareOf } : yield { from, to: edge, shareOf };
    target = (found ?? 0) * 2 < expected ? target * GROWTH : rows;
    if (newestFirst) to = edge;
    else from = edge;
    expected = 0;
    kinds = new Map();
  }
  yield { from, to, shareOf: shares(kinds, expected) };
}

async function* eachHour(hours: LogHours, organizationId: string, { from, to }: ReadFilter, newestFirst: boolean) {
  let [first, end] = [from && hourOf(from), to];
  for (let most = FIRST_HOURS; ; most *= GROWTH) {
    const some = await hours.outline(organizationId, { from: first, to: end, newestFirst, most });
    yield* some;
    const last = some.at(-1);
    if (!last || some.length < most) return;
    if (newestFirst) end = last.hour;
    else first = hourAfter(last.hour);
  }
}

const isOfKind = ({ types, statuses, direction, errorCode }: ReadFilter, count: LogCount) =>
  // Other rows hardly show a cause.
  (errorCode === undefined || count.status === 'failed' || count.status === 'retrying') &&
  (types?.includes(count.type) ?? true) &&
  (statuses?.includes(count.status) ?? true) &&
  (direction === undefined || direction === count.direction);

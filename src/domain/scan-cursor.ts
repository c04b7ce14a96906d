/**
 * Where a scan is in Help Scout's list, which is read from its oldest conversation to its newest. Plain JSON: it crosses
 * continue-as-new.
 */
export interface ScanCursor {
  /** What was created at this second or later is still to read (ISO 8601 with seconds); null before the first page. */
  createdFrom: string | null;
  /** From 1; above 1 only where one second holds more conversations than a page. */
  page: number;
  /** Read already, and created at that second: they are on the next page once more. */
  seen: number[];
}

export const FIRST_PAGE: ScanCursor = { createdFrom: null, page: 1, seen: [] };

export interface PageRead {
  /** In the page's order, oldest first; unreadable ones have no time. */
  items: readonly { id: number; createdAt?: string }[];
  /** Pages of the list as it was asked for, from `createdFrom` on. */
  pages: number;
}

/**
 * The next page to read, or null at the end. Each page is asked for by the creation time the one before ended with, not
 * by its number: page numbers shift whenever something before them is deleted or added, a creation time never does. What
 * enters the list behind the cursor (moved into a mailbox, imported with an old date) was modified after the scan began
 * and comes with what changed meanwhile.
 */
export function nextCursor(cursor: ScanCursor, { items, pages }: PageRead): ScanCursor | null {
  // A page without anything ends the list, however many it says are left.
  if (cursor.page >= pages || items.length === 0) return null;
  const last = items.findLast(({ createdAt }) => createdAt)?.createdAt;
  // Only ever forward: a list that was not filtered as asked is read by its page numbers, not for ever.
  if (last === undefined || !isLater(last, cursor.createdFrom)) return { ...cursor, page: cursor.page + 1 };
  const seen = items.filter(({ createdAt }) => createdAt && !isLater(last, createdAt)).map(({ id }) => id);
  return { createdFrom: last, page: 1, seen };
}

/** By whole seconds, as the list is asked for. */
const isLater = (time: string, than: string | null): boolean => than === null || secondOf(time) > secondOf(than);
const secondOf = (time: string): number => Math.floor(Date.parse(time) / 1000);

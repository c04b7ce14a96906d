/** Where a scan is in Help Scout's page-numbered list. Plain JSON: it crosses continue-as-new. */
export interface ScanCursor {
  page: number;
  /** Help Scout's count when the page before was read; null before the first page. */
  total: number | null;
}

export interface PageRead {
  /** How many conversations and pages the list had when this page was read. */
  total: number;
  pages: number;
}

/**
 * The next page to read, or null at the end. The list is sorted by creation, oldest first, so a conversation that
 * changes keeps its place and new ones come last; an old one that enters the window only repeats others. What is
 * deleted (or moved away) lets all later ones slip forward, past the page that is read next: then we step back by as
 * many pages as were lost. Reading a conversation twice is harmless.
 */
export function nextCursor(cursor: ScanCursor, read: PageRead): ScanCursor | null {
  const lost = cursor.total === null ? 0 : Math.max(0, cursor.total - read.total);
  const pageSize = Math.max(1, Math.ceil(read.total / Math.max(1, read.pages)));
  if (lost > 0)
    return { page: Math.max(1, Math.min(cursor.page, read.pages + 1) - Math.ceil(lost / pageSize)), total: read.total };
  return cursor.page < read.pages ? { page: cursor.page + 1, total: read.total } : null;
}

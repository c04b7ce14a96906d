import { createIndexColumns, type IndexEntry, indexEntryOf } from './index-columns.ts';
import type { Conversation, ConversationStatus } from './model.ts';
import { createSortedRows, type SortedRows } from './sorted-rows.ts';

export const SORT_FIELDS = [
  'createdAt',
  'customerEmail',
  'customerName',
  'mailboxid',
  'modifiedAt',
  'number',
  'score',
  'status',
  'subject',
  'waitingSince',
] as const;
export type SortField = (typeof SORT_FIELDS)[number];
const TEXT_FIELDS = ['customerEmail', 'customerName', 'subject'] as const;
type TextField = (typeof TEXT_FIELDS)[number];
type NumberField = Exclude<SortField, TextField>;

export interface SearchIndexOptions {
  expectedRows: number;
  now: () => number;
  /** How long after a change the index has it; asked anew each time, because it can be switched. */
  lagMs: () => number;
  /** What to sort by where a row has no column of it. */
  textOf(field: TextField, row: number): string;
}

/** The order of a sort field, the newest known first when descending. */
export interface Selection {
  sortField: SortField;
  sortOrder: 'asc' | 'desc';
  matches(row: number): boolean;
  /** How many of the matching rows to leave out, and how many to answer after them. */
  skip: number;
  take: number;
}

interface Update {
  row: number;
  atMs: number;
  entry: IndexEntry;
  /** The conversation as it was then: words are searched in it until a later update. */
  snapshot: Conversation;
}

/**
 * What lists are answered from. Like the original's it may lag behind what is stored: then a change is held back until the
 * clock has passed, and words are searched in what the index has already seen.
 */
export function createSearchIndex({ expectedRows, now, lagMs, textOf }: SearchIndexOptions) {
  const columns = createIndexColumns(expectedRows);
  const waiting: Update[] = [];
  /** As the index sees those which have an update waiting; null is one it has not seen at all. */
  const seen = new Map<number, Conversation | null>();
  const numberOrders: Record<NumberField, SortedRows> = {
    createdAt: createSortedRows(columns.createdAtMs),
    mailboxid: createSortedRows(columns.mailboxId),
    modifiedAt: createSortedRows(columns.modifiedAtMs),
    number: createSortedRows((row) => row),
    // Relevance is not played: all are equal and the row decides.
    score: createSortedRows(() => 0),
    status: createSortedRows((row) => STATUS_RANKS[columns.status(row)]),
    waitingSince: createSortedRows(columns.waitingSinceMs),
  };
  let textOrder: { field: TextField; rows: Uint32Array } | null = null;

  function write(row: number, entry: IndexEntry): void {
    const orders = Object.values(numberOrders);
    if (row < columns.length()) for (const order of orders) order.remove(row);
    columns.write(row, entry);
    for (const order of orders) order.insert(row);
    textOrder = null;
  }

  const isDue = (atMs: number) => lagMs() === 0 || atMs + lagMs() <= now();

  function catchUp(): void {
    const dueCount = waiting.findIndex(({ atMs }) => !isDue(atMs));
    for (const { row, entry, snapshot } of waiting.splice(0, dueCount === -1 ? waiting.length : dueCount)) {
      write(row, entry);
      if (waiting.some((later) => later.row === row)) seen.set(row, snapshot);
      else seen.delete(row);
    }
  }

  function ascending(field: SortField): Uint32Array {
    if (!isTextField(field)) return numberOrders[field].ascending(columns.length());
    if (textOrder?.field !== field) textOrder = { field, rows: rowsByText((row) => textOf(field, row)) };
    return textOrder.rows;
  }

  function rowsByText(keyOf: (row: number) => string): Uint32Array {
    const keys = Array.from({ length: columns.length() }, (_, row) => keyOf(row));
    return Uint32Array.from(keys.keys()).sort((one, other) => {
      const [a = '', b = ''] = [keys[one], keys[other]];
      return a === b ? one - other : a < b ? -1 : 1;
    });
  }

  return {
    columns,
    /** A row of what is there from the start; the index has it at once. */
    load: (row: number, entry: IndexEntry): void => columns.write(row, entry),
    /** Tells that a conversation was made or changed. */
    update(row: number, conversation: Conversation): void {
      catchUp();
      const atMs = now();
      const entry = indexEntryOf(conversation);
      if (waiting.length === 0 && lagMs() === 0) {
        seen.delete(row);
        write(row, entry);
      } else {
        waiting.push({ row, atMs, entry, snapshot: structuredClone(conversation) });
      }
    },
    /** Call it before a change, with what is stored until then: null for a new conversation. */
    keepSeen(row: number, before: Conversation | null): void {
      if (lagMs() > 0 && !seen.has(row)) seen.set(row, structuredClone(before));
    },
    /** What the words of a row are searched in; undefined when that is simply what is stored. */
    seen: (row: number): Conversation | null | undefined => seen.get(row),
    /** Forgets the order by texts, which may have changed elsewhere: a customer's name does. */
    textsChanged(): void {
      textOrder = null;
    },
    /** The rows that match, in order: their number, and the ones asked for. */
    select({ sortField, sortOrder, matches, skip, take }: Selection): { total: number; rows: number[] } {
      catchUp();
      const order = ascending(sortField);
      const rows: number[] = [];
      let total = 0;
      for (let index = 0; index < order.length; index += 1) {
        const row = order[sortOrder === 'asc' ? index : order.length - 1 - index] ?? 0;
        if (!columns.isListed(row) || !matches(row)) continue;
        if (total >= skip && rows.length < take) rows.push(row);
        total += 1;
      }
      return { total, rows };
    },
  };
}

/** As their names are ordered. */
const STATUS_RANKS: Record<ConversationStatus, number> = { active: 0, closed: 1, pending: 2, spam: 3 };

function isTextField(field: SortField): field is TextField {
  return TEXT_FIELDS.some((text) => text === field);
}

import { CONVERSATION_STATUSES, type Conversation, type ConversationStatus } from './model.ts';

/** What lists filter and sort by, of one conversation. */
export interface IndexEntry {
  createdAtMs: number;
  modifiedAtMs: number;
  waitingSinceMs: number;
  status: ConversationStatus;
  mailboxId: number;
  customerId: number;
  assigneeId: number | null;
  tags: readonly string[];
  hasAttachments: boolean;
  hasFields: boolean;
  /** Whether anybody is in its cc or bcc, or in a thread's. */
  hasCopies: boolean;
  /** Whether lists have it at all: not once it was deleted or merged away. */
  isListed: boolean;
}

export function indexEntryOf(conversation: Conversation): IndexEntry {
  const { activity } = conversation;
  return {
    createdAtMs: conversation.createdAtMs,
    modifiedAtMs: activity.modifiedAtMs,
    waitingSinceMs: activity.waitingSinceMs,
    status: conversation.status,
    mailboxId: conversation.mailboxId,
    customerId: conversation.customerId,
    assigneeId: conversation.assigneeId,
    tags: conversation.tags,
    hasAttachments: conversation.threads.some(({ attachments }) => attachments.length > 0),
    hasFields: conversation.fields.length > 0,
    hasCopies: [conversation, ...conversation.threads].some(({ cc, bcc }) => cc.length > 0 || bcc.length > 0),
    isListed: !isGone(conversation),
  };
}

/** Deleted, or merged into another conversation. */
export function isGone({ state, mergedInto }: Conversation): boolean {
  return state === 'deleted' || mergedInto !== null;
}

const HAS_ATTACHMENTS = 1;
const IS_LISTED = 2;
const HAS_FIELDS = 4;
const HAS_COPIES = 8;

/**
 * The index as columns, a row for each conversation: some 30 bytes each, whatever the conversation holds. Times are kept in
 * seconds, which is how precise they are.
 */
export function createIndexColumns(expectedRows: number) {
  let capacity = Math.max(1024, expectedRows + 256);
  let length = 0;
  let created = new Uint32Array(capacity);
  let modified = new Uint32Array(capacity);
  let waiting = new Uint32Array(capacity);
  let mailbox = new Uint32Array(capacity);
  let customer = new Uint32Array(capacity);
  let assignee = new Uint32Array(capacity);
  let tagSet = new Uint32Array(capacity);
  let status = new Uint8Array(capacity);
  let flags = new Uint8Array(capacity);
  const tagSets = createTagSets();

  function grow(): void {
    capacity *= 2;
    [created, modified, waiting, mailbox, customer, assignee, tagSet] = [
      grown32(created, capacity),
      grown32(modified, capacity),
      grown32(waiting, capacity),
      grown32(mailbox, capacity),
      grown32(customer, capacity),
      grown32(assignee, capacity),
      grown32(tagSet, capacity),
    ];
    [status, flags] = [grown8(status, capacity), grown8(flags, capacity)];
  }

  return {
    length: (): number => length,
    /** Writes a row; one past the end adds it. Rows between, if any, are not listed until they are written. */
    write(row: number, entry: IndexEntry): void {
      while (row >= capacity) grow();
      length = Math.max(length, row + 1);
      created[row] = secondsOf(entry.createdAtMs);
      modified[row] = secondsOf(entry.modifiedAtMs);
      waiting[row] = secondsOf(entry.waitingSinceMs);
      mailbox[row] = entry.mailboxId;
      customer[row] = entry.customerId;
      assignee[row] = entry.assigneeId ?? 0;
      tagSet[row] = tagSets.idOf(entry.tags);
      status[row] = CONVERSATION_STATUSES.indexOf(entry.status);
      flags[row] =
        (entry.hasAttachments ? HAS_ATTACHMENTS : 0) |
        (entry.isListed ? IS_LISTED : 0) |
        (entry.hasFields ? HAS_FIELDS : 0) |
        (entry.hasCopies ? HAS_COPIES : 0);
    },
    createdAtMs: (row: number): number => (created[row] ?? 0) * 1000,
    modifiedAtMs: (row: number): number => (modified[row] ?? 0) * 1000,
    waitingSinceMs: (row: number): number => (waiting[row] ?? 0) * 1000,
    mailboxId: (row: number): number => mailbox[row] ?? 0,
    customerId: (row: number): number => customer[row] ?? 0,
    assigneeId: (row: number): number | null => assignee[row] || null,
    status: (row: number): ConversationStatus => CONVERSATION_STATUSES[status[row] ?? 0] ?? 'active',
    /** In lower case. */
    tags: (row: number): ReadonlySet<string> => tagSets.get(tagSet[row] ?? 0),
    hasAttachments: (row: number): boolean => ((flags[row] ?? 0) & HAS_ATTACHMENTS) !== 0,
    hasFields: (row: number): boolean => ((flags[row] ?? 0) & HAS_FIELDS) !== 0,
    hasCopies: (row: number): boolean => ((flags[row] ?? 0) & HAS_COPIES) !== 0,
    isListed: (row: number): boolean => ((flags[row] ?? 0) & IS_LISTED) !== 0,
  };
}

/** Few sets of tags are in use at a time, so a row holds the number of its set. */
function createTagSets() {
  const none: ReadonlySet<string> = new Set();
  const sets: ReadonlySet<string>[] = [none];
  const ids = new Map<string, number>([['', 0]]);
  return {
    get: (id: number): ReadonlySet<string> => sets[id] ?? none,
    idOf(tags: readonly string[]): number {
      if (tags.length === 0) return 0;
      const names = tags.map((tag) => tag.toLowerCase()).sort();
      const key = names.join('\n');
      const known = ids.get(key);
      if (known !== undefined) return known;
      ids.set(key, sets.length);
      return sets.push(new Set(names)) - 1;
    },
  };
}

/** Imports may be of any year: what a column cannot hold stands at its end, for it would come round at the other one. */
function secondsOf(ms: number): number {
  return Math.min(Math.max(ms / 1000, 0), 0xffff_ffff);
}

function grown32(column: Uint32Array, capacity: number) {
  const larger = new Uint32Array(capacity);
  larger.set(column);
  return larger;
}

function grown8(column: Uint8Array, capacity: number) {
  const larger = new Uint8Array(capacity);
  larger.set(column);
  return larger;
}

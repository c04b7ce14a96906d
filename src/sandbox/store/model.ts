/** A user (agent) or customer; users and customers have separate id spaces. */
export interface Person {
  id: number;
  first: string;
  last: string;
  email: string;
}

export interface Mailbox {
  id: number;
  name: string;
  slug: string;
  email: string;
}

export interface Tag {
  id: number;
  name: string;
}

export const CONVERSATION_STATUSES = ['active', 'pending', 'closed', 'spam'] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

export const THREAD_TYPES = ['customer', 'message', 'note'] as const;
export type ThreadType = (typeof THREAD_TYPES)[number];

export interface Thread {
  id: number;
  type: ThreadType;
  /** Plain text as written; the API sends it as HTML. */
  text: string;
  /** A customer's id on a `customer` thread, a user's id on the others. */
  authorId: number;
  createdAtMs: number;
}

/** Times that follow from the threads; kept up to date on every change because lists filter and sort by them. */
export interface Activity {
  modifiedAtMs: number;
  waitingSinceMs: number;
  latestReplyFrom: 'customer' | 'user';
  userUpdatedAtMs: number;
  /** What the API calls `threads`: published threads, notes left out. */
  publishedThreads: number;
}

export interface Conversation {
  id: number;
  number: number;
  /** The id of the corpus line, null for a conversation made later. */
  corpusId: string | null;
  mailboxId: number;
  subject: string;
  status: ConversationStatus;
  customerId: number;
  assigneeId: number | null;
  tags: Tag[];
  createdAtMs: number;
  closed: { atMs: number; byUserId: number } | null;
  /** Oldest first. */
  threads: Thread[];
  activity: Activity;
}

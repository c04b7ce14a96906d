import { z } from 'zod';

/** A user (agent) or customer; users and customers have separate id spaces. */
export interface Person {
  id: number;
  first: string;
  last: string;
  email: string;
}

export interface Team {
  id: number;
  name: string;
  memberIds: number[];
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

const id = z.number().int();
const ms = z.number().int();

export const CONVERSATION_STATUSES = ['active', 'pending', 'closed', 'spam'] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];
export const CONVERSATION_TYPES = ['email', 'chat', 'phone'] as const;
export type ConversationType = (typeof CONVERSATION_TYPES)[number];
export const CONVERSATION_STATES = ['published', 'draft', 'deleted'] as const;

export const THREAD_TYPES = [
  'customer',
  'message',
  'note',
  'lineitem',
  'phone',
  'chat',
  'beaconchat',
  'forwardparent',
  'forwardchild',
] as const;
export type ThreadType = (typeof THREAD_TYPES)[number];
export const THREAD_STATES = ['published', 'draft', 'hidden', 'review'] as const;
/** `nochange`: no change of status came with the thread. */
export const THREAD_STATUSES = [...CONVERSATION_STATUSES, 'nochange'] as const;
export const AUTHOR_TYPES = ['customer', 'user', 'system_user'] as const;

/** Users and system users have ids of their own spaces, as customers do. */
const authorSchema = z.object({ type: z.enum(AUTHOR_TYPES), id });
export type Author = z.infer<typeof authorSchema>;

/** How it came in; `via` of the API follows from the author. */
export const SOURCE_TYPES = [
  'api',
  'beacon',
  'channel',
  'chat',
  'consumer',
  'coreapi',
  'csv',
  'cvs',
  'desk',
  'docs',
  'email',
  'emailfwd',
  'heymarket',
  'internal',
  'jira',
  'manual',
  'mobile',
  'notification',
  'orchestration',
  'support',
  'unknown',
  'uservoice',
  'web',
  'workflows',
  'zendesk',
] as const;

export const attachmentSchema = z.object({
  id,
  fileName: z.string(),
  mimeType: z.string(),
  /** Bytes of the file, not of its base64. */
  size: z.number().int(),
  /** Base64. */
  data: z.string(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** What a line item says; `associatedEntities` are ids by kind: `{ originalConversation: 7002 }`. */
const actionSchema = z.object({
  type: z.string(),
  text: z.string(),
  associatedEntities: z.record(z.string(), z.number().int()),
});

export const threadSchema = z.object({
  id,
  type: z.enum(THREAD_TYPES),
  state: z.enum(THREAD_STATES),
  /** Empty on a line item. */
  text: z.string(),
  /** Whether `text` is HTML as an API call brought it; else it is plain text, which the API sends escaped. */
  isHtml: z.boolean(),
  status: z.enum(THREAD_STATUSES),
  author: authorSchema,
  /** The customer it is to or from, where that is not the conversation's. */
  customerId: id.nullable(),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  imported: z.boolean(),
  source: z.enum(SOURCE_TYPES),
  createdAtMs: ms,
  attachments: z.array(attachmentSchema),
  /** Null but on line items. */
  action: actionSchema.nullable(),
});
export type Thread = z.infer<typeof threadSchema>;

/** Values are texts, also for numbers and dates; a dropdown's is the id of its option. */
export const fieldValueSchema = z.object({ id, value: z.string() });
export type FieldValue = z.infer<typeof fieldValueSchema>;

export const snoozeSchema = z.object({ byUserId: id, untilMs: ms, unsnoozeOnCustomerReply: z.boolean() });

/** A conversation as events carry it: all but what follows from its threads and from what happens to it later. */
export const storedConversationSchema = z.object({
  id,
  number: z.number().int(),
  /** The id of the corpus line, null for a conversation made later or generated. */
  corpusId: z.string().nullable(),
  type: z.enum(CONVERSATION_TYPES),
  state: z.enum(CONVERSATION_STATES),
  status: z.enum(CONVERSATION_STATUSES),
  subject: z.string(),
  mailboxId: id,
  customerId: id,
  /** A user's or a team's id: they share one id space. */
  assigneeId: id.nullable(),
  /** Names as first written; the directory has their ids. Compared without case. */
  tags: z.array(z.string()),
  fields: z.array(fieldValueSchema),
  snooze: snoozeSchema.nullable(),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  source: z.enum(SOURCE_TYPES),
  createdAtMs: ms,
  closed: z.object({ atMs: ms, byUserId: id }).nullable(),
  /** Oldest first. */
  threads: z.array(threadSchema),
});
export type StoredConversation = z.infer<typeof storedConversationSchema>;

/** Times that follow from the threads; kept up to date on every change because lists filter and sort by them. */
export interface Activity {
  modifiedAtMs: number;
  waitingSinceMs: number;
  latestReplyFrom: 'customer' | 'user';
  userUpdatedAtMs: number;
  /** What the API calls `threads`: published threads, notes and line items left out. */
  publishedThreads: number;
}

export interface Conversation extends StoredConversation {
  activity: Activity;
  /** Where it went, when it was merged into another one; its threads went there too. */
  mergedInto: { id: number; atMs: number } | null;
}

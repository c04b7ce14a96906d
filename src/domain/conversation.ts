import { z } from 'zod';

/** Help Scout's thread types; `message` is a user's reply. */
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
export const threadTypeSchema = z.enum(THREAD_TYPES);

export const personSchema = z.object({
  kind: z.enum(['customer', 'user']),
  id: z.number().int().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
});
export type Person = z.infer<typeof personSchema>;

/** A file that came with a thread: named, never fetched. */
export const attachmentSchema = z.object({
  name: z.string(),
  mimeType: z.string(),
  /** In bytes. */
  size: z.number().int().nonnegative().optional(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

const offset = z.number().int().nonnegative();

/**
 * Where a stretch of a thread's text stands in its HTML: start and end in the text, start and end in the HTML (UTF-16
 * code units). Where both are of one length, they correspond character by character; else only as a whole.
 */
export const spanSchema = z.tuple([offset, offset, offset, offset]);
export type Span = z.infer<typeof spanSchema>;

/** A part of the HTML that is not part of the text: it would stand at `at`, and has so many characters. */
export const removedPartSchema = z.object({
  at: offset,
  kind: z.enum(['quote', 'signature', 'hidden']),
  characters: offset,
});
export type RemovedPart = z.infer<typeof removedPartSchema>;

/**
 * One message of a conversation as we keep it: `text` is readable text without quoted history, signatures and hidden
 * parts; offsets into it are UTF-16 code units.
 */
export const threadSchema = z.object({
  threadId: z.number().int(),
  type: threadTypeSchema,
  author: personSchema,
  text: z.string(),
  createdAt: z.date(),
  /** Absent in threads that were kept before these were read, as are the next two. */
  attachments: z.array(attachmentSchema).optional(),
  /** In the order of the text. */
  removed: z.array(removedPartSchema).optional(),
  /** In order, from the text's start to its end. */
  spans: z.array(spanSchema).optional(),
});
export type Thread = z.infer<typeof threadSchema>;

export const conversationSchema = z.object({
  organizationId: z.string(),
  integrationId: z.string(),
  conversationId: z.number().int(),
  number: z.number().int(),
  mailboxId: z.number().int(),
  subject: z.string(),
  status: z.string(),
  customer: personSchema,
  createdAt: z.date(),
  /** Help Scout's own link to the conversation. */
  webUrl: z.string(),
  threads: z.array(threadSchema),
  /** Changes exactly when a published thread is added, removed or edited. */
  contentHash: z.string(),
  importedAt: z.date(),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** Threads written by a customer: the only ones that evidence may quote. */
export function customerThreads<T extends Pick<Thread, 'author' | 'type'>>(threads: readonly T[]): T[] {
  return threads.filter((thread) => thread.author.kind === 'customer' && thread.type !== 'note');
}

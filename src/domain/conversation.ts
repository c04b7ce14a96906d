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

/** One message of a conversation as we keep it: `text` is readable text, offsets into it are UTF-16 code units. */
export const threadSchema = z.object({
  threadId: z.number().int(),
  type: threadTypeSchema,
  author: personSchema,
  text: z.string(),
  createdAt: z.date(),
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

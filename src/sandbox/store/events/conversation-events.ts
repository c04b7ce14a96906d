import { z } from 'zod';
import { CONVERSATION_STATUSES, THREAD_TYPES } from '../model.ts';

const conversationId = z.number().int();
const ms = z.number().int();

export const conversationEvents = [
  z.object({
    kind: z.literal('conversationCreated'),
    conversationId,
    threadId: z.number().int(),
    mailboxId: z.number().int(),
    subject: z.string(),
    text: z.string(),
    customerEmail: z.string(),
    tags: z.array(z.string()),
    atMs: ms,
  }),
  z.object({
    kind: z.literal('threadAdded'),
    conversationId,
    threadId: z.number().int(),
    type: z.enum(THREAD_TYPES),
    text: z.string(),
    /** What the conversation's status becomes; null leaves it. */
    status: z.enum(CONVERSATION_STATUSES).nullable(),
    atMs: ms,
  }),
] as const;

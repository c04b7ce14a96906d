import { z } from 'zod';
import {
  attachmentSchema,
  CONVERSATION_STATUSES,
  fieldValueSchema,
  snoozeSchema,
  storedConversationSchema,
  THREAD_STATES,
  threadSchema,
} from '../model.ts';

const conversationId = z.number().int();
const threadId = z.number().int();
const mailboxId = z.number().int();
const atMs = z.number().int();

/** Tags and fields replace the whole set; what is left out stays as it is. */
const changeSchema = z
  .object({
    subject: z.string(),
    status: z.enum(CONVERSATION_STATUSES),
    assigneeId: z.number().int().nullable(),
    customerId: z.number().int(),
    mailboxId,
    state: storedConversationSchema.shape.state.exclude(['deleted']),
    tags: z.array(z.string()),
    fields: z.array(fieldValueSchema),
    snooze: snoozeSchema.nullable(),
  })
  .partial();
export type ConversationChange = z.infer<typeof changeSchema>;

const threadChangeSchema = z.union([
  z.object({ text: z.string(), isHtml: z.boolean() }),
  z.object({ state: z.enum(THREAD_STATES) }),
]);
export type ThreadChange = z.infer<typeof threadChangeSchema>;

/** How a mailbox that is hidden answers: as if it were deleted (404), or as one the user may not see (403). */
export const HIDDEN_MODES = ['deleted', 'forbidden'] as const;
export type HiddenMode = (typeof HIDDEN_MODES)[number];

export const conversationEvents = [
  /** `atMs` is when it was stored: an import's own times are older. */
  z.object({ kind: z.literal('conversationCreated'), conversation: storedConversationSchema, atMs }),
  z.object({
    kind: z.literal('threadAdded'),
    conversationId,
    thread: threadSchema,
    /** What the conversation's status becomes; null leaves it. */
    conversationStatus: z.enum(CONVERSATION_STATUSES).nullable(),
    atMs,
  }),
  z.object({
    kind: z.literal('conversationChanged'),
    conversationId,
    /** Null when nobody in particular did it. */
    byUserId: z.number().int().nullable(),
    atMs,
    change: changeSchema,
  }),
  z.object({ kind: z.literal('threadChanged'), conversationId, threadId, atMs, change: threadChangeSchema }),
  z.object({ kind: z.literal('attachmentAdded'), conversationId, threadId, atMs, attachment: attachmentSchema }),
  z.object({ kind: z.literal('attachmentRemoved'), conversationId, attachmentId: z.number().int(), atMs }),
  z.object({ kind: z.literal('conversationDeleted'), conversationId, atMs }),
  z.object({
    kind: z.literal('conversationMerged'),
    conversationId,
    intoId: conversationId,
    /** Each moved thread leaves a line item on the survivor; these get the ids from here on. */
    firstLineItemId: threadId,
    byUserId: z.number().int(),
    atMs,
  }),
  z.object({ kind: z.literal('mailboxHidden'), mailboxId, mode: z.enum(HIDDEN_MODES), atMs }),
  z.object({ kind: z.literal('mailboxShown'), mailboxId, atMs }),
] as const;

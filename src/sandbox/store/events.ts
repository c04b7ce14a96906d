import { z } from 'zod';
import { CONVERSATION_STATUSES, THREAD_TYPES } from './model.ts';

const conversationId = z.number().int();
const ms = z.number().int();

const webhookSchema = z.object({
  id: z.number().int(),
  url: z.string(),
  state: z.enum(['enabled', 'disabled']),
  events: z.array(z.string()),
  secret: z.string(),
  label: z.string().nullable(),
  notification: z.boolean(),
  payloadVersion: z.enum(['V2', 'V3']),
  /** Null means all mailboxes. */
  mailboxIds: z.array(z.number().int()).nullable(),
});
export type Webhook = z.infer<typeof webhookSchema>;

export const FAULT_STATUSES = [401, 429, 500, 503, 504] as const;
const callFaultSchema = z.object({
  id: z.number().int(),
  template: z.string(),
  /** Null matches every method. */
  method: z.string().nullable(),
  status: z.literal(FAULT_STATUSES),
  /** How many calls are still to be answered so. */
  remaining: z.number().int(),
  retryAfterSeconds: z.number().int().nullable(),
});
export type CallFault = z.infer<typeof callFaultSchema>;

/** Everything that can change the sandbox's data after the corpus is loaded. Tokens and codes appear only as hashes. */
export const sandboxEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('corpusLoaded'), fingerprint: z.string() }),
  z.object({ kind: z.literal('codeIssued'), hash: z.string(), expiresAtMs: ms }),
  z.object({ kind: z.literal('codeUsed'), hash: z.string() }),
  z.object({
    kind: z.literal('tokensIssued'),
    accessHash: z.string(),
    expiresAtMs: ms,
    refreshHash: z.string().nullable(),
  }),
  z.object({ kind: z.literal('refreshTokenUsed'), hash: z.string() }),
  z.object({ kind: z.literal('accessTokensExpired') }),
  z.object({ kind: z.literal('tokensRevoked') }),
  z.object({ kind: z.literal('webhookSaved'), webhook: webhookSchema }),
  z.object({ kind: z.literal('webhookDeleted'), webhookId: z.number().int() }),
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
  z.object({ kind: z.literal('threadsBroken'), conversationId }),
  z.object({ kind: z.literal('threadsMended'), conversationId }),
  z.object({ kind: z.literal('callFaultAdded'), fault: callFaultSchema }),
  z.object({ kind: z.literal('callFaultUsed'), faultId: z.number().int() }),
  z.object({ kind: z.literal('faultsCleared') }),
]);
export type SandboxEvent = z.infer<typeof sandboxEventSchema>;

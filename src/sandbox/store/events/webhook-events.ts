import { z } from 'zod';

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

export const webhookEvents = [
  z.object({ kind: z.literal('webhookSaved'), webhook: webhookSchema }),
  /** An event was given up after all its retries. */
  z.object({ kind: z.literal('webhookEventDiscarded'), webhookId: z.number().int() }),
  z.object({ kind: z.literal('webhookDeleted'), webhookId: z.number().int() }),
] as const;

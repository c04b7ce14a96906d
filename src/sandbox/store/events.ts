import { z } from 'zod';
import { conversationEvents } from './events/conversation-events.ts';
import { customerEvents } from './events/customer-events.ts';
import { faultEvents } from './events/fault-events.ts';
import { ratingEvents } from './events/rating-events.ts';
import { tokenEvents } from './events/token-events.ts';
import { webhookEvents } from './events/webhook-events.ts';

/** Everything that can change the sandbox's data after the corpus is loaded. */
export const sandboxEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('corpusLoaded'), fingerprint: z.string() }),
  ...tokenEvents,
  ...webhookEvents,
  ...conversationEvents,
  ...customerEvents,
  ...ratingEvents,
  ...faultEvents,
]);
export type SandboxEvent = z.infer<typeof sandboxEventSchema>;

import { Router } from 'express';
import { z } from 'zod';
import type { Deliverer } from '../deliveries/deliverer.ts';
import { WEBHOOK_EVENTS } from '../inbox/webhook-events.ts';
import type { Store } from '../store/store.ts';
import { ControlError } from './control-http.ts';

const id = z.number().int();
const redeliverSchema = z.strictObject({
  event: z.enum(WEBHOOK_EVENTS),
  /** The id of what the event is about; `conversationId` says it of a conversation, which need not have had the event yet. */
  id: id.optional(),
  conversationId: id.optional(),
});

/** `POST /webhooks/redeliver` delivers an event once more, with the bytes it had the last time. */
export function webhooksRouter(store: Store, deliverer: Deliverer): Router {
  const router = Router();
  router.post('/webhooks/redeliver', (request, response) => {
    const { event, id: resourceId, conversationId } = redeliverSchema.parse(request.body);
    const conversation = conversationId === undefined ? undefined : store.conversations.get(conversationId);
    const isKnown = deliverer.republish(event, resourceId ?? conversationId ?? 0, conversation);
    if (!isKnown) throw new ControlError(404, 'There was no such event.');
    response.status(202).end();
  });
  return router;
}

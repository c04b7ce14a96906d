import { Router } from 'express';
import { z } from 'zod';
import type { Deliverer } from '../deliveries/deliverer.ts';
import type { FixedWindow } from '../http/rate-limit.ts';
import { WEBHOOK_EVENTS } from '../inbox/webhook-events.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';
import { existingConversation } from './conversations.ts';

export interface SwitchDeps {
  store: Store;
  switches: Switches;
  deliverer: Deliverer;
  rateWindow: FixedWindow;
}

const rateSchema = z.strictObject({ perMinute: z.number().int().positive() });
const lifetimeSchema = z.strictObject({ seconds: z.number().int().positive() });
const webhooksSchema = z.strictObject({ enabled: z.boolean() });
const redeliverSchema = z.strictObject({ conversationId: z.number().int(), event: z.enum(WEBHOOK_EVENTS) });

/** Ends tokens, and turns the rate limit, token lifetime and webhook deliveries. */
export function switchesRouter({ store, switches, deliverer, rateWindow }: SwitchDeps): Router {
  const router = Router();
  router.post('/tokens/expire', (_request, response) => {
    store.commit({ kind: 'accessTokensExpired' });
    response.status(204).end();
  });
  router.post('/tokens/revoke', (_request, response) => {
    store.commit({ kind: 'tokensRevoked' });
    response.status(204).end();
  });
  router.put('/rate-limit', (request, response) => {
    rateWindow.setLimit(rateSchema.parse(request.body).perMinute);
    response.status(204).end();
  });
  router.put('/token-lifetime', (request, response) => {
    switches.tokenLifetimeSeconds = lifetimeSchema.parse(request.body).seconds;
    response.status(204).end();
  });
  router.put('/webhooks', (request, response) => {
    deliverer.setEnabled(webhooksSchema.parse(request.body).enabled);
    response.status(204).end();
  });
  router.post('/webhooks/redeliver', (request, response) => {
    const { conversationId, event } = redeliverSchema.parse(request.body);
    deliverer.republish(event, existingConversation(store, conversationId));
    response.status(202).end();
  });
  return router;
}

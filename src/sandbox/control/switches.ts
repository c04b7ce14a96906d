import { Router } from 'express';
import { z } from 'zod';
import type { Switches } from '../switches.ts';
import { switchesPatchSchema, switchesSchema } from '../switches-schema.ts';

const { rateLimit, oauth, webhooks } = switchesSchema.shape;
const rateSchema = rateLimit.pick({ perMinute: true });
const lifetimeSchema = z.strictObject({ seconds: oauth.shape.tokenLifetimeSeconds });
const webhooksSchema = webhooks.pick({ enabled: true });

/** `GET /switches` shows all, `PATCH /switches` turns those it names. The other calls turn a common one each. */
export function switchesRouter(switches: Switches): Router {
  const router = Router();
  router.get('/switches', (_request, response) => {
    response.json(switches.values);
  });
  router.patch('/switches', (request, response) => {
    switches.set(switchesPatchSchema.parse(request.body));
    response.json(switches.values);
  });
  router.put('/rate-limit', (request, response) => {
    switches.set({ rateLimit: rateSchema.parse(request.body) });
    response.status(204).end();
  });
  router.put('/token-lifetime', (request, response) => {
    switches.set({ oauth: { tokenLifetimeSeconds: lifetimeSchema.parse(request.body).seconds } });
    response.status(204).end();
  });
  router.put('/webhooks', (request, response) => {
    switches.set({ webhooks: webhooksSchema.parse(request.body) });
    response.status(204).end();
  });
  return router;
}

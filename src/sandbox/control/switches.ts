import { Router } from 'express';
import { z } from 'zod';
import { type Switches, switchesPatchSchema } from '../switches.ts';

const rateSchema = z.strictObject({ perMinute: z.number().int().positive() });
const lifetimeSchema = z.strictObject({ seconds: z.number().int().positive() });
const webhooksSchema = z.strictObject({ enabled: z.boolean() });

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

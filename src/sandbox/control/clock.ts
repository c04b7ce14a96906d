import { Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../clock.ts';

const moveSchema = z.union([
  z.strictObject({ advanceSeconds: z.number() }),
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
]);

/** `GET /clock` reads the sandbox's time; `PUT /clock` moves it by `advanceSeconds` or to `now`. */
export function clockRouter(clock: Clock): Router {
  const state = () => ({ now: new Date(clock.now()).toISOString(), offsetSeconds: clock.offsetMs() / 1000 });
  const router = Router();
  router.get('/clock', (_request, response) => {
    response.json(state());
  });
  router.put('/clock', (request, response) => {
    const move = moveSchema.parse(request.body);
    if ('now' in move) clock.set(Date.parse(move.now));
    else clock.advance(move.advanceSeconds * 1000);
    response.json(state());
  });
  return router;
}

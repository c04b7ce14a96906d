import { Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { ControlError } from './control-http.ts';

/** Outside of these years times are written in other ways, and the columns of the search index cannot hold them. */
const EARLIEST_MS = Date.UTC(1971, 0);
const LATEST_MS = Date.UTC(2100, 0);

const moveSchema = z.union([
  z.strictObject({ advanceSeconds: z.number() }),
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
]);

/** Puts the clock at a moment (epoch milliseconds). Throws a `ControlError` for one that it does not take. */
export function moveTo(clock: Clock, ms: number): void {
  if (!(ms >= EARLIEST_MS && ms < LATEST_MS)) throw new ControlError(400, 'The clock takes years from 1971 to 2099.');
  clock.set(ms);
}

/** `GET /clock` reads the sandbox's time; `PUT /clock` moves it by `advanceSeconds` or to `now`. */
export function clockRouter(clock: Clock): Router {
  const state = () => ({ now: new Date(clock.now()).toISOString(), offsetSeconds: clock.offsetMs() / 1000 });
  const router = Router();
  router.get('/clock', (_request, response) => {
    response.json(state());
  });
  router.put('/clock', (request, response) => {
    const move = moveSchema.parse(request.body);
    moveTo(clock, 'now' in move ? Date.parse(move.now) : clock.now() + move.advanceSeconds * 1000);
    response.json(state());
  });
  return router;
}

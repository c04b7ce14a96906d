import { Router } from 'express';
import { z } from 'zod';
import type { Journal } from '../http/journal.ts';

const querySchema = z.object({ since: z.coerce.number().int().min(0).default(0) });

/** `GET /calls`: API calls by method and path template. `GET /journal?since=`: the entries numbered above `since`. */
export function journalRouter(journal: Journal): Router {
  const router = Router();
  router.get('/calls', (_request, response) => {
    response.json(journal.calls());
  });
  router.get('/journal', (request, response) => {
    response.json(journal.since(querySchema.parse(request.query).since));
  });
  return router;
}

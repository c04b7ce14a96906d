import { Router } from 'express';
import { z } from 'zod';
import type { Journal } from '../http/journal.ts';
import { JOURNAL_KINDS, type JournalKind } from '../http/journal-entries.ts';

const MOST_ENTRIES = 10_000;
/** What a caller sees that does not ask for kinds: the changes would only repeat it. */
const USUAL_KINDS: readonly JournalKind[] = ['request', 'delivery'];

const kindsSchema = z
  .string()
  .transform((text) => (text === 'all' ? [...JOURNAL_KINDS] : text.split(',')))
  .pipe(z.array(z.enum(JOURNAL_KINDS)));
const querySchema = z.object({
  since: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MOST_ENTRIES).default(MOST_ENTRIES),
  kind: kindsSchema.optional(),
});

/**
 * `GET /calls`: API calls by method and path template. `GET /usage`: the same with errors. `GET /journal`: the entries
 * numbered above `since`, of the kinds (`request,delivery` unless asked for, or `all`), at most `limit`.
 */
export function journalRouter(journal: Journal): Router {
  const router = Router();
  router.get('/calls', (_request, response) => {
    response.json(journal.calls());
  });
  router.get('/usage', (_request, response) => {
    response.json(journal.usage());
  });
  router.get('/journal', (request, response) => {
    const { since, limit, kind } = querySchema.parse(request.query);
    response.json(journal.read({ since, limit, kinds: new Set(kind ?? USUAL_KINDS) }));
  });
  return router;
}

import { Router } from 'express';
import { z } from 'zod';
import type { Library } from '../docs/library.ts';
import { textParam } from '../http/endpoint.ts';
import { ControlError } from './control-http.ts';

const editSchema = z.strictObject({
  name: z.string().min(1).optional(),
  html: z.string().optional(),
  status: z.enum(['published', 'notpublished']).optional(),
});

/** Lists the Docs articles, edits one as an author would, and deletes one. */
export function articlesRouter(library: Library, now: () => number): Router {
  const router = Router();
  router.get('/articles', (_request, response) => {
    response.json(
      library.articles.map(({ id, name, collectionId, status, updatedAt }) => ({
        ...{ articleId: id, name, collectionId, status, updatedAt },
      })),
    );
  });
  router.patch('/articles/:id', (request, response) => {
    const { name, html, status } = editSchema.parse(request.body);
    const change = { ...(name && { name }), ...(html !== undefined && { html }), ...(status && { status }) };
    if (!library.edit(textParam(request, 'id'), change, now())) throw new ControlError(404, 'No such article.');
    response.status(204).end();
  });
  router.delete('/articles/:id', (request, response) => {
    if (!library.remove(textParam(request, 'id'))) throw new ControlError(404, 'No such article.');
    response.status(204).end();
  });
  return router;
}

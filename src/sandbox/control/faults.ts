import { Router } from 'express';
import { z } from 'zod';
import { idParam } from '../http/endpoint.ts';
import { type CallFault, FAULT_STATUSES } from '../store/events/fault-events.ts';
import type { Store } from '../store/store.ts';
import { ControlError } from './control-http.ts';
import { existingConversation } from './conversations.ts';

const threadsSchema = z.strictObject({ threads: z.literal('500') });
const callSchema = z.strictObject({
  template: z.string(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  status: z.literal(FAULT_STATUSES),
  count: z.number().int().positive(),
  retryAfterSeconds: z.number().int().positive().optional(),
});

/** Makes things fail: a conversation's threads until it is lifted, or the next `count` calls of an endpoint. */
export function faultsRouter(store: Store, templates: ReadonlySet<string>): Router {
  const router = Router();
  router.get('/faults', (_request, response) => {
    const conversations = store.faults.brokenThreads().map((conversationId) => ({ conversationId, threads: '500' }));
    response.json({ conversations, calls: store.faults.callFaults() });
  });
  router.delete('/faults', (_request, response) => {
    store.commit({ kind: 'faultsCleared' });
    response.status(204).end();
  });
  router.post('/faults', (request, response) => {
    const { template, method, status, count, retryAfterSeconds } = callSchema.parse(request.body);
    if (!templates.has(template)) throw new ControlError(400, 'No endpoint has this template.');
    const fault: CallFault = {
      id: store.faults.nextId(),
      template,
      method: method ?? null,
      status,
      remaining: count,
      retryAfterSeconds: retryAfterSeconds ?? null,
    };
    store.commit({ kind: 'callFaultAdded', fault });
    response.status(201).json(fault);
  });
  router.put('/faults/conversations/:id', (request, response) => {
    threadsSchema.parse(request.body);
    const { id } = existingConversation(store, idParam(request));
    store.commit({ kind: 'threadsBroken', conversationId: id });
    response.status(204).end();
  });
  router.delete('/faults/conversations/:id', (request, response) => {
    const { id } = existingConversation(store, idParam(request));
    store.commit({ kind: 'threadsMended', conversationId: id });
    response.status(204).end();
  });
  return router;
}

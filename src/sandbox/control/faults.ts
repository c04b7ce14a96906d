import { Router } from 'express';
import { z } from 'zod';
import { idParam } from '../http/endpoint.ts';
import {
  FAULT_METHODS,
  FAULT_STATUSES,
  type FaultRule,
  faultEffectSchema,
  faultMatchSchema,
  faultWhenSchema,
} from '../store/events/fault-events.ts';
import type { Fault } from '../store/faults.ts';
import type { Store } from '../store/store.ts';
import { ControlError } from './control-http.ts';
import { existingConversation } from './conversations.ts';

const threadsSchema = z.strictObject({ threads: z.literal('500') });
const ruleSchema = z
  .strictObject({ ...faultMatchSchema.shape, effect: faultEffectSchema, when: faultWhenSchema })
  .transform(({ effect, when, ...match }) => ({ match, effect, when }));
/** The next `count` calls of one endpoint: a short way to write the commonest rule. */
const callSchema = z
  .strictObject({
    template: z.string(),
    method: z.enum(FAULT_METHODS).optional(),
    status: z.literal(FAULT_STATUSES),
    count: z.number().int().positive(),
    retryAfterSeconds: z.number().int().positive().optional(),
  })
  .transform(({ count, status, retryAfterSeconds, ...match }) => ({
    match,
    effect: { status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) },
    when: { count },
  }));

/** A rule as the control API takes it. Throws a `ZodError` that names what is wrong. */
export function parseFault(body: unknown): Omit<FaultRule, 'id'> {
  const isRule = typeof body === 'object' && body !== null && 'effect' in body;
  return isRule ? ruleSchema.parse(body) : callSchema.parse(body);
}

/** Stores a rule. Throws a `ControlError` when it names an endpoint or conversation that is not there. */
export function addFault(store: Store, templates: ReadonlySet<string>, rule: Omit<FaultRule, 'id'>): Fault {
  const { template, conversationId } = rule.match;
  if (template !== undefined && !templates.has(template)) {
    throw new ControlError(400, 'No endpoint has this template.');
  }
  if (conversationId !== undefined && !store.conversations.find(conversationId)) {
    throw new ControlError(404, 'No such conversation.');
  }
  const id = store.faults.nextId();
  store.commit({ kind: 'faultAdded', fault: { id, ...rule } });
  return existingFault(store, id);
}

/** Makes things fail: a conversation's threads until it is lifted, or the calls that a rule matches. */
export function faultsRouter(store: Store, templates: ReadonlySet<string>): Router {
  const router = Router();
  router.get('/faults', (_request, response) => {
    const conversations = store.faults.brokenThreads().map((conversationId) => ({ conversationId, threads: '500' }));
    response.json({ conversations, rules: store.faults.all().map(faultJson) });
  });
  router.delete('/faults', (_request, response) => {
    store.commit({ kind: 'faultsCleared' });
    response.status(204).end();
  });
  router.post('/faults', (request, response) => {
    response.status(201).json(faultJson(addFault(store, templates, parseFault(request.body))));
  });
  router.get('/faults/:id', (request, response) => {
    response.json(faultJson(existingFault(store, idParam(request))));
  });
  router.delete('/faults/:id', (request, response) => {
    const { rule } = existingFault(store, idParam(request));
    store.commit({ kind: 'faultRemoved', faultId: rule.id });
    response.status(204).end();
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

function existingFault(store: Store, id: number): Fault {
  const fault = store.faults.get(id);
  if (!fault) throw new ControlError(404, 'No such fault.');
  return fault;
}

/** `remaining` only where a count ends it. */
function faultJson({ rule: { id, match, effect, when }, struck }: Fault): object {
  const remaining = 'count' in when ? { remaining: when.count - struck } : {};
  return { id, ...match, effect, when, struck, ...remaining };
}

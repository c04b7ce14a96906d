import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { send } from '../register.ts';
import type { Reply } from '../reply.ts';
import type { ApiEndpoint } from './api-endpoint.ts';
import { authenticate, callerOf } from './authenticate.ts';
import { createCallLimit } from './call-limit.ts';
import { parseCall, readBody } from './parse-values.ts';
import { answerProblems } from './problem-answer.ts';
import { apiProblem } from './problems.ts';

const ROOT = '/api/v1';

/**
 * The public API: its endpoints, and a problem for everything else below `/api/v1`.
 * @param session the middlewares that recognize who is signed in
 */
export function apiRouter(deps: Deps, endpoints: readonly ApiEndpoint[], session: readonly RequestHandler[]): Router {
  const router = Router();
  router.use(ROOT, neverStored);
  const enter = [...authenticate(deps, session), countCall(deps)];
  for (const endpoint of endpoints) {
    const handle = serve(endpoint, deps);
    router[endpoint.method](endpoint.path, ...enter, requireScope(endpoint), ...readBody(endpoint), handle);
  }
  for (const [path, methods] of methodsByPath(endpoints)) router.all(path, answerOtherMethods(methods));
  router.use(ROOT, () => {
    throw apiProblem('notFound');
  });
  router.use(ROOT, answerProblems(deps));
  return router;
}

/** Neither a proxy nor a browser's disk keeps an organization's data. */
const neverStored: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

function serve(endpoint: ApiEndpoint, deps: Deps): RequestHandler {
  const handler = endpoint.handler(deps);
  return async (req, res) => {
    const caller = callerOf(req);
    const { organizationId } = caller.organization;
    const result = await handler({ ...parseCall(endpoint, req), organizationId, caller, req });
    await send(req, res, toReply(endpoint, result));
  };
}

/** Only what the schema names leaves the house: a field that is added to a stored document stays inside. */
function toReply({ response, status = 200 }: ApiEndpoint, result: unknown): Reply {
  if (!response) return { kind: 'empty', status: 204 };
  // The handler of a streamed answer is typed to return a reply (api-endpoint.ts).
  if (response instanceof z.ZodType) return { kind: 'json', status, body: response.parse(result) };
  return result as Reply;
}

function requireScope({ scope }: ApiEndpoint): RequestHandler {
  return (req, _res, next) => {
    if (!callerOf(req).scopes.has(scope))
      throw apiProblem('missingScope', { detail: `The scope \`${scope}\` is missing.` });
    next();
  };
}

function countCall(deps: Deps): RequestHandler {
  const limit = createCallLimit(deps);
  return async (req, res, next) => {
    const { remaining, resetSeconds } = await limit.count(callerOf(req).limitKey);
    res.set({
      'RateLimit-Limit': String(limit.perMinute),
      'RateLimit-Remaining': String(remaining),
      'RateLimit-Reset': String(resetSeconds),
    });
    next();
  };
}

function methodsByPath(endpoints: readonly ApiEndpoint[]): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of endpoints) methods.set(path, [...(methods.get(path) ?? []), method.toUpperCase()]);
  return methods;
}

function answerOtherMethods(methods: readonly string[]): RequestHandler {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (req, res) => {
    res.set('Allow', allow);
    if (req.method !== 'OPTIONS') throw apiProblem('methodNotAllowed', { detail: `It takes ${allow}.` });
    res.status(204).end();
  };
}

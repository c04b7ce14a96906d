import express, { type Express, type RequestHandler } from 'express';
import { type FaultDeps, injectedFaults } from '../faults/injected-fault.ts';
import { type Endpoint, expressPath } from './endpoint.ts';

const UNKNOWN = '(unknown)';
/** How much the original takes is not certain; calls that carry attachments say a limit of their own. */
const BODY_LIMIT = '1mb';
const REGISTER = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

/** Reads the bodies of calls that say no limit of their own. */
export const jsonBody = (limit = BODY_LIMIT): RequestHandler => express.json({ limit });

/** Puts the calls of an API into the app: each is journaled, struck by faults, counted and guarded before it is handled. */
export function createMount(app: Express, deps: FaultDeps) {
  return {
    /** Faults strike once the limit has counted the call, except those that cut the connection before anything. */
    endpoints(endpoints: Endpoint[], limit: RequestHandler, ...guards: RequestHandler[]): void {
      for (const endpoint of endpoints) {
        const faults = injectedFaults(deps, endpoint);
        app[REGISTER[endpoint.method]](
          expressPath(endpoint.template),
          deps.journal.recordCall(endpoint),
          faults.beforeAll,
          limit,
          faults.beforeHandling,
          ...guards,
          jsonBody(endpoint.bodyLimit),
          endpoint.handle,
        );
      }
    },
    /** What no endpoint answers passes the same guards, is journaled and ends as 404. */
    rest(prefix: string, guards: RequestHandler[], refuse: RequestHandler): void {
      app.use(prefix, (request, response, next) => {
        const template = `${prefix}/${UNKNOWN}`;
        deps.journal.recordCall({ method: request.method, template })(request, response, next);
      });
      app.use(prefix, ...guards, refuse);
    },
  };
}

/** A path that cannot be decoded names nothing, so it goes where nothing is found; Express would stop at the first route. */
export const unreadablePath: RequestHandler = (request, _response, next) => {
  try {
    decodeURIComponent(request.path);
  } catch {
    const [, first = ''] = /^\/(\w*)/.exec(request.path) ?? [];
    request.url = `/${first}/${UNKNOWN}`;
  }
  next();
};

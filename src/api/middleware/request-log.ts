import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { logContextOf } from './observe-requests.ts';

/** Addresses whose next part is a secret, or names a customer; event ids hold a customer's id of the organization's own. */
const PRIVATE_PARTS: readonly (readonly [RegExp, string])[] = [
  [/^(\/webhooks\/helpscout\/).+$/i, '$1:webhookKey'],
  [/^(\/temporal\/codec\/)[^/]+/i, '$1:codecKey'],
  // A receipt is shown to whoever knows its id.
  [/^(\/erasures\/)[^/]+/i, '$1:erasureId'],
  [/^(\/(?:api\/v1\/)?customers\/)(?!(?:bulk|uploads)(?:\/|$))[^/]+/i, '$1:customer'],
  [/\/customer(?::|%3a)[^/]*/gi, '/:customerEvent'],
  [/[^/]*(?:@|%40)[^/]*/gi, ':address'],
];

/** A path as it may be logged: without query (codes and states), without secrets, and without who a customer is. */
export function loggablePath(url: string): string {
  const path = url.split('?', 1)[0] ?? '';
  return PRIVATE_PARTS.reduce((shown, [part, name]) => shown.replace(part, name), path);
}

/** One line for each request: method, path, status, duration. No headers, no cookies, no query, no body. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    wrapSerializers: false,
    serializers: {
      req: (req) => ({ id: req.id, method: req.method, path: loggablePath(req.originalUrl ?? req.url ?? '') }),
      res: (res) => ({ statusCode: res.statusCode }),
      // The error middleware has logged it in full; here it would be a second time.
      err: () => undefined,
    },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : res.statusCode >= 400 ? 'warn' : 'info'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request failed',
    // Written when the answer is out, where the request's own context may be left already.
    customSuccessObject: (req, _res, line) => ({ ...line, ...logContextOf(req) }),
    customErrorObject: (req, _res, _error, line) => ({ ...line, ...logContextOf(req) }),
    autoLogging: {
      ignore: (req) => /^\/(healthz|livez|readyz)$/.test(req.url ?? '') || req.url?.startsWith('/static/') === true,
    },
  });
}

import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** A path as it may be logged: without query (codes and states), and without the key in a webhook's address. */
export function loggablePath(url: string): string {
  const path = url.split('?', 1)[0] ?? '';
  return path.replace(/^(\/webhooks\/helpscout\/).+$/, '$1:webhookKey');
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
    autoLogging: { ignore: (req) => req.url === '/healthz' || req.url?.startsWith('/static/') === true },
  });
}

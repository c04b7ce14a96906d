import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { FixedWindow } from '../http/rate-limit.ts';
import { hashOf } from '../store/tokens.ts';
import { sendDocsError } from './docs-http.ts';

export function docsRateLimit(window: FixedWindow): RequestHandler {
  return (_request, response, next) => {
    const taken = window.take(1);
    response.setHeader('Correlation-Id', randomUUID());
    response.setHeader('X-RateLimit-Limit', String(taken.limit));
    response.setHeader('X-RateLimit-Remaining', String(taken.remaining));
    response.setHeader('X-RateLimit-Reset', String(Math.floor(taken.resetAtMs / 1000)));
    if (taken.allowed) return next();
    sendDocsError(response, { status: 429, message: 'Rate limit exceeded' });
  };
}

/** The API key is the user name; the password may be anything. */
export function docsApiKey(apiKey: string): RequestHandler {
  const expected = Buffer.from(hashOf(apiKey));
  return (request, response, next) => {
    const [, encoded = ''] = /^Basic (\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const [user = ''] = Buffer.from(encoded, 'base64').toString().split(':');
    if (timingSafeEqual(Buffer.from(hashOf(user)), expected)) return next();
    sendDocsError(response, { status: 401, message: 'Unauthorized' });
  };
}

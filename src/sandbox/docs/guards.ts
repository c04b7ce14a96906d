import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Journal } from '../http/journal.ts';
import type { RateWindow } from '../http/rate-limit.ts';
import { hashOf } from '../store/tokens.ts';
import { sendDocsError } from './docs-http.ts';

/** The account's ten minutes: the headers on every answer, 429 when they are used up. */
export function docsRateLimit(window: RateWindow, journal: Journal): RequestHandler {
  return (_request, response, next) => {
    const taken = window.take(1);
    response.setHeader('Correlation-Id', randomUUID());
    response.setHeader('X-RateLimit-Limit', String(taken.limit));
    response.setHeader('X-RateLimit-Remaining', String(taken.remaining));
    response.setHeader('X-RateLimit-Reset', String(Math.ceil(taken.resetAtMs / 1000)));
    if (!taken.allowed) return sendDocsRateLimited(response, taken.resetAtMs);
    journal.note(response, { cost: 1 });
    next();
  };
}

export function sendDocsRateLimited(response: Response, resetAtMs: number): void {
  response.setHeader('X-RateLimit-Remaining', '0');
  response.setHeader('X-RateLimit-Reset', String(Math.ceil(resetAtMs / 1000)));
  sendDocsError(response, { status: 429, message: 'Rate limit exceeded' });
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

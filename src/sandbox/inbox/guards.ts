import type { RequestHandler, Response } from 'express';
import { ApiError, sendError, sendJson } from '../http/envelope.ts';
import type { FixedWindow } from '../http/rate-limit.ts';
import type { Store } from '../store/store.ts';

/** The account's minute: the headers on every answer, writes for two, 429 when it is used up. */
export function inboxRateLimit(window: FixedWindow): RequestHandler {
  return (request, response, next) => {
    const taken = window.take(request.method === 'GET' ? 1 : 2);
    response.setHeader('X-RateLimit-Limit-Minute', String(taken.limit));
    response.setHeader('X-RateLimit-Remaining-Minute', String(taken.remaining));
    if (taken.allowed) return next();
    sendInboxRateLimited(response, taken.resetSeconds);
  };
}

export function sendInboxRateLimited(response: Response, retryAfterSeconds: number): void {
  response.setHeader('X-RateLimit-Remaining-Minute', '0');
  response.setHeader('X-RateLimit-Retry-After', String(retryAfterSeconds));
  sendJson(response, 429, 'application/json', { message: 'API rate limit exceeded' });
}

export function bearerToken(store: Store): RequestHandler {
  return (request, response, next) => {
    const [, token] = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (token !== undefined && store.tokens.isAccessTokenValid(token)) return next();
    sendError(response, new ApiError(401, 'Unauthorized'));
  };
}

/** Bodies of the Inbox API are JSON; other types are refused. A request without a body has no type to check. */
export function jsonOnly(): RequestHandler {
  return (request, response, next) => {
    const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0;
    if (!hasBody || request.is('application/json')) return next();
    sendError(response, new ApiError(415, 'Unsupported Media Type'));
  };
}

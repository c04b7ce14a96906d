import type { Request, RequestHandler, Response } from 'express';
import { ApiError, sendJson } from '../http/envelope.ts';
import type { Journal } from '../http/journal.ts';
import type { RateWindow } from '../http/rate-limit.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';

export interface InboxLimitDeps {
  rateWindow: RateWindow;
  /** Takes writes only, while its switch is on. */
  burstWindow: RateWindow;
  switches: Switches;
  journal: Journal;
}

/** The account's minute: the headers on every answer, writes for two, 429 when it is used up. */
export function inboxRateLimit({ rateWindow, burstWindow, switches, journal }: InboxLimitDeps): RequestHandler {
  return (request, response, next) => {
    const isWrite = isWriting(request);
    const burst = isWrite && switches.values.rateLimit.writeBurst ? burstWindow.take(1) : undefined;
    const cost = isWrite ? 2 : 1;
    // What the burst limit refuses takes nothing of the minute, but its headers are still true.
    const taken = rateWindow.take(burst?.allowed === false ? 0 : cost);
    response.setHeader('X-RateLimit-Limit-Minute', String(taken.limit));
    response.setHeader('X-RateLimit-Remaining-Minute', String(taken.remaining));
    if (burst?.allowed === false) return sendTooMany(response, burst.resetSeconds);
    if (!taken.allowed) return sendInboxRateLimited(response, taken.resetSeconds);
    journal.note(response, { cost });
    next();
  };
}

export function isWriting({ method }: Pick<Request, 'method'>): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

export function sendInboxRateLimited(response: Response, retryAfterSeconds: number): void {
  response.setHeader('X-RateLimit-Remaining-Minute', '0');
  sendTooMany(response, retryAfterSeconds);
}

function sendTooMany(response: Response, retryAfterSeconds: number): void {
  response.setHeader('X-RateLimit-Retry-After', String(retryAfterSeconds));
  sendJson(response, 429, 'application/json', { message: 'API rate limit exceeded' });
}

export function bearerToken(store: Store): RequestHandler {
  return (request, _response, next) => {
    const [, token] = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (token !== undefined && store.tokens.isAccessTokenValid(token)) return next();
    throw new ApiError(401, 'Unauthorized');
  };
}

/** Bodies of the Inbox API are JSON; other types are refused. A request without a body has no type to check. */
export function jsonOnly(): RequestHandler {
  return (request, _response, next) => {
    const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0;
    if (!hasBody || request.is('application/json')) return next();
    throw new ApiError(415, 'Unsupported Media Type');
  };
}

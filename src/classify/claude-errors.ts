import { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import type { ClassifierError } from './errors/classifier-error.ts';
import { ClassifierOverloaded } from './errors/classifier-overloaded.ts';
import { ClassifierRateLimited } from './errors/classifier-rate-limited.ts';
import { ClassifierRejected } from './errors/classifier-rejected.ts';
import { ClassifierUnauthorized } from './errors/classifier-unauthorized.ts';
import { ClassifierUnavailable } from './errors/classifier-unavailable.ts';
import { ClassifierUnreachable } from './errors/classifier-unreachable.ts';

/** Longer waits than this are taken for mistakes of the sender. */
const LONGEST_WAIT_MS = 60 * 60 * 1000;

/**
 * Turns what the SDK throws into an error by meaning. The SDK's own messages repeat parts of the answer, so nothing of
 * them is kept; a caller who aborted gets the abort error of its own signal, not one of these.
 */
export function classifierErrorOf(error: unknown): ClassifierError {
  if (!(error instanceof APIError) || error instanceof APIConnectionError) return new ClassifierUnreachable();
  const status = error.status ?? null;
  const requestId = error.requestID ?? null;
  if (status === 429) return new ClassifierRateLimited(retryAfterMs(error.headers), requestId);
  if (status === 401 || status === 402 || status === 403) return new ClassifierUnauthorized(status, requestId);
  if (status !== null && status >= 400 && status < 500 && status !== 408 && status !== 409) {
    return new ClassifierRejected(status, requestId);
  }
  if (status === 529) return new ClassifierOverloaded({ status, requestId, retryAfterMs: retryAfterMs(error.headers) });
  return new ClassifierUnavailable({ status, requestId, retryAfterMs: retryAfterMs(error.headers) });
}

/** The wait in `retry-after-ms`, or in `retry-after` as seconds or as a date; null when absent or not understood. */
function retryAfterMs(headers: Headers | undefined, nowMs = Date.now()): number | null {
  const exact = headers?.get('retry-after-ms');
  if (exact != null && /^\d+(\.\d+)?$/.test(exact)) return Math.min(Math.ceil(Number(exact)), LONGEST_WAIT_MS);
  const header = headers?.get('retry-after');
  if (header == null) return null;
  const wait = /^\d+(\.\d+)?$/.test(header) ? Math.ceil(Number(header) * 1000) : Date.parse(header) - nowMs;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
}

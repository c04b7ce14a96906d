import { ApplicationFailure } from '@temporalio/common';
import { ClassifierError } from '../classify/errors/classifier-error.ts';
import { ClassifierRateLimited } from '../classify/errors/classifier-rate-limited.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import {
  HelpScoutConflict,
  HelpScoutError,
  HelpScoutForbidden,
  HelpScoutInvalidGrant,
  HelpScoutMerged,
  HelpScoutNotFound,
  HelpScoutOutsideScope,
  HelpScoutRateLimited,
  HelpScoutRejected,
  HelpScoutTimeout,
  HelpScoutUnauthorized,
  HelpScoutUncertain,
  HelpScoutUnexpectedShape,
} from '../helpscout/errors.ts';

/** Until a refused token is replaced; the integration's workflow was asked to. */
const TOKEN_REFRESH_WAIT_MS = 5_000;
/** Spreads the waiting work over the first seconds of the next minute. */
const MAX_JITTER_MS = 3_000;

/** The stable code of an error, for rows of the log and for workflows. */
export function syncErrorCode(error: unknown): SyncErrorCode {
  if (error instanceof HelpScoutUnauthorized || error instanceof HelpScoutInvalidGrant) return 'authenticationFailed';
  if (error instanceof HelpScoutRateLimited) return 'rateLimited';
  if (error instanceof HelpScoutForbidden) return 'forbidden';
  if (error instanceof HelpScoutNotFound && error.endpoint.includes('/mailboxes/')) return 'mailboxNotFound';
  if (error instanceof HelpScoutNotFound || error instanceof HelpScoutMerged) return 'conversationGone';
  if (error instanceof HelpScoutTimeout) return 'timeout';
  if (error instanceof HelpScoutUncertain) return 'uncertain';
  if (error instanceof HelpScoutOutsideScope) return 'internalError';
  if (error instanceof HelpScoutConflict && error.endpoint.includes('/customers')) return 'emailNotUnique';
  if (error instanceof HelpScoutRejected) return 'rejected';
  if (error instanceof HelpScoutUnexpectedShape) return 'unexpectedReply';
  if (error instanceof HelpScoutError) return 'helpScoutUnavailable';
  if (error instanceof ClassifierError) return 'classifierUnavailable';
  return 'internalError';
}

/** Codes that another try cannot change, or must not: what is uncertain has to be looked up before it is sent again. */
const FINAL: readonly SyncErrorCode[] = [
  'forbidden',
  'conversationGone',
  'mailboxNotFound',
  'rejected',
  'emailNotUnique',
  'unexpectedReply',
  'uncertain',
];

/** Errors of codes that are worth another try otherwise. */
const NEVER_AGAIN = [HelpScoutInvalidGrant, HelpScoutOutsideScope];

export const httpStatusOf = (error: unknown): number | undefined =>
  error instanceof HelpScoutError ? error.status : undefined;

/**
 * The one place where errors become Temporal's: `type` is the stable code, waits that the other side asked for are
 * honoured, and what cannot succeed is not tried again. Messages are safe to store: clients keep text and secrets out.
 */
export function toApplicationFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const type = syncErrorCode(error);
  const waitMs = waitBeforeNextTry(error);
  const isLimit = error instanceof HelpScoutRateLimited;
  return ApplicationFailure.create({
    message: error instanceof HelpScoutError || error instanceof ClassifierError ? error.message : 'internal error',
    type,
    nonRetryable: FINAL.includes(type) || NEVER_AGAIN.some((kind) => error instanceof kind),
    details: [{ httpStatus: httpStatusOf(error), ...(isLimit && { waitMs: Math.ceil(waitMs ?? 0) }) }],
    ...(waitMs !== null && { nextRetryDelay: waitMs }),
    ...(isLimit && { category: 'BENIGN' as const }),
  });
}

function waitBeforeNextTry(error: unknown): number | null {
  if (error instanceof HelpScoutRateLimited) return error.retryAfterMs + Math.random() * MAX_JITTER_MS;
  if (error instanceof ClassifierRateLimited && error.retryAfterMs !== null) {
    return error.retryAfterMs + Math.random() * MAX_JITTER_MS;
  }
  if (error instanceof HelpScoutUnauthorized) return TOKEN_REFRESH_WAIT_MS;
  return null;
}

import { ApplicationFailure } from '@temporalio/common';
import { ClassifierError } from '../classify/errors/classifier-error.ts';
import { ClassifierRateLimited } from '../classify/errors/classifier-rate-limited.ts';
import { ClassifierRejected } from '../classify/errors/classifier-rejected.ts';
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
  if (error instanceof HelpScoutNotFound && isOfMailbox(error.endpoint)) return 'mailboxNotFound';
  if (error instanceof HelpScoutNotFound || error instanceof HelpScoutMerged) return 'conversationGone';
  if (error instanceof HelpScoutTimeout) return 'timeout';
  if (error instanceof HelpScoutUncertain) return 'uncertain';
  if (error instanceof HelpScoutOutsideScope) return 'internalError';
  if (error instanceof HelpScoutConflict && error.endpoint.includes('/customers')) return 'emailNotUnique';
  if (error instanceof HelpScoutRejected) return rejectionCode(error);
  if (error instanceof HelpScoutUnexpectedShape) return 'unexpectedReply';
  if (error instanceof HelpScoutError) return 'helpScoutUnavailable';
  if (error instanceof ClassifierError) return 'classifierUnavailable';
  return 'internalError';
}

/** A create names nothing but its mailbox in a way that could be missing. */
const isOfMailbox = (endpoint: string) => endpoint.includes('/mailboxes/') || endpoint === 'POST /v2/conversations';

const MISSING = /may not be (empty|null|blank)|must not be (empty|null|blank)|is required|missing/i;
const TAKEN = /already|in use|exists|taken|unique/i;
const CHARACTERS =
  /(invalid|illegal|unsupported|disallowed|forbidden) character|characters? (is|are) (not|invalid)|encoding|utf-?8/i;

/** Help Scout has no codes for what it refuses: the field's path tells, and the sentence about it (reference, 2.4). */
function rejectionCode({ problems }: HelpScoutRejected): SyncErrorCode {
  for (const { path, message } of problems) {
    if (MISSING.test(message)) return 'requiredFieldMissing';
    if (CHARACTERS.test(message)) return 'invalidCharacters';
    if (/email/i.test(path) || /e-?mail address/i.test(message)) {
      return TAKEN.test(message) ? 'emailNotUnique' : 'invalidEmail';
    }
    if (/(^|\.)mailbox(Id)?$/.test(path)) return 'mailboxNotFound';
  }
  return 'rejected';
}

/** Most characters of Help Scout's own words that a row keeps. */
const LONGEST_MESSAGE = 300;

/** What Help Scout said about what it refused; undefined when it said nothing. Without the values that it refused. */
export function helpScoutMessageOf(error: unknown): string | undefined {
  if (!(error instanceof HelpScoutRejected)) return undefined;
  const said = error.problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  return said === '' ? undefined : said.slice(0, LONGEST_MESSAGE);
}

/** Codes that another try cannot change, or must not: what is uncertain has to be looked up before it is sent again. */
const FINAL: readonly SyncErrorCode[] = [
  'forbidden',
  'conversationGone',
  'mailboxNotFound',
  'rejected',
  'invalidEmail',
  'requiredFieldMissing',
  'invalidCharacters',
  'emailNotUnique',
  'unexpectedReply',
  'uncertain',
];

/** Errors of codes that are worth another try otherwise. */
const NEVER_AGAIN = [HelpScoutInvalidGrant, HelpScoutOutsideScope, ClassifierRejected];

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

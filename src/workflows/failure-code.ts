import { ActivityFailure, ApplicationFailure, rootCause, TimeoutFailure } from '@temporalio/workflow';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../domain/sync-error-text.ts';

export interface FailureCause {
  code: SyncErrorCode;
  httpStatus?: number;
  /** Until the account's limit has room again, a write can be seen, or another worker has taken over. */
  waitMs?: number;
  message: string;
  /** The activity has added its tries to the row itself, this one among them. */
  noted?: true;
}

/** By then a worker that was lost has been replaced, or restarted. */
const WORKER_LOST_WAIT_MS = 30_000;

/** Why an activity failed, in the log's words. Activities throw ApplicationFailures typed by code (failures.ts). */
export function failureCause(error: unknown): FailureCause {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const message = rootCause(error) ?? 'unknown';
  if (cause instanceof TimeoutFailure && cause.timeoutType === 'HEARTBEAT') {
    // Not Help Scout's doing: the worker that had it was stopped, each time that it was tried.
    return { code: 'timeout', message, waitMs: WORKER_LOST_WAIT_MS };
  }
  if (!(cause instanceof ApplicationFailure)) return { code: 'timeout', message };
  const { httpStatus, waitMs, noted } = (cause.details?.[0] ?? {}) as Partial<FailureCause>;
  return {
    code: isSyncErrorCode(cause.type) ? cause.type : 'internalError',
    message,
    ...(httpStatus && { httpStatus }),
    ...(waitMs && { waitMs }),
    ...(noted && { noted }),
  };
}

/** Whether a text is one of the log's codes; what comes from outside (failures, people) may be anything. */
export const isSyncErrorCode = (text: unknown): text is SyncErrorCode =>
  typeof text === 'string' && Object.hasOwn(SYNC_ERROR_TEXT, text);

/** What an update's caller is told: the code as the failure's type. */
export function updateFailure(error: unknown): ApplicationFailure {
  const { code, message } = failureCause(error);
  return ApplicationFailure.nonRetryable(message, code);
}

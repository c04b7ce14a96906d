import { ActivityFailure, ApplicationFailure, rootCause } from '@temporalio/workflow';
import type { SyncErrorCode } from '../domain/sync-error.ts';

export interface FailureCause {
  code: SyncErrorCode;
  httpStatus?: number;
  message: string;
}

/** Why an activity failed, in the log's words. Activities throw ApplicationFailures typed by code (failures.ts). */
export function failureCause(error: unknown): FailureCause {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const message = rootCause(error) ?? 'unknown';
  if (!(cause instanceof ApplicationFailure)) return { code: 'timeout', message };
  const httpStatus = (cause.details?.[0] as { httpStatus?: number } | undefined)?.httpStatus;
  return { code: (cause.type ?? 'internalError') as SyncErrorCode, message, ...(httpStatus && { httpStatus }) };
}

/** What an update's caller is told: the code as the failure's type. */
export function updateFailure(error: unknown): ApplicationFailure {
  const { code, message } = failureCause(error);
  return ApplicationFailure.nonRetryable(message, code);
}

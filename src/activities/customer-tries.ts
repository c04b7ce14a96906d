import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { syncErrorCodeSchema } from '../domain/sync-error.ts';
import type { Attempt } from '../domain/sync-event.ts';
import { HelpScoutError, HelpScoutRejected } from '../helpscout/errors.ts';

const MESSAGE_LENGTH = 300;
const detailsSchema = z.object({ httpStatus: z.number().int().optional() }).catch({});

/** What the row says of a try that failed. */
export function failedTry(
  failure: ApplicationFailure,
  { cause: error, by, at }: { cause: unknown; by: string; at: Date },
): Attempt {
  const { httpStatus } = detailsSchema.parse(failure.details?.[0]);
  const cause = [error, failure.cause].find((candidate) => candidate instanceof HelpScoutError);
  const said = cause instanceof HelpScoutRejected ? cause.problems.map(({ message }) => message).join(' ') : '';
  const waitMs = typeof failure.nextRetryDelay === 'number' ? failure.nextRetryDelay : undefined;
  return {
    at,
    by,
    outcome: 'failed',
    errorCode: syncErrorCodeSchema.catch('internalError').parse(failure.type),
    ...(httpStatus !== undefined && { httpStatus }),
    ...(cause && { endpoint: cause.endpoint }),
    ...(said !== '' && { helpScoutMessage: said.slice(0, MESSAGE_LENGTH) }),
    ...(waitMs !== undefined && { waitMs }),
  };
}

/** The same failure, with the word that the row has this try already. */
export function noted(failure: ApplicationFailure): ApplicationFailure {
  const { message, type, nonRetryable, nextRetryDelay, details } = failure;
  return ApplicationFailure.create({
    message,
    type: type ?? 'internalError',
    nonRetryable: nonRetryable ?? false,
    details: [{ ...detailsSchema.parse(details?.[0]), noted: true }],
    ...(nextRetryDelay !== undefined && nextRetryDelay !== null && { nextRetryDelay }),
  });
}

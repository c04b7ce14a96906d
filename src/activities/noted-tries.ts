import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { syncErrorCodeSchema } from '../domain/sync-error.ts';
import { HelpScoutError } from '../helpscout/errors.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { helpScoutMessageOf, toApplicationFailure } from './failures.ts';

/** The row of the log that a try belongs to, and who asked for it. */
export interface TryOf {
  eventId: string;
  by: string;
}

/**
 * Adds each try that fails to its row: the call, what Help Scout said, how long is waited. The failure then says that
 * it is noted, so that whoever settles the row does not add it once more.
 */
export const createNotedTries =
  ({ storage, now }: Pick<ActivityDeps, 'storage' | 'now'>) =>
  async <T>({ organizationId }: Scope, { eventId, by }: TryOf, work: (note: Remember) => Promise<T>): Promise<T> => {
    let met: unknown;
    const remember: Remember = async (step) => {
      try {
        return await step();
      } catch (error) {
        met = error;
        throw error;
      }
    };
    try {
      return await work(remember);
    } catch (error) {
      // Another try has taken this one's place, or nobody waits for it: the row is theirs.
      if (cancellationSignal().aborted) throw error;
      const failure = toApplicationFailure(error);
      const [details] = failure.details ?? [];
      const cause = [met, error, causeOf(met)].find((candidate) => candidate instanceof HelpScoutError);
      const { workflowExecution, activityId, attempt } = activityInfo();
      const helpScoutMessage = helpScoutMessageOf(cause);
      const waitMs = waitOf(failure);
      const httpStatus = cause?.status;
      await storage.syncEvents.noteAttempt(
        organizationId,
        eventId,
        `${workflowExecution?.runId}/${activityId}/${attempt}`,
        {
          at: now(),
          by,
          outcome: 'failed',
          errorCode: syncErrorCodeSchema.catch('internalError').parse(failure.type),
          ...(httpStatus !== undefined && { httpStatus }),
          ...(cause && { endpoint: cause.endpoint }),
          ...(helpScoutMessage !== undefined && { helpScoutMessage }),
          ...(waitMs !== undefined && { waitMs }),
        },
      );
      throw ApplicationFailure.create({
        message: failure.message,
        type: failure.type ?? 'internalError',
        // The limit is nobody's failure: the workflow waits for it, without using up the tries there are.
        nonRetryable: failure.nonRetryable || failure.type === 'rateLimited',
        details: [{ ...(typeof details === 'object' && details), noted: true }],
        ...(failure.category && { category: failure.category }),
        ...(failure.nextRetryDelay && { nextRetryDelay: failure.nextRetryDelay }),
      });
    }
  };
/** Runs a step against Help Scout: its own error tells more than the failure that becomes of it. */
export type Remember = <T>(step: () => Promise<T>) => Promise<T>;

const causeOf = (error: unknown) => (error instanceof Error ? error.cause : undefined);

/** Only waits that are known: Temporal's own growing ones are not told to activities. */
function waitOf({ details, nextRetryDelay }: ApplicationFailure): number | undefined {
  const [first] = details ?? [];
  const known = typeof first === 'object' && first !== null && 'waitMs' in first ? first.waitMs : nextRetryDelay;
  return typeof known === 'number' ? known : undefined;
}

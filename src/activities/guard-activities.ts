import { heartbeat, log } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { toApplicationFailure } from './failures.ts';

/** Several within the heartbeat timeout of activity-profiles.ts. */
const HEARTBEAT_MS = 5_000;

/**
 * What holds for every activity: it reports that it is alive, however long a single call inside takes, so that the
 * loss of a worker is noticed within seconds; and whatever it throws reaches the workflow as one of the log's codes.
 */
export const guardActivities: ActivityInterceptorsFactory = () => ({
  inbound: {
    async execute(input, next) {
      const timer = setInterval(() => heartbeat(), HEARTBEAT_MS);
      try {
        return await next(input);
      } catch (error) {
        if (error instanceof CancelledFailure) throw error;
        const failure = toApplicationFailure(error);
        if (failure.type === 'internalError') log.error('activity failed', { at: placeOf(error) });
        throw failure;
      } finally {
        clearInterval(timer);
      }
    },
  },
});

/** Where an error was thrown, and its kind. Not its message: that of a database or a parser may quote what it read. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return [error.name, ...frames.map((line) => line.trim())].join(' ');
}

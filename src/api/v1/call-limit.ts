import type { AppDeps } from '../deps.ts';
import { createRateLimit, secondsToWait } from '../rate-limit.ts';
import { apiProblem } from './problems.ts';

export interface CallLimit {
  perMinute: number;
  /** Counts one call. @throws RequestProblem 429 when the minute is used up; `remaining` otherwise. */
  count(key: string): Promise<{ remaining: number; resetSeconds: number }>;
}

/** Calls of one key (or one member) in a minute, over all processes, in MongoDB. */
export function createCallLimit({ storage, config }: Pick<AppDeps, 'storage' | 'config'>): CallLimit {
  const perMinute = config.apiCallsPerMinute;
  const limit = createRateLimit(storage, {
    collection: 'apiCallLimits',
    keyPrefix: 'api',
    points: perMinute,
    seconds: 60,
  });
  return {
    perMinute,
    async count(key) {
      const counted = await limit.count(key);
      if (counted.allowed) {
        return { remaining: counted.remaining, resetSeconds: Math.ceil(counted.msBeforeNext / 1000) };
      }
      const seconds = secondsToWait(counted);
      throw apiProblem('tooManyCalls', {
        detail: `${perMinute} calls a minute are allowed. Go on in ${seconds} s.`,
        retryAfterSeconds: seconds,
      });
    },
  };
}

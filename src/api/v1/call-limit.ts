import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import type { AppDeps } from '../deps.ts';
import { apiProblem } from './problems.ts';

export interface CallLimit {
  perMinute: number;
  /** Counts one call. @throws RequestProblem 429 when the minute is used up; `remaining` otherwise. */
  count(key: string): Promise<{ remaining: number; resetSeconds: number }>;
}

/** Calls of one key (or one member) in a minute, over all processes, in MongoDB. */
export function createCallLimit({ storage, config }: Pick<AppDeps, 'storage' | 'config'>): CallLimit {
  const perMinute = config.apiCallsPerMinute;
  const limiter = new RateLimiterMongo({
    storeClient: storage.connection.getClient(),
    dbName: storage.connection.name,
    tableName: 'apiCallLimits',
    keyPrefix: 'api',
    points: perMinute,
    duration: 60,
  });
  return {
    perMinute,
    async count(key) {
      try {
        const { remainingPoints, msBeforeNext } = await limiter.consume(key);
        return { remaining: remainingPoints, resetSeconds: Math.ceil(msBeforeNext / 1000) };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        throw apiProblem('tooManyCalls', {
          detail: `${perMinute} calls a minute are allowed. Go on in ${seconds} s.`,
          retryAfterSeconds: seconds,
        });
      }
    },
  };
}

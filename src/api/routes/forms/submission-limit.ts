import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import type { Deps } from '../../deps.ts';

const WINDOW_SECONDS = 60;

/**
 * Limits how often one network address submits through one form, counted in MongoDB for all processes.
 * @returns a function that counts one and tells how many seconds to wait, 0 for none.
 */
export function createSubmissionLimit({ storage, config }: Pick<Deps, 'storage' | 'config'>) {
  const limiter = new RateLimiterMongo({
    storeClient: storage.connection.getClient(),
    dbName: storage.connection.name,
    tableName: 'submissionLimits',
    keyPrefix: 'form',
    points: config.formSubmissionsPerMinute,
    duration: WINDOW_SECONDS,
  });
  return async (formId: string, address: string): Promise<number> => {
    try {
      await limiter.consume(`${formId}/${address}`);
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw refusal;
    }
  };
}

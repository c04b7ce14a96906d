import type { Deps } from '../../deps.ts';
import { createRateLimit, secondsToWait } from '../../rate-limit.ts';

const WINDOW_SECONDS = 60;

/**
 * Limits how often one network address submits through one form, counted in MongoDB for all processes.
 * @returns a function that counts one and tells how many seconds to wait, 0 for none.
 */
export function createSubmissionLimit({ storage, config }: Pick<Deps, 'storage' | 'config'>) {
  const limit = createRateLimit(storage, {
    collection: 'submissionLimits',
    keyPrefix: 'form',
    points: config.formSubmissionsPerMinute,
    seconds: WINDOW_SECONDS,
  });
  return async (formId: string, address: string): Promise<number> => {
    const counted = await limit.count(`${formId}/${address}`);
    return counted.allowed ? 0 : secondsToWait(counted);
  };
}

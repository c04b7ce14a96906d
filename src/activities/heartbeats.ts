import { heartbeat } from '@temporalio/activity';

/** Several within the heartbeat timeout of activity-profiles.ts. */
const INTERVAL_MS = 5_000;

/**
 * Reports that the activity is alive while `work` runs, so that the loss of a worker is noticed within seconds, however
 * long a single call inside takes.
 */
export async function withHeartbeats<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat(), INTERVAL_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

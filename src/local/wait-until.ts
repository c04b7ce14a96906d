import { setTimeout as delay } from 'node:timers/promises';

/** A condition did not come true in time; `message` names it. */
export class WaitTimeout extends Error {
  override readonly name = 'WaitTimeout';
}

export interface WaitOptions {
  /** What is waited for, in words that complete "Timed out waiting for ...". */
  what: string;
  timeoutMs: number;
  intervalMs?: number;
  signal?: AbortSignal | undefined;
}

/**
 * Asks again and again until `condition` answers true. A condition that throws counts as "not yet".
 * @throws WaitTimeout, or the signal's reason once it is aborted.
 */
export async function waitUntil(condition: () => Promise<boolean> | boolean, options: WaitOptions): Promise<void> {
  const { what, timeoutMs, intervalMs = 100, signal } = options;
  const deadline = Date.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    signal?.throwIfAborted();
    try {
      if (await condition()) return;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() >= deadline) {
      throw new WaitTimeout(`Timed out waiting for ${what} (${Math.round(timeoutMs / 1000)} s).`, { cause: lastError });
    }
    await delay(intervalMs);
  }
}

import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `condition` holds. @throws after `timeoutMs`, with what was being waited for. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  { timeoutMs = 45_000, what = 'the condition' }: { timeoutMs?: number; what?: string } = {},
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${what} did not come to hold within ${timeoutMs} ms`);
    await delay(25);
  }
}

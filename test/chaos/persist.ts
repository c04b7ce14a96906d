import { setTimeout as delay } from 'node:timers/promises';

const AGAIN_MS = 200;

/** Tries until it works: whoever was asked may just have been killed. @throws the last error after `timeoutMs` */
export async function persist<T>(work: () => Promise<T>, timeoutMs = 300_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(AGAIN_MS);
  }
}

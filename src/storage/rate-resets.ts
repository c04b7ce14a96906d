import { type Observation, resetBetween, type WindowBounds } from './rate-window.ts';
import { createRecent } from './recent.ts';

/** In one window: a fixed one begins once, and each time it does the count falls far. */
const SMALL_FALLS_OF_A_SLIDING_WINDOW = 3;

/** What the answers so far tell about an account's windows: where one began, or that they slide. */
export type Told = WindowBounds | 'sliding' | null;

/** Follows what the answers to this process say is used, and notices how Help Scout's windows run. */
export function createResetWatch() {
  const followed = createRecent<{ highest: Observation; smallFalls: number[] }>();
  return {
    observe(account: string, windowMs: number, now: Observation): Told {
      const before = followed.get(account);
      if (!before) {
        followed.set(account, { highest: now, smallFalls: [] });
        return null;
      }
      // Answers that overlap may come in any order: a lower count means something once nothing else explains it.
      const inOrder = now.sentAtMs >= before.highest.receivedAtMs;
      const began = resetBetween(before.highest, now, windowMs);
      if (inOrder && now.used < before.highest.used && !began) {
        before.smallFalls = [...before.smallFalls, now.receivedAtMs].slice(-SMALL_FALLS_OF_A_SLIDING_WINDOW);
      }
      if (inOrder || now.used >= before.highest.used) before.highest = now;
      if (began) {
        before.smallFalls = [];
        return began;
      }
      const [first] = before.smallFalls;
      const many = before.smallFalls.length === SMALL_FALLS_OF_A_SLIDING_WINDOW;
      return many && first !== undefined && now.receivedAtMs - first < windowMs ? 'sliding' : null;
    },
  };
}

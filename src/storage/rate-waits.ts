import { elapsedWhenReleased, type Pace, releaseMs } from './rate-window.ts';
import { createRecent } from './recent.ts';

/** That a limit has released `needed` units, so that a call of `cost` fits. */
export interface Need {
  units: number;
  needed: number;
  cost: number;
  pace: Pace;
}

/** The part of the window (0 to 1) after which all needs are met; 1 when that is not within it. */
export const releasedAt = (needs: readonly Need[]) =>
  Math.max(...needs.map(({ units, needed, pace }) => elapsedWhenReleased(units, needed, pace)));

/** How long whoever finds no room waits. Units are released one by one: a process sends its callers back one by one. */
export function createRateWaits() {
  /** When the last one of an account was told to come back, by window. */
  const promised = createRecent<{ startMs: number; atMs: number }>();
  return {
    /** @returns milliseconds until there may be room, in this window or with the next one. */
    next(account: string, window: { startMs: number; windowMs: number; nowMs: number; needs: Need[] }): number {
      const { startMs, windowMs, nowMs, needs } = window;
      const last = promised.get(account);
      const behind = Math.max(...needs.map(({ units, cost, pace }) => releaseMs(units, cost, pace, windowMs)));
      const afterLast = last?.startMs === startMs && last.atMs > nowMs ? last.atMs + behind : 0;
      const endMs = startMs + windowMs;
      const atMs = Math.max(nowMs + 1, startMs + releasedAt(needs) * windowMs, afterLast);
      if (atMs >= endMs) return Math.ceil(endMs - nowMs);
      promised.set(account, { startMs, atMs });
      return Math.ceil(atMs - nowMs);
    },
  };
}

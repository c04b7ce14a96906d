import type { SwitchValues } from '../switches-schema.ts';
import { otherAppsUse } from './other-apps.ts';

export interface Taken {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Whole seconds until the window starts anew, or until the call would fit into a sliding one; at least 1. */
  resetSeconds: number;
  resetAtMs: number;
}

export interface RateRules {
  limit: number;
  windowMs: number;
  window: SwitchValues['rateLimit']['window'];
  /** When a fixed window begins, after a whole multiple of its length. */
  offsetMs: number;
  otherApps: SwitchValues['rateLimit']['otherApps'];
}

interface Options {
  /** Read at every call, since they can be turned. */
  rules: () => RateRules;
  now: () => number;
}

/** Counts what calls cost in a window of the clock; a call that does not fit is refused and costs nothing. */
export function createRateWindow({ rules, now }: Options) {
  /** Oldest first, from `first` on; `used` is the sum of their costs. */
  let spent: { atMs: number; cost: number }[] = [];
  let first = 0;
  let used = 0;

  function forgetUntil(isWithin: (atMs: number) => boolean, nowMs: number): void {
    // After the clock was moved back, what is noted lies in the future and cannot be told apart any more.
    if ((spent.at(-1)?.atMs ?? 0) > nowMs) first = spent.length;
    for (let entry = spent[first]; entry && !isWithin(entry.atMs); entry = spent[first]) {
      used -= entry.cost;
      first += 1;
    }
    if (first === spent.length) used = 0;
    if (first < spent.length / 2) return;
    spent = spent.slice(first);
    first = 0;
  }

  return {
    take(cost: number): Taken {
      const { limit, windowMs, window, offsetMs, otherApps } = rules();
      const nowMs = now();
      const startMs =
        window === 'fixed' ? Math.floor((nowMs - offsetMs) / windowMs) * windowMs + offsetMs : nowMs - windowMs;
      forgetUntil((atMs) => (window === 'fixed' ? atMs >= startMs : atMs > startMs), nowMs);

      let free = limit - used - otherAppsUse({ ...otherApps, limit, window, startMs, windowMs, nowMs });
      const allowed = cost <= free;
      if (allowed) {
        spent.push({ atMs: nowMs, cost });
        used += cost;
        free -= cost;
      }
      const resetAtMs = window === 'fixed' ? startMs + windowMs : fitsAtMs(allowed ? 0 : cost - free);
      const resetSeconds = Math.max(1, Math.ceil((resetAtMs - nowMs) / 1000));
      return { allowed, limit, remaining: Math.max(0, free), resetSeconds, resetAtMs };

      /** When so many units that are in use now have slid out. */
      function fitsAtMs(missing: number): number {
        let left = missing;
        for (const entry of spent.slice(first)) {
          left -= entry.cost;
          if (left <= 0) return entry.atMs + windowMs;
        }
        return nowMs + windowMs;
      }
    },
  };
}

export type RateWindow = ReturnType<typeof createRateWindow>;

export interface Taken {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Whole seconds until the window starts anew, at least 1. */
  resetSeconds: number;
  resetAtMs: number;
}

/** Counts calls in fixed windows of the clock; a call that does not fit is refused and costs nothing. */
export function createFixedWindow(options: { limit: number; windowMs: number; now: () => number }) {
  const { windowMs, now } = options;
  let { limit } = options;
  let window = -1;
  let used = 0;
  return {
    take(cost: number): Taken {
      const current = Math.floor(now() / windowMs);
      if (current !== window) {
        window = current;
        used = 0;
      }
      const allowed = used + cost <= limit;
      if (allowed) used += cost;
      const resetAtMs = (window + 1) * windowMs;
      const resetSeconds = Math.max(1, Math.ceil((resetAtMs - now()) / 1000));
      return { allowed, limit, remaining: Math.max(0, limit - used), resetSeconds, resetAtMs };
    },
    setLimit(next: number): void {
      limit = next;
    },
  };
}

export type FixedWindow = ReturnType<typeof createFixedWindow>;

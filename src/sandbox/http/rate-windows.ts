import type { Switches } from '../switches.ts';
import { createRateWindow } from './rate-limit.ts';

const MINUTE_MS = 60_000;
const DOCS_WINDOW_MS = 10 * MINUTE_MS;
const WRITE_BURST = { limit: 12, windowMs: 5000, window: 'sliding' } as const;
const ALONE = { offsetMs: 0, otherApps: { share: 0, mode: 'spread' } } as const;

/** What calls are counted in: the account's minute, the quick writes that a switch limits, and the Docs API's ten minutes. */
export function createRateWindows(switches: Switches, now: () => number) {
  return {
    rateWindow: createRateWindow({
      now,
      rules: () => ({ limit: switches.values.rateLimit.perMinute, windowMs: MINUTE_MS, ...switches.values.rateLimit }),
    }),
    burstWindow: createRateWindow({ now, rules: () => ({ ...ALONE, ...WRITE_BURST }) }),
    docsRateWindow: createRateWindow({
      now,
      rules: () => ({
        ...ALONE,
        limit: switches.values.docsRateLimit.perTenMinutes,
        windowMs: DOCS_WINDOW_MS,
        window: 'fixed',
      }),
    }),
  };
}

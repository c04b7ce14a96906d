/** What Help Scout's headers say of the running minute. */
export interface MinuteSeen {
  limit: number;
  remaining: number;
}

/** What the Docs API's headers say of its running ten minutes. */
export interface DocsSeen extends MinuteSeen {
  /** When `remaining` is the limit again, epoch milliseconds; null when not told. */
  resetsAtMs: number | null;
}

/** Null when the answer says nothing of a limit. */
export function readMinute(headers: Headers): MinuteSeen | null {
  return read(headers, 'x-ratelimit-limit-minute', 'x-ratelimit-remaining-minute');
}

/** The unit of `X-RateLimit-Reset` is not documented; the one client that reads it takes it for Unix seconds. */
export function readDocsWindow(headers: Headers): DocsSeen | null {
  const seen = read(headers, 'x-ratelimit-limit', 'x-ratelimit-remaining');
  const resetSeconds = whole(headers.get('x-ratelimit-reset'));
  return seen && { ...seen, resetsAtMs: resetSeconds === null ? null : resetSeconds * 1000 };
}

/**
 * How long a 429 asks us to wait: whole seconds of `X-RateLimit-Retry-After`; `Retry-After` is not documented and only a
 * fallback, and the Docs API tells the moment instead. A minute when not told, ten at most.
 */
export function retryAfterMs(headers: Headers): number {
  const seconds = whole(headers.get('x-ratelimit-retry-after')) ?? whole(headers.get('retry-after'));
  const untilResetMs = (readDocsWindow(headers)?.resetsAtMs ?? 0) - Date.now();
  // A moment that has passed says nothing: clocks differ, or the unit is another one.
  const waitMs = seconds === null ? (untilResetMs > 0 ? untilResetMs : 60_000) : seconds * 1000;
  return Math.min(waitMs, 600_000);
}

function read(headers: Headers, limitName: string, remainingName: string): MinuteSeen | null {
  const limit = whole(headers.get(limitName));
  const remaining = whole(headers.get(remainingName));
  return limit !== null && limit > 0 && remaining !== null ? { limit, remaining } : null;
}

/** `Number('')` would be 0. */
const whole = (header: string | null): number | null => (header && /^\d{1,12}$/.test(header) ? Number(header) : null);

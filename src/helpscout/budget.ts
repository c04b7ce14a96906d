import { setTimeout as wait } from 'node:timers/promises';
import { HelpScoutRateLimited, HelpScoutUnavailable } from './errors.ts';

/** What became of a call that had room reserved. */
export interface Outcome<Seen> {
  endpoint: string;
  cost: number;
  /** Answered as documented: 2xx, or the 301 of a merged conversation. Everything else counts as an error. */
  ok: boolean;
  /** What the answer's headers say of the limit; null where they say nothing, or no answer came. */
  seen: Seen | null;
  /** How long Help Scout refuses calls (429), whatever we counted; null when it did not. */
  refusedForMs: number | null;
  /** Whether it failed because no answer came in time. */
  timedOut?: boolean;
}

/** A limit that several processes share. */
export interface Budget<Seen> {
  /** Reserves room for one call. @returns null when there is room, else milliseconds to wait. */
  reserve(endpoint: string, cost: number): Promise<number | null>;
  /** Told once for every call that was reserved, also when it failed. */
  settle(outcome: Outcome<Seen>): Promise<void>;
}

/** Up to here waiting is cheaper than giving the whole activity back. */
const LONGEST_WAIT_MS = 2_000;
const MAX_WAITS = 4;

/** Waits for room in the budget, but not for long. @throws HelpScoutRateLimited with the wait when it is longer */
export async function reserveRoom(
  budget: Pick<Budget<unknown>, 'reserve'>,
  endpoint: string,
  cost: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let waits = 0; ; waits++) {
    const waitMs = await budget.reserve(endpoint, cost);
    if (waitMs === null) return;
    if (waitMs > LONGEST_WAIT_MS || waits === MAX_WAITS) throw new HelpScoutRateLimited(waitMs, { endpoint });
    try {
      await wait(waitMs, undefined, { signal });
    } catch (cause) {
      throw new HelpScoutUnavailable('cancelled before it was sent', { endpoint, cause });
    }
  }
}

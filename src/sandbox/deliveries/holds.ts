import type { Clock } from '../clock.ts';

/** Nothing is held longer, or an event with none after it would be lost. */
const LONGEST_HOLD_MS = 2000;

/** Deliveries that wait for a later one of the same webhook to overtake them. `turn` is a delivery's place in the order. */
export function createHolds(clock: Clock, closing: AbortSignal) {
  const held = new Map<number, { turn: number; released: AbortController }[]>();
  return {
    async untilOvertaken(webhookId: number, turn: number): Promise<void> {
      const released = new AbortController();
      held.set(webhookId, [...(held.get(webhookId) ?? []), { turn, released }]);
      await clock.sleep(LONGEST_HOLD_MS, AbortSignal.any([closing, released.signal])).catch((error: unknown) => {
        if (!released.signal.aborted) throw error;
      });
    },
    /** Lets go those that come before `turn`. */
    release(webhookId: number, turn: number): void {
      const all = held.get(webhookId) ?? [];
      held.set(
        webhookId,
        all.filter((hold) => hold.turn >= turn),
      );
      for (const hold of all) if (hold.turn < turn) hold.released.abort();
    },
  };
}

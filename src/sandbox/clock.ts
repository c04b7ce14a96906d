/** Node's timers take no longer waits than this; a longer one is made of several. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The sandbox's own time: runs like the real one, and can be moved. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves the clock forward, or back when negative; whoever sleeps until then wakes. */
  advance(ms: number): void;
  /** Puts the clock at a moment (epoch milliseconds), from which it runs on. */
  set(ms: number): void;
  /** How far the clock is from the time it is fed with. */
  offsetMs(): number;
  /** Ends when `ms` have passed on this clock, really or by a move. Rejects with the signal's reason when that aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** `real` feeds the clock; tests may feed one that stands still, beside which sleepers still wake by real time. */
export function createClock({ real }: { real: () => number }): Clock {
  let offsetMs = 0;
  /** Told by how much the clock moved. */
  const sleepers = new Set<(movedMs: number) => void>();

  /** In whole milliseconds: stored times are whole, and a log with others could not be read again. */
  function move(ms: number): void {
    const movedMs = Math.round(ms);
    offsetMs += movedMs;
    for (const tell of [...sleepers]) tell(movedMs);
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      let leftMs = ms;
      let startedMs = performance.now();
      let timer: NodeJS.Timeout;

      const end = (settle: () => void) => {
        clearTimeout(timer);
        sleepers.delete(tell);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const abort = () => end(() => reject(signal?.reason));
      const arm = () => {
        startedMs = performance.now();
        timer = setTimeout(
          () => {
            leftMs -= Math.min(leftMs, LONGEST_TIMER_MS);
            if (leftMs > 0) arm();
            else end(resolve);
          },
          Math.min(leftMs, LONGEST_TIMER_MS),
        );
      };
      const tell = (movedMs: number) => {
        clearTimeout(timer);
        leftMs -= performance.now() - startedMs + movedMs;
        if (leftMs > 0) arm();
        else end(resolve);
      };

      sleepers.add(tell);
      signal?.addEventListener('abort', abort, { once: true });
      arm();
    });
  }

  const now = () => real() + offsetMs;
  return { now, advance: move, set: (ms) => move(ms - now()), offsetMs: () => offsetMs, sleep };
}

/** SIGHUP comes when the terminal is closed. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts something, keeps it until the process is told to stop, and stops it. What goes wrong is printed as a sentence
 * and ends in exit code 1. A signal during the start gives the start up.
 */
export async function runUntilSignal(
  start: (signal: AbortSignal) => Promise<{ stop(): Promise<void> } | null>,
): Promise<void> {
  const stopping = new AbortController();
  const told = new Promise<void>((resolve) => {
    for (const name of STOP_SIGNALS) {
      // Kept for good: a second Ctrl-C must not cut the orderly end short, which is bounded in time.
      process.on(name, () => {
        stopping.abort(new Error(`Stopped by ${name}.`));
        resolve();
      });
    }
  });
  // The terminal may be gone by the time we say what we stop.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  try {
    const started = await start(stopping.signal);
    if (started) {
      // Holds the process: supervised children alone do not when all of them are servers configured by address.
      const hold = setInterval(() => undefined, 3_600_000);
      await told;
      clearInterval(hold);
      console.log('\nStopping ...');
      await started.stop();
      console.log('Stopped.');
    }
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

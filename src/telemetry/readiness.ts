import { setTimeout as wait } from 'node:timers/promises';

/** How long a part may take to answer before it counts as gone. */
const CHECK_MS = 3_000;

export interface Readiness {
  /** Whether the process was told to stop: it is asked for nothing new from then on. */
  stopping: () => boolean;
  /** Each resolves when its part answers. */
  checks: Readonly<Record<string, () => Promise<unknown>>>;
}

export interface ReadinessReport {
  ready: boolean;
  status: 'ready' | 'stopping' | 'notReady';
  /** Names of the parts that do not answer. */
  missing: string[];
}

/** Whether a process should be given work. Says nothing of why a part does not answer: anybody may read it. */
export async function readinessOf({ stopping, checks }: Readiness): Promise<ReadinessReport> {
  if (stopping()) return { ready: false, status: 'stopping', missing: [] };
  const answers = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => ({ name, ok: await ok(check) })),
  );
  const missing = answers.filter((answer) => !answer.ok).map(({ name }) => name);
  const ready = missing.length === 0 && !stopping();
  return { ready, status: ready ? 'ready' : stopping() ? 'stopping' : 'notReady', missing };
}

async function ok(check: () => Promise<unknown>): Promise<boolean> {
  const giveUp = new AbortController();
  try {
    const late = wait(CHECK_MS, false, { signal: giveUp.signal });
    late.catch(() => undefined);
    return await Promise.race([check().then(() => true), late]);
  } catch {
    return false;
  } finally {
    giveUp.abort();
  }
}

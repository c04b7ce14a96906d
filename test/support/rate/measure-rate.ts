import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CallerTask } from './caller.ts';

const CALLER = fileURLToPath(new URL('./caller.ts', import.meta.url));
const PROCESSES = 4;
/** Each process works on some things at once. */
const CONCURRENCY = 5;
/** The processes start, and the last answers arrive. */
const MARGIN_MS = 1500;

/** A call as the account saw it. */
export interface CountedCall {
  atMs: number;
  allowed: boolean;
}

export interface Measured {
  calls: number;
  /** The part of all calls that was answered 429. */
  refused: number;
  /** The part that was used of what other apps leave, over whole windows. */
  used: number;
  /** The same, window by window. */
  usedByWindow: number[];
}

interface Measurement {
  account: Pick<CallerTask, 'apiUrl' | 'accessToken'> & { calls: () => Promise<readonly CountedCall[]> };
  mongodbUri: string;
  limit: number;
  windowMs: number;
  offsetMs?: number;
  /** The part of the limit that is used by others. */
  others?: number;
  /** Whole windows to be measured; the processes start in the one before. */
  windows: number;
}

/** Four processes call as much as they may. Rejects when one of them fails. */
export async function measureRate(measurement: Measurement): Promise<Measured> {
  const { account, mongodbUri, limit, windowMs, offsetMs = 0, others = 0, windows } = measurement;
  const windowOf = (atMs: number) => Math.floor((atMs - offsetMs) / windowMs);
  const first = windowOf(Date.now() + MARGIN_MS) + 1;
  const untilMs = (first + windows) * windowMs + offsetMs + MARGIN_MS;
  const { apiUrl, accessToken } = account;
  await callFromProcesses({
    mongodbUri,
    apiUrl,
    accessToken,
    assumedLimit: limit,
    shareForOthers: 0,
    windowMs,
    untilMs,
    concurrency: CONCURRENCY,
  });
  const calls = await account.calls();
  const ofUs = limit - Math.floor(limit * others);
  const usedByWindow = Array.from({ length: windows }, (_, index) => {
    const counted = calls.filter(({ atMs, allowed }) => allowed && windowOf(atMs) === first + index);
    return counted.length / ofUs;
  });
  return {
    calls: calls.length,
    refused: calls.filter(({ allowed }) => !allowed).length / calls.length,
    used: usedByWindow.reduce((sum, used) => sum + used, 0) / windows,
    usedByWindow,
  };
}

async function callFromProcesses(task: CallerTask): Promise<void> {
  const children = Array.from({ length: PROCESSES }, () =>
    spawn(process.execPath, ['--import', 'tsx', CALLER, JSON.stringify(task)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  );
  try {
    await Promise.all(
      children.map(async (child) => {
        const [code] = await once(child, 'exit');
        if (code !== 0) throw new Error(`a calling process ended with ${code}`);
      }),
    );
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
}

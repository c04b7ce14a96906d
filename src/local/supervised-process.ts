import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment, Say } from './executable.ts';
import { waitUntil } from './wait-until.ts';

export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  env: Environment;
  /** Takes what the process writes to stdout and stderr; appended to. */
  logFile: string;
  /** Asked until it answers true; `pid` is the process that was just started. */
  isReady(pid: number): Promise<boolean>;
  readyTimeoutMs: number;
  /** After SIGTERM it has this long before SIGKILL. */
  stopTimeoutMs: number;
}

export interface SupervisedProcess {
  readonly name: string;
  readonly logFile: string;
  /** Null while it does not run. */
  pid(): number | null;
  /** Starts it and waits until it is ready; on failure nothing of it is left. @throws ProcessFailed */
  start(signal?: AbortSignal): Promise<void>;
  /** Stops it, if it runs, and starts it again. @throws ProcessFailed */
  restart(): Promise<void>;
  /** Sends a signal and waits for the end, which then counts as wanted: it stays down until `restart`. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends it for good: SIGTERM, and SIGKILL when that takes too long. */
  stop(): Promise<void>;
}

/** A process did not become ready; `message` ends with the last lines of its log. */
export class ProcessFailed extends Error {
  override readonly name = 'ProcessFailed';
}

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
/** A process that was up this long before it crashed starts with the shortest wait again. */
const STABLE_MS = 60_000;

interface Running {
  pid: number;
  startedAtMs: number;
  /** Resolves once, with words for how it ended. */
  ended: Promise<string>;
  hasEnded(): boolean;
}

/**
 * A child process that is started, waited for, restarted after crashes (when `restartCrashed`) and stopped. `onStarted` is
 * called at each start, once the pid is known. It gets a process group of its own, so that Ctrl-C in a terminal reaches only us and we end things in order.
 */
export function superviseProcess(
  spec: ProcessSpec,
  { restartCrashed, say, onStarted }: { restartCrashed: boolean; say: Say; onStarted?: () => void },
): SupervisedProcess {
  let running: Running | null = null;
  let wanted = false;
  let crashes = 0;
  let recovering: Promise<void> = Promise.resolve();
  const ending = new AbortController();

  async function launch(signal?: AbortSignal): Promise<void> {
    const child = await spawnLogged(spec);
    running = child;
    onStarted?.();
    try {
      await waitUntil(() => child.hasEnded() || spec.isReady(child.pid), {
        what: `${spec.name} to become ready`,
        timeoutMs: spec.readyTimeoutMs,
        signal,
      });
      if (child.hasEnded()) throw new Error(`${spec.name} ended while starting (${await child.ended}).`);
    } catch (error) {
      await end(child, spec.stopTimeoutMs);
      running = null;
      if (signal?.aborted) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new ProcessFailed(`${reason}\n${await lastLines(spec)}`, { cause: error });
    }
    void child.ended.then((how) => {
      if (running === child) running = null;
      if (wanted && restartCrashed) recovering = recover(child, how);
    });
  }

  async function recover(crashed: Running, how: string): Promise<void> {
    crashes = Date.now() - crashed.startedAtMs > STABLE_MS ? 1 : crashes + 1;
    let reason = `${spec.name} ended unexpectedly (${how})`;
    while (wanted) {
      const waitMs = Math.min(FIRST_BACKOFF_MS * 2 ** (crashes - 1), LONGEST_BACKOFF_MS);
      say(`${reason}; starting it again in ${waitMs / 1000} s. Log: ${spec.logFile}`);
      await delay(waitMs, undefined, { signal: ending.signal }).catch(() => undefined);
      if (!wanted) return;
      try {
        await launch(ending.signal);
        say(`${spec.name} is running again.`);
        return;
      } catch (error) {
        crashes += 1;
        reason = error instanceof Error ? error.message : String(error);
      }
    }
  }

  async function down(action: (child: Running) => Promise<void>): Promise<void> {
    wanted = false;
    const child = running;
    if (child) await action(child);
    running = null;
  }

  return {
    name: spec.name,
    logFile: spec.logFile,
    pid: () => running?.pid ?? null,
    async start(signal) {
      wanted = true;
      await launch(signal);
    },
    async restart() {
      await down((child) => end(child, spec.stopTimeoutMs));
      await recovering;
      wanted = true;
      await launch();
    },
    kill: (signal) =>
      down(async (child) => {
        signalGroup(child.pid, signal);
        await child.ended;
      }),
    async stop() {
      wanted = false;
      ending.abort();
      await down((child) => end(child, spec.stopTimeoutMs));
      await recovering;
    },
  };
}

async function spawnLogged(spec: ProcessSpec): Promise<Running> {
  await mkdir(dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, 'a');
  try {
    const child = spawn(spec.command, spec.args, { env: spec.env, stdio: ['ignore', log, log], detached: true });
    let over = false;
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    }).then((how) => {
      over = true;
      return how;
    });
    if (child.pid === undefined) throw new ProcessFailed(`${spec.name} cannot be started: ${await ended}`);
    return { pid: child.pid, startedAtMs: Date.now(), ended, hasEnded: () => over };
  } finally {
    closeSync(log);
  }
}

async function end(child: Running, timeoutMs: number): Promise<void> {
  if (child.hasEnded()) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), timeoutMs);
  await child.ended;
  clearTimeout(timer);
}

/** To the whole group, so that helpers of a child end with it. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function lastLines(spec: ProcessSpec): Promise<string> {
  const text = await readFile(spec.logFile, 'utf8').catch(() => '');
  const lines = text.trimEnd().split('\n').slice(-25);
  return [...lines.map((line) => `[${spec.name}] ${line}`), `Whole log: ${spec.logFile}`].join('\n');
}

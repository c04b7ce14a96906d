import { rename } from 'node:fs/promises';
import type { Say } from './executable.ts';
import { identifyProcess } from './process-identity.ts';
import { claimDataDir, type RunFile, releaseDataDir, writeRunFile } from './run-file.ts';
import { type ProcessSpec, type SupervisedProcess, superviseProcess } from './supervised-process.ts';

export interface ProcessGroupOptions {
  dataDir: string;
  restartCrashed: boolean;
  say: Say;
  signal: AbortSignal | undefined;
}

/**
 * The processes of one data folder, ended together and last started first. What runs is written down, so that the
 * next start can end what a killed one left behind.
 * @throws AlreadyRunning when the folder has a living group.
 */
export async function createProcessGroup<Name extends string>(options: ProcessGroupOptions) {
  const { dataDir, restartCrashed, say, signal } = options;
  await claimDataDir(dataDir, say);
  const processes = new Map<Name, SupervisedProcess>();
  let about: Omit<RunFile, 'processes'> = { url: '', mongodbUri: '' };
  let writing: Promise<void> = Promise.resolve();
  let stopped: Promise<void> | null = null;

  const record = () => {
    writing = writing.then(async () => {
      const rows = await Promise.all(
        [...processes].map(async ([name, child]) => {
          const identity = await identifyProcess(child.pid() ?? 0);
          return identity ? [{ name, ...identity }] : [];
        }),
      );
      await writeRunFile(dataDir, { ...about, processes: rows.flat() });
    });
    return writing;
  };

  return {
    processes: processes as ReadonlyMap<Name, SupervisedProcess>,

    /** What other commands may want to know of this stack. */
    describe(words: Omit<RunFile, 'processes'>): Promise<void> {
      about = words;
      return record();
    },

    /** Starts a process and waits until it is ready. @throws ProcessFailed, or the signal's reason */
    async launch(name: Name, spec: ProcessSpec): Promise<void> {
      signal?.throwIfAborted();
      const child = superviseProcess(spec, { restartCrashed, say, onStarted: () => void record() });
      // Before anything is awaited: the order of the calls is the order that `stop` reverses.
      processes.set(name, child);
      // Each start writes a log of its own; the one before it is kept.
      await rename(spec.logFile, spec.logFile.replace(/\.log$/, '.previous.log')).catch(() => undefined);
      say(`Starting ${name} ...`);
      const startedAtMs = Date.now();
      await child.start(signal);
      say(`${name} is ready (${((Date.now() - startedAtMs) / 1000).toFixed(1)} s).`);
    },

    /** One of the started processes. @throws Error when this group has none of that name. */
    get(name: Name): SupervisedProcess {
      const child = processes.get(name);
      if (!child) throw new Error(`${name} was not started by this stack.`);
      return child;
    },

    /** Ends everything; may be called again. */
    stop(): Promise<void> {
      stopped ??= (async () => {
        for (const child of [...processes.values()].reverse()) await child.stop();
        await writing;
        await releaseDataDir(dataDir);
      })();
      return stopped;
    },
  };
}

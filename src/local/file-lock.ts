import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { identifyProcess, isRunning, type ProcessIdentity, processIdentitySchema } from './process-identity.ts';
import { waitUntil } from './wait-until.ts';

/**
 * Takes a lock file for this process. A lock whose owner no longer runs is taken over.
 * @returns null when it was taken, else the process that holds it.
 */
export async function takeLock(file: string): Promise<ProcessIdentity | null> {
  await mkdir(dirname(file), { recursive: true });
  // Written aside and linked into place, so that nobody ever reads a lock without its owner in it.
  const own = `${file}.${process.pid}`;
  await writeFile(own, JSON.stringify(await identifyProcess(process.pid)));
  try {
    return await linkOrHolder(own, file);
  } finally {
    await rm(own, { force: true });
  }
}

async function linkOrHolder(own: string, file: string): Promise<ProcessIdentity | null> {
  for (;;) {
    try {
      await link(own, file);
      return null;
    } catch (error) {
      if (!isFileExists(error)) throw error;
    }
    const holder = await readHolder(file);
    if (holder && (await isRunning(holder))) return holder;
    // Renamed first, so that of two processes finding the same stale lock only one removes it.
    const stale = `${file}.stale-${process.pid}`;
    await rename(file, stale).catch(() => undefined);
    await rm(stale, { force: true });
  }
}

/** Gives a taken lock back. */
export async function releaseLock(file: string): Promise<void> {
  await rm(file, { force: true });
}

/**
 * Runs `work` while holding the lock, waiting for others to finish theirs.
 * @throws WaitTimeout when somebody holds it for longer than `timeoutMs`.
 */
export async function withLock<T>(file: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  await waitUntil(async () => (await takeLock(file)) === null, {
    what: `another installation to finish (${file})`,
    timeoutMs,
    intervalMs: 250,
  });
  try {
    return await work();
  } finally {
    await releaseLock(file);
  }
}

async function readHolder(file: string): Promise<ProcessIdentity | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return processIdentitySchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const isFileExists = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EEXIST';

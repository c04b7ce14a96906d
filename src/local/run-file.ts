import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Say } from './executable.ts';
import { releaseLock, takeLock } from './file-lock.ts';
import { isRunning, processIdentitySchema } from './process-identity.ts';
import { waitUntil } from './wait-until.ts';

/** What a running stack tells other commands about itself. */
const runFileSchema = z.object({
  url: z.string(),
  mongodbUri: z.string(),
  temporalAddress: z.string().optional(),
  processes: z.array(processIdentitySchema.extend({ name: z.string() })),
});
export type RunFile = z.infer<typeof runFileSchema>;

/** Two stacks cannot share a data folder. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
}

const lockFile = (dataDir: string) => join(dataDir, 'stack.lock');
const runFile = (dataDir: string) => join(dataDir, 'stack.json');

/**
 * Makes this process the one that runs the data folder's stack, and ends what a stack left behind that was killed.
 * @throws AlreadyRunning, saying where the other one answers.
 */
export async function claimDataDir(dataDir: string, say: Say): Promise<void> {
  const holder = await takeLock(lockFile(dataDir));
  const last = await readRunFile(dataDir);
  if (holder) {
    throw new AlreadyRunning(
      `It is already running here (process ${holder.pid}${last ? `, ${last.url}` : ''}). Stop that one first: Ctrl-C, or kill ${holder.pid}.`,
    );
  }
  for (const leftover of last?.processes ?? []) {
    if (!(await isRunning(leftover))) continue;
    say(`Ending ${leftover.name} (process ${leftover.pid}), left behind by a start that was killed.`);
    process.kill(leftover.pid, 'SIGTERM');
    const gone = async () => !(await isRunning(leftover));
    await waitUntil(gone, { what: `${leftover.name} to end`, timeoutMs: 10_000 }).catch(() => {
      process.kill(leftover.pid, 'SIGKILL');
    });
  }
}

/** Gives the data folder back. */
export async function releaseDataDir(dataDir: string): Promise<void> {
  await rm(runFile(dataDir), { force: true });
  await releaseLock(lockFile(dataDir));
}

/** Writes what runs, whole or not at all. */
export async function writeRunFile(dataDir: string, content: RunFile): Promise<void> {
  const partial = `${runFile(dataDir)}.partial`;
  await writeFile(partial, JSON.stringify(content), { mode: 0o600 });
  await rename(partial, runFile(dataDir));
}

/** What the data folder's stack says of itself; null when none runs or it is unreadable. */
export async function readRunFile(dataDir: string): Promise<RunFile | null> {
  const text = await readFile(runFile(dataDir), 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = runFileSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

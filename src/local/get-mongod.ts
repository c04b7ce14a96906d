import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Executable } from './executable.ts';
import type { InstallOptions } from './wheels.ts';

/** A download that takes longer is given up: there is another server to fall back to. */
const DOWNLOAD_TIMEOUT_MS = 90_000;
/** After a failure it is tried again only this much later, so that it does not delay every start. */
const RETRY_AFTER_MS = 7 * 24 * 3_600_000;

/** MongoDB's own server, downloaded once into `localDir`; null where there is none for this system or it cannot be had. */
export async function getMongod({ localDir, environment, say }: InstallOptions): Promise<Executable | null> {
  const folder = join(localDir, 'mongod');
  const failureFile = join(localDir, 'mongod-unavailable');
  if (await failedRecently(failureFile)) return null;
  await mkdir(folder, { recursive: true });
  const present = join(folder, 'path');
  const known = await readFile(present, 'utf8').catch(() => null);
  if (known) return { command: known, origin: 'MongoDB, in .local' };
  say('Looking for a download of MongoDB for this system ...');
  try {
    const script = fileURLToPath(new URL('./download-mongod.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, folder], {
      env: environment,
      timeout: DOWNLOAD_TIMEOUT_MS,
    });
    await writeFile(present, stdout);
    return { command: stdout, origin: 'MongoDB, in .local' };
  } catch {
    await rm(folder, { recursive: true, force: true });
    await writeFile(failureFile, new Date().toISOString());
    say('No download of MongoDB could be had here; using SecantusDB, which speaks its protocol.');
    return null;
  }
}

async function failedRecently(file: string): Promise<boolean> {
  const at = Date.parse(await readFile(file, 'utf8').catch(() => ''));
  return Number.isFinite(at) && Date.now() - at < RETRY_AFTER_MS;
}

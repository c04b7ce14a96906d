import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Say } from '../executable.ts';
import { PROJECT_DIR } from '../paths.ts';

export interface BuiltProduct {
  folder: string;
  remove(): Promise<void>;
}

/**
 * The product as an installation runs it, in a folder of its own inside `localDir`, where it finds the packages: a whole
 * run of the tests starts some hundred of its processes, each three seconds sooner than from the sources.
 */
export async function buildForTests(localDir: string, say: Say): Promise<BuiltProduct> {
  await mkdir(localDir, { recursive: true });
  const folder = await mkdtemp(join(localDir, 'built-'));
  say('Building what the whole-system tests start ...');
  const command = ['scripts/build.mjs', '--out', folder, '--unchecked'];
  await promisify(execFile)(process.execPath, command, { cwd: PROJECT_DIR });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

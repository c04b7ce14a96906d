import { spawn } from 'node:child_process';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Environment } from '../executable.ts';
import { PROJECT_DIR } from '../paths.ts';

const countsSchema = z.object({
  passed: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  skippedTitles: z.array(z.string()),
});
export type TestCounts = z.infer<typeof countsSchema>;

/**
 * Runs mocha over the given files and folders (none: all tests) and returns what it counted. A run that ends before it
 * could count, or with an error outside of any test, counts as one failure.
 */
export async function runMocha(targets: string[], env: Environment, workDir: string): Promise<TestCounts> {
  const output = resolve(workDir, 'mocha.json');
  await rm(output, { force: true });
  const reporter = fileURLToPath(new URL('./count-reporter.mjs', import.meta.url));
  const mocha = resolve(PROJECT_DIR, 'node_modules/mocha/bin/mocha.js');
  const config = await writeConfig(targets, workDir);
  const args = [mocha, '--config', config, '--reporter', reporter, '--reporter-option', `output=${output}`];
  const child = spawn(process.execPath, args, { cwd: PROJECT_DIR, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const exitCode = await new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('exit', done);
  });
  const text = await readFile(output, 'utf8').catch(() => null);
  const counts: TestCounts = text
    ? countsSchema.parse(JSON.parse(text))
    : { passed: 0, failed: 0, skipped: 0, skippedTitles: [] };
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Mocha adds files named on its command line to those of its configuration, so a selection needs its own. */
async function writeConfig(targets: string[], workDir: string): Promise<string> {
  const standard: unknown = JSON.parse(await readFile(resolve(PROJECT_DIR, '.mocharc.json'), 'utf8'));
  const patterns = await Promise.all((targets.length > 0 ? targets : ['test']).map(toPatterns));
  const file = resolve(workDir, 'mocharc.json');
  await writeFile(
    file,
    JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(standard), spec: patterns.flat() }),
  );
  return file;
}

async function toPatterns(target: string): Promise<string[]> {
  const isFolder = await stat(resolve(PROJECT_DIR, target)).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? [`${target}/**/*.test.ts`, `${target}/**/*.test.tsx`] : [target];
}

import { spawn } from 'node:child_process';
import { readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Environment } from '../executable.ts';
import { PROJECT_DIR } from '../paths.ts';
import { STOP_SIGNALS } from '../run-until-signal.ts';

const countsSchema = z.object({
  passed: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  skippedTitles: z.array(z.string()),
});
export type TestCounts = z.infer<typeof countsSchema>;

const LONG = { option: '--long', files: 'test/**/*.long.ts', timeoutMs: 1_200_000 };

/** Whether nothing narrows a run of all tests, or of all long ones. */
export const isWholeRun = (given: string[]): boolean => given.every((arg) => arg.startsWith('-'));

/**
 * Runs mocha and returns what it counted. `given` are files and folders (none: all tests), then mocha's own options, as in
 * `test/local --grep ports`; `--long` before them stands for the proofs that take minutes. A run that is stopped, ends before it could count, or with an error outside
 * of any test, counts as one failure.
 */
export async function runMocha(given: string[], env: Environment, workDir: string): Promise<TestCounts> {
  const isLong = given[0] === LONG.option;
  const args = isLong ? given.slice(1) : given;
  const output = resolve(workDir, 'mocha.json');
  await rm(output, { force: true });
  const reporter = fileURLToPath(new URL('./count-reporter.mjs', import.meta.url));
  const mocha = resolve(PROJECT_DIR, 'node_modules/mocha/bin/mocha.js');
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  const targets = firstOption < 0 ? args : args.slice(0, firstOption);
  const usual = isLong ? LONG.files : 'test';
  const files = await Promise.all((targets.length > 0 ? targets : [usual]).map(toPattern));
  const ours = ['--reporter', reporter, '--reporter-option', `output=${output}`];
  // Files of a whole run side by side: they often wait for servers. A few files are easier to read in turn.
  const jobs = isLong || targets.length > 0 ? [] : ['--parallel', '--jobs', String(availableParallelism())];
  const patience = isLong ? ['--timeout', String(LONG.timeoutMs)] : [];
  const mochaArgs = [mocha, ...ours, ...jobs, ...patience, ...files, ...args.slice(targets.length)];
  const child = spawn(process.execPath, mochaArgs, { cwd: PROJECT_DIR, env, stdio: ['ignore', 'inherit', 'inherit'] });
  let stopped = false;
  const exitCode = await new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('exit', done);
    // Stopped tests still have their servers stopped. Ctrl-C and a closed terminal reach mocha themselves.
    for (const signal of STOP_SIGNALS) {
      process.on(signal, () => {
        stopped = true;
        if (signal === 'SIGTERM') child.kill(signal);
      });
    }
  });
  const text = await readFile(output, 'utf8').catch(() => null);
  const counts: TestCounts = text
    ? countsSchema.parse(JSON.parse(text))
    : { passed: 0, failed: 0, skipped: 0, skippedTitles: [] };
  return (stopped || exitCode !== 0) && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** A folder stands for the test files in it. */
async function toPattern(target: string): Promise<string> {
  const isFolder = await stat(resolve(PROJECT_DIR, target)).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? `${target}/**/*.test.{ts,tsx}` : target;
}

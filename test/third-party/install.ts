import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ServerNotFound } from '../../src/local/executable.ts';
import { withLock } from '../../src/local/file-lock.ts';
import { findPython } from '../../src/local/find-python.ts';
import { LOCAL_DIR } from '../../src/local/paths.ts';

const run = promisify(execFile);
const HOME = join(LOCAL_DIR, 'third-party');
/** Within the time that a suite gives its installation. */
const INSTALL_TIMEOUT_MS = 100_000;
/**
 * What pip and npm print when their registry does not answer or has no such package, or when one cannot be built for this
 * Python; all else is a failure of the test.
 */
const UNAVAILABLE =
  /NewConnectionError|ConnectTimeout|ReadTimeout|NameResolutionError|name resolution|ProxyError|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOENT|E40[1347]|E5\d\d|from versions: none|Failed to build|Failed building wheel|requires a different Python/;

/** A program of somebody else cannot be had here; the message says why. */
export class ClientUnavailable extends Error {
  override name = 'ClientUnavailable';
}

export interface InstalledClient {
  /** The interpreter that runs a driver of this client. */
  command: string;
  /** How that interpreter finds the client. */
  env: Record<string, string>;
}

/**
 * Installs packages of PyPI (`name==version`, the client first) into a folder of their own, once.
 * @throws ClientUnavailable without a usable Python, or when PyPI does not answer.
 */
export async function installFromPyPi(...requirements: string[]): Promise<InstalledClient> {
  const python = await findPython(process.env).catch((error: unknown) => {
    if (error instanceof ServerNotFound) throw new ClientUnavailable(error.message);
    throw error;
  });
  const folder = await installOnce([`python-${python.version}`, ...requirements], async (target) => {
    const pip = await pythonWithPip(python.command, target);
    const patience = ['--retries', '1', '--timeout', '20'];
    await runInstaller(pip, ['-m', 'pip', 'install', '--quiet', ...patience, '--target', target, ...requirements]);
  });
  return { command: python.command, env: { PYTHONPATH: folder, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' } };
}

/**
 * Installs packages of npm (`name@version`, the client first) into a folder of their own, once. No script of theirs runs.
 * @throws ClientUnavailable when npm's registry does not answer.
 */
export async function installFromNpm(...packages: string[]): Promise<InstalledClient> {
  const folder = await installOnce(['node', ...packages], async (target) => {
    await writeFile(join(target, 'package.json'), '{ "private": true }\n');
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--save-exact'];
    const patience = ['--fetch-retries', '1', '--fetch-retry-mintimeout', '1000', '--fetch-timeout', '20000'];
    await runInstaller('npm', ['install', '--prefix', target, ...quiet, ...patience, ...packages]);
  });
  return { command: process.execPath, env: { NODE_PATH: join(folder, 'node_modules') } };
}

/** Each set of versions has its own folder, so a new version never meets the files of an old one. */
async function installOnce(versions: string[], install: (target: string) => Promise<void>): Promise<string> {
  const digest = createHash('sha256').update(versions.join('\n')).digest('hex').slice(0, 8);
  const [, client = ''] = versions;
  const folder = join(HOME, `${client.replaceAll(/[^a-z0-9.]+/gi, '-')}-${digest}`);
  const stamp = `${folder}.installed`;
  if (await exists(stamp)) return folder;
  return withLock(join(HOME, 'install.lock'), INSTALL_TIMEOUT_MS, async () => {
    if (await exists(stamp)) return folder;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await install(folder);
    await writeFile(stamp, `${versions.join('\n')}\n`);
    return folder;
  });
}

/** Debian's Python may come without pip; a virtual environment beside the target then brings one. */
async function pythonWithPip(python: string, target: string): Promise<string> {
  const works = await run(python, ['-m', 'pip', '--version']).catch(() => null);
  if (works) return python;
  const venv = `${target}.venv`;
  const made = await run(python, ['-m', 'venv', venv]).catch(() => null);
  if (!made) throw new ClientUnavailable(`${python} has neither pip nor venv`);
  return join(venv, 'bin', 'python');
}

async function runInstaller(command: string, args: string[]): Promise<void> {
  try {
    await run(command, args, { timeout: INSTALL_TIMEOUT_MS });
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? `${String(error)}\n${error.stderr}` : String(error);
    const isSlow = error instanceof Error && 'killed' in error && error.killed === true;
    const [reason] = isSlow ? [`not within ${INSTALL_TIMEOUT_MS / 1000} s`] : (UNAVAILABLE.exec(output) ?? []);
    if (reason) throw new ClientUnavailable(`${command} cannot install it here (${reason})`, { cause: error });
    throw new Error(`${args.at(-1) ?? command} could not be installed:\n${output.trim()}`, { cause: error });
  }
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

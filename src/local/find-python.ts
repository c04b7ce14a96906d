import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Environment, ServerNotFound } from './executable.ts';

/** The commands tried, in this order, after the one named by PYTHON. */
const CANDIDATES = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const OLDEST_MINOR = 10;

export interface Python {
  command: string;
  /** `3.11`: packages are installed apart for each. */
  version: string;
}

/**
 * The first Python that is new enough.
 * @throws ServerNotFound with what was found instead, and the remedy.
 */
export async function findPython(environment: Environment): Promise<Python> {
  const tooOld: string[] = [];
  for (const command of environment.PYTHON ? [environment.PYTHON] : CANDIDATES) {
    const version = await askVersion(command, environment);
    if (!version) continue;
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major === 3 && minor >= OLDEST_MINOR) return { command, version };
    tooOld.push(`${command} is ${version}`);
  }
  throw new ServerNotFound(
    `Python 3.${OLDEST_MINOR} or newer is needed to install the local servers${tooOld.length > 0 ? ` (${tooOld.join(', ')})` : ', and none was found'}. ` +
      'Install it (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python), or set PYTHON to its path.',
  );
}

async function askVersion(command: string, environment: Environment): Promise<string | null> {
  const question = 'import sys; print("%d.%d" % sys.version_info[:2])';
  const answer = await promisify(execFile)(command, ['-c', question], { env: environment }).catch(() => null);
  return answer?.stdout.trim() || null;
}

// Plain Node without packages: this runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 19];
const projectDir = fileURLToPath(new URL('../', import.meta.url));

/** Makes sure that Node is new enough and the npm packages are those of package-lock.json; ends the process if not. */
export function prepare() {
  process.chdir(projectDir);
  requireNode(process.versions.node);
  if (packagesAreCurrent(readLock('package-lock.json'), readLock('node_modules/.package-lock.json'))) return;
  console.log('Installing npm packages (npm ci) ...');
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm names itself when it runs us; without it, the one on PATH is used.
  const npm = process.env.npm_execpath;
  const { status, error } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...flags], { stdio: 'inherit' })
    : spawnSync('npm', flags, { stdio: 'inherit' });
  if (status !== 0)
    fail(`npm ci did not succeed${error ? ` (${error.message})` : ''}. Mend what it says above and try again.`);
}

function requireNode(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(
    `Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${version}. Install a newer one from nodejs.org and try again.`,
  );
}

/** Compares what is installed with what should be. Packages for other systems may be absent. */
export function packagesAreCurrent(wanted, installed) {
  if (!wanted || !installed) return false;
  return Object.entries(wanted.packages)
    .filter(([path]) => path !== '')
    .every(([path, { version, optional }]) => {
      const found = installed.packages[path];
      return found ? found.version === version : Boolean(optional);
    });
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

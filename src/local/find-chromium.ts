import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Environment, Say } from './executable.ts';
import { findOnPath } from './on-path.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const INSTALL_TIMEOUT_MS = 5 * 60_000;

export type ChromiumSearch = { path: string } | { path: null; reason: string };

/** The browser that tests use: CHROME_BIN, one on PATH, else Debian's package where that may be installed. */
export async function findChromium(environment: Environment, say: Say): Promise<ChromiumSearch> {
  if (environment.CHROME_BIN) return { path: environment.CHROME_BIN };
  const found = await firstOnPath(environment);
  if (found) return { path: found };
  const aptGet = await findOnPath('apt-get', environment.PATH);
  if (!aptGet || process.getuid?.() !== 0) {
    return {
      path: null,
      reason: 'no Chromium on PATH and no right to install one: install chromium or set CHROME_BIN',
    };
  }
  say('Installing Chromium with apt-get ...');
  try {
    const env = { ...environment, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { env, timeout: INSTALL_TIMEOUT_MS, maxBuffer: 16 * 2 ** 20 };
    await promisify(execFile)(aptGet, ['update', '-qq'], options);
    await promisify(execFile)(aptGet, ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  } catch {
    return { path: null, reason: 'apt-get could not install chromium: install it or set CHROME_BIN' };
  }
  const installed = await firstOnPath(environment);
  return installed ? { path: installed } : { path: null, reason: 'apt-get installed no chromium: set CHROME_BIN' };
}

async function firstOnPath(environment: Environment): Promise<string | null> {
  for (const name of NAMES) {
    const path = await findOnPath(name, environment.PATH);
    if (path) return path;
  }
  return null;
}

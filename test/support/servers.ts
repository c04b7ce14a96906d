import { join } from 'node:path';
import { findTemporalTestServer } from '../../src/local/find-temporal.ts';

const install = { localDir: join(import.meta.dirname, '../../.local'), environment: process.env, say: () => undefined };

/** Temporal's time-skipping test server: the one that `npm test` found, or found (and installed) now. */
export async function testServerPath(): Promise<string> {
  return process.env.TEMPORAL_TEST_SERVER ?? (await findTemporalTestServer(install)).command;
}

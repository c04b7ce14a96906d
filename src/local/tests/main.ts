import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../executable.ts';
import { findChromium } from '../find-chromium.ts';
import { findMongodb } from '../find-mongodb.ts';
import { findTemporal, findTemporalTestServer } from '../find-temporal.ts';
import { mongodbSpec } from '../mongodb-server.ts';
import { LOCAL_DIR } from '../paths.ts';
import { choosePort } from '../ports.ts';
import { temporaryEnvironment } from '../service-environment.ts';
import { superviseProcess } from '../supervised-process.ts';
import { type BuiltProduct, buildForTests } from './build-for-tests.ts';
import { findLeftovers } from './leftovers.ts';
import { isWholeRun, runMocha, type TestCounts } from './run-mocha.ts';

const say = (line: string) => console.log(line);
/** Browsers and servers may take this long to go after the last test. */
const LEFTOVER_PATIENCE_MS = 10_000;

/** Finds or installs the servers, starts an empty MongoDB, runs the tests against it and looks for what they left. */
async function testAgainstServers(workDir: string, args: string[]): Promise<TestCounts> {
  const marker = `HELPSCOUT_INSIGHTS_TEST_RUN=${randomUUID()}`;
  const environment = withoutPaidServices(temporaryEnvironment(process.env));
  const install = { localDir: LOCAL_DIR, environment, say };
  const temporal = await findTemporal(install);
  const testServer = await findTemporalTestServer(install);
  const server = await findMongodb(workDir, install);
  const chromium = await findChromium(environment, say);
  say(`Temporal: ${temporal.origin}; MongoDB: ${server.origin}; Chromium: ${chromium.path ?? 'none'}`);

  const port = await choosePort(0);
  const spec = await mongodbSpec({ server, dataDir: workDir, port, environment, temporary: true });
  const mongodb = superviseProcess(spec, { restartCrashed: false, say });
  await mongodb.start();
  let built: BuiltProduct | null = null;
  try {
    built = isWholeRun(args) ? await buildForTests(LOCAL_DIR, say) : null;
    const env: Environment = {
      ...environment,
      [marker.split('=')[0] ?? '']: marker.split('=')[1],
      MONGODB_URI: `mongodb://127.0.0.1:${port}`,
      TEMPORAL_CLI: temporal.command,
      TEMPORAL_TEST_SERVER: testServer.command,
      WORKFLOW_BUNDLES: join(workDir, 'workflow-bundles'),
      ...(built && { BUILT_DIR: built.folder }),
      ...(chromium.path ? { CHROME_BIN: chromium.path } : {}),
    };
    const counts = await runMocha(args, env, workDir);
    for (const title of counts.skippedTitles) say(`Skipped: ${title}`);
    if (chromium.path === null) say(`Tests of pages in a browser were skipped: ${chromium.reason}.`);
    const leftovers = await findLeftovers(marker, LEFTOVER_PATIENCE_MS);
    for (const { pid, command } of leftovers) {
      say(`Left running by the tests: process ${pid}, ${command}`);
      process.kill(pid, 'SIGKILL');
    }
    return leftovers.length > 0 ? { ...counts, failed: counts.failed + 1 } : counts;
  } finally {
    await mongodb.stop();
    await built?.remove();
  }
}

/** Tests must not spend money on a model, whatever the shell that runs them is set up for. */
function withoutPaidServices(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('ANTHROPIC_')));
}

const workDir = await mkdtemp(join(tmpdir(), 'helpscout-insights-test-'));
try {
  const { passed, failed, skipped } = await testAgainstServers(workDir, process.argv.slice(2));
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof Error ? error.message : error);
  say('0 passed, 1 failed, 0 skipped');
} finally {
  await rm(workDir, { recursive: true, force: true });
}

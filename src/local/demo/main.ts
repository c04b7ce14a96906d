import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectStorage } from '../../storage/storage.ts';
import { runUntilSignal } from '../run-until-signal.ts';
import { temporaryEnvironment } from '../service-environment.ts';
import { ANY_FREE_PORTS, type Stack, startStack } from '../stack.ts';
import { describeStack } from '../stack-table.ts';
import { connectSandbox } from './connect-sandbox.ts';
import { followScan } from './follow-scan.ts';
import { type DemoOptions, parseDemoOptions } from './options.ts';
import { buildReport, describeReport } from './report.ts';
import { corpusIds, sandboxCalls } from './sandbox-facts.ts';
import { countTemporalEvents } from './temporal-events.ts';

/** A corpus may be years old: the demo's scan reads all of it. */
const SCAN_WINDOW_DAYS = '36500';
const SCAN_TIMEOUT_MS = 60 * 60_000;

/** The corpus file to play, cut to the wanted number of lines. */
async function corpusFile({ corpus, limit }: DemoOptions, workDir: string): Promise<string | undefined> {
  if (corpus === null) return undefined;
  await access(corpus).catch((cause) => {
    throw new Error(`--corpus: there is no file ${corpus} that can be read.`, { cause });
  });
  if (limit === null) return corpus;
  const lines = (await readFile(corpus, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const cut = join(workDir, 'corpus.jsonl');
  await writeFile(cut, `${lines.slice(0, limit).join('\n')}\n`);
  return cut;
}

/** The main job: connect, scan, classify, group; then what came out. */
async function runDemo(stack: Stack, options: DemoOptions, signal: AbortSignal): Promise<void> {
  const sandboxUrl = stack.urls.sandbox ?? '';
  const storage = await connectStorage(stack.urls.mongodb);
  try {
    const administrator = await storage.members.credentials(stack.account?.email ?? '');
    const organizationId = administrator?.organizationId ?? '';
    const startedAtMs = Date.now();
    console.log('Signing in and connecting the sandbox ...');
    const integrationId = await connectSandbox(stack);
    const expected = (await corpusIds(sandboxUrl)).size;
    const follow = { organizationId, integrationId, expected, timeoutMs: SCAN_TIMEOUT_MS, signal };
    await followScan(storage, follow);
    const report = await buildReport(storage, {
      organizationId,
      integrationId,
      corpusIds: await corpusIds(sandboxUrl),
      sandboxCalls: await sandboxCalls(sandboxUrl),
      temporalEvents: await countTemporalEvents(stack.urls.temporal, 'default', integrationId),
      seconds: (Date.now() - startedAtMs) / 1000,
    });
    console.log(describeReport(report));
    if (options.json) {
      await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
      console.log(`Written to ${options.json}`);
    }
  } finally {
    await storage.close();
  }
}

await runUntilSignal(async (signal) => {
  const options = parseDemoOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  const workDir = await mkdtemp(join(tmpdir(), 'helpscout-insights-demo-'));
  const startedAtMs = Date.now();
  let stack: Stack | null = null;
  const end = async () => {
    await stack?.stop();
    await rm(workDir, { recursive: true, force: true });
  };
  try {
    stack = await startStack({
      dataDir: workDir,
      ports: ANY_FREE_PORTS,
      environment: { ...temporaryEnvironment(process.env), SCAN_WINDOW_DAYS },
      sandbox: true,
      corpus: await corpusFile(options, workDir),
      restartCrashed: true,
      say: console.log,
      signal,
    });
    await runDemo(stack, options, signal);
    if (!options.keep) {
      await end();
      return null;
    }
    console.log(describeStack(stack, { dataDir: workDir, startedInMs: Date.now() - startedAtMs }));
    return { stop: end };
  } catch (error) {
    await end();
    throw error;
  }
});

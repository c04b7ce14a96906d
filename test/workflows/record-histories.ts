import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import {
  disconnectUpdate,
  integrationWorkflowId,
  pauseUpdate,
  resumeUpdate,
  retryFailedUpdate,
  tokenRejectedSignal,
} from '../../src/workflows/contract.ts';
import * as workflows from '../../src/workflows/index.ts';
import { OVER_SOON } from '../../src/workflows/versioning.ts';
import { type RunningStack, startRunningStack } from '../e2e/running-stack.ts';
import { until } from '../support/until.ts';
import { playOutbound } from './play-outbound.ts';
import { playUpkeep } from './play-upkeep.ts';
import { RECORDING_KEYS } from './recording-keys.ts';

const FOLDER = join(import.meta.dirname, 'histories');
const FAILING = 7001;
const LASTING = Object.entries(workflows)
  .filter(([, workflow]) => !OVER_SOON.some((pinned) => pinned === workflow))
  .map(([type]) => type);

/**
 * Records what today's workflow code does on real servers, for replay.test.ts: run it before a release, from a tree
 * whose tests pass, with a name for the release that none had before: `npm run histories:record -- v1`.
 */
async function record(release: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  if ((await readdir(FOLDER)).some((name) => name.startsWith(`${release}-`))) {
    throw new Error(`There are histories of ${release}: choose another name.`);
  }
  const running = await startRunningStack({
    corpus: Array.from({ length: 60 }, (_, index) => ({
      id: `c-${index}`,
      text: `The export fails, report ${index}.`,
    })),
    env: { ENCRYPTION_KEYS: RECORDING_KEYS },
  });
  try {
    await play(running);
    const histories = await longestHistories(running);
    const missing = LASTING.filter((type) => !histories.has(type));
    if (missing.length > 0) throw new Error(`Not played, so nothing is recorded: ${missing.join(', ')}`);
    for (const [type, history] of histories) {
      // Which machine recorded it, and where, is nobody's business.
      const anonymous = history.replaceAll(`@${hostname()}`, '@recorder').replaceAll(process.cwd(), '');
      await writeFile(join(FOLDER, `${release}-${type}.json`), anonymous, { flag: 'wx' });
      console.log(`recorded ${type}`);
    }
  } finally {
    await running.stop();
  }
}

/** Of every type that lasts, the run that did most. */
async function longestHistories({ temporal: { workflow } }: RunningStack): Promise<Map<string, string>> {
  const longest = new Map<string, { events: number; history: string }>();
  for await (const { workflowId, runId, type } of workflow.list()) {
    if (!LASTING.includes(type)) continue;
    const fetched = await workflow.getHandle(workflowId, runId).fetchHistory();
    const events = fetched.events?.length ?? 0;
    if (events > (longest.get(type)?.events ?? 0)) longest.set(type, { events, history: historyToJSON(fetched) });
  }
  return new Map([...longest].map(([type, { history }]) => [type, history]));
}

/** Something of everything: a scan, a webhook, a failure that is retried, what goes out, upkeep, a refresh, a pause, the end. */
async function play(running: RunningStack): Promise<void> {
  const { connect, untilScanned, control, storage, temporal, organizationId } = running;
  const integrationId = await connect();
  await untilScanned(integrationId);
  const handle = temporal.workflow.getHandle(integrationWorkflowId(integrationId));
  const statusIs = (status: string) => async () => {
    const { events } = await storage.syncEvents.list(organizationId, { conversationId: FAILING }, { limit: 10 });
    return events.some((row) => row.status === status && row.type === 'conversationUpdated');
  };
  await control('PUT', `/faults/conversations/${FAILING}`, { threads: '500' });
  await control('POST', `/conversations/${FAILING}/messages`, { type: 'customer', text: 'Again.' });
  await until(statusIs('failed'), { what: 'the failure', timeoutMs: 120_000 });
  await control('DELETE', `/faults/conversations/${FAILING}`);
  await until(
    async () => (await handle.executeUpdate(retryFailedUpdate, { args: [{ by: 'ada@acme.example' }] })).matched > 0,
  );
  await until(statusIs('success'), { what: 'the retry', timeoutMs: 60_000 });
  await playOutbound(running, integrationId);
  await playUpkeep(running, integrationId);
  await handle.signal(tokenRejectedSignal, { tokenVersion: 1 });
  await handle.executeUpdate(pauseUpdate);
  await handle.executeUpdate(resumeUpdate);
  await handle.executeUpdate(disconnectUpdate);
  await handle.result();
}

await record(process.argv[2] ?? 'unnamed');

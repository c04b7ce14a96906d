import { mkdir, writeFile } from 'node:fs/promises';
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
import { type RunningStack, startRunningStack } from '../e2e/running-stack.ts';
import { until } from '../support/until.ts';

const FOLDER = join(import.meta.dirname, 'histories');
const FAILING = 7001;

/**
 * Records what today's workflow code does on real servers, for replay.test.ts: run it before a release, from a tree
 * whose tests pass, with a name for the release: `npm run histories:record -- v1`.
 */
async function record(release: string): Promise<void> {
  const running = await startRunningStack({
    corpus: Array.from({ length: 60 }, (_, index) => ({
      id: `c-${index}`,
      text: `The export fails, report ${index}.`,
    })),
  });
  try {
    await play(running);
    await mkdir(FOLDER, { recursive: true });
    const { workflow } = running.temporal;
    for await (const { workflowId, runId, type } of workflow.list()) {
      const history = historyToJSON(await workflow.getHandle(workflowId, runId).fetchHistory());
      // Which machine recorded it, and where, is nobody's business.
      const anonymous = history.replaceAll(`@${hostname()}`, '@recorder').replaceAll(process.cwd(), '');
      await writeFile(join(FOLDER, `${release}-${type}.json`), anonymous);
      console.log(`recorded ${type}`);
    }
  } finally {
    await running.stop();
  }
}

/** Something of everything: a scan, a webhook, a failure that is retried, a refresh, a pause, the end. */
async function play({
  connect,
  untilScanned,
  control,
  storage,
  temporal,
  organizationId,
}: RunningStack): Promise<void> {
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
  await handle.signal(tokenRejectedSignal, { tokenVersion: 1 });
  await handle.executeUpdate(pauseUpdate);
  await handle.executeUpdate(resumeUpdate);
  await handle.executeUpdate(disconnectUpdate);
  await handle.result();
}

await record(process.argv[2] ?? 'unnamed');

import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { acceptSubmission } from '../../src/api/commands/accept-submission.ts';
import { putCustomer } from '../../src/api/commands/put-customer.ts';
import { startRetryRun } from '../../src/api/commands/start-retry-run.ts';
import { createLogger } from '../../src/api/logger.ts';
import { createKeyRing } from '../../src/security/key-ring.ts';
import {
  disconnectUpdate,
  integrationWorkflowId,
  pauseUpdate,
  resumeUpdate,
  retryFailedUpdate,
  retryRunWorkflowId,
  SCHEDULED,
  tokenRejectedSignal,
} from '../../src/workflows/contract.ts';
import { type RunningStack, startRunningStack } from '../e2e/running-stack.ts';
import { newSubmission } from '../support/new-submission.ts';
import { until } from '../support/until.ts';
import { RECORDING_KEYS } from './recording-keys.ts';

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
    env: { ENCRYPTION_KEYS: RECORDING_KEYS },
  });
  try {
    await play(running);
    await mkdir(FOLDER, { recursive: true });
    const { workflow } = running.temporal;
    for await (const { workflowId, runId, type } of workflow.list()) {
      // Done within seconds: none of them has to outlive a release.
      if (Object.hasOwn(SCHEDULED, type)) continue;
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

/** A ticket and a customer that Help Scout refuses at first, and are retried together. */
async function playOutbound(
  { control, storage, temporal, stack, organizationId }: RunningStack,
  integrationId: string,
) {
  const keyRing = createKeyRing(stack.environment.ENCRYPTION_KEYS ?? '');
  const deps = { storage, temporal, keyRing, logger: createLogger('silent'), now: () => new Date() };
  const mailboxId = (await storage.integrations.get(organizationId, integrationId))?.selectedMailboxIds[0] ?? 0;
  for (const template of ['/v2/conversations', '/v2/customers']) {
    await control('POST', '/faults', { method: 'POST', template, effect: { status: 403 }, when: { count: 1 } });
  }
  await acceptSubmission(deps, newSubmission({ organizationId, integrationId, mailboxId }), null);
  await putCustomer(deps, organizationId, 'crm-1', { email: 'grace@client.example', firstName: 'Grace' });
  const outbound = async (status: 'failed' | 'success') => {
    const filter = { statuses: [status], types: ['ticketCreated' as const, 'customerSynced' as const] };
    return (await storage.syncEvents.list(organizationId, filter, { limit: 10 })).events.length;
  };
  await until(async () => (await outbound('failed')) === 2, { what: 'both to fail', timeoutMs: 120_000 });
  const by = 'ada@acme.example';
  const wish = { organizationId, by, selection: { code: 'forbidden' as const }, canary: true, perMinute: 600 };
  const run = await startRetryRun(deps, wish);
  await until(async () => (await outbound('success')) === 2, { what: 'both to be retried', timeoutMs: 120_000 });
  await temporal.workflow.getHandle(retryRunWorkflowId(organizationId, run?.retryRunId ?? '')).result();
}

/** Something of everything: a scan, a webhook, a failure that is retried, a refresh, a pause, the end. */
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
  await handle.signal(tokenRejectedSignal, { tokenVersion: 1 });
  await handle.executeUpdate(pauseUpdate);
  await handle.executeUpdate(resumeUpdate);
  await handle.executeUpdate(disconnectUpdate);
  await handle.result();
}

await record(process.argv[2] ?? 'unnamed');

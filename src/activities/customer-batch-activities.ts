import { getClient, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { CustomerRecord } from '../domain/customer-record.ts';
import { SYNC_ERROR_TEXT } from '../domain/sync-error-text.ts';
import type { LineOutcome } from '../storage/customer-imports.ts';
import { liveIntegration } from '../storage/live-integration.ts';
import {
  CUSTOMER_BATCH_WORKFLOW,
  CUSTOMER_IMPORT_WORKFLOW,
  CUSTOMER_SYNC_WORKFLOW,
  type CustomerBatchInput,
  type CustomerImportInput,
  customerBatchWorkflowId,
  customerImportWorkflowId,
  customerSyncStart,
  TASK_QUEUE,
} from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';

/** Syncs of one organization under way at once: more would only wait for the account's limit. */
const MOST_AT_ONCE = 200;
const LEAST_ROOM = 20;
const LINES_AT_ONCE = 200;
const MINUTE_MS = 60_000;
/** A customer whose sync has not moved for so long is told again; one that still runs takes no harm. */
const LOST_MS = 10 * MINUTE_MS;
/** An upload that takes longer than any was interrupted. */
const INTERRUPTED_MS = 60 * MINUTE_MS;
const MOST_IMPORTS = 100;

/** Many customers: batches, uploads, and what was left behind. */
export function createCustomerBatchActivities({
  storage,
  keyRing,
  now,
}: Pick<ActivityDeps, 'storage' | 'keyRing' | 'now'>) {
  const ago = (ms: number) => new Date(now().getTime() - ms);

  async function tell(record: CustomerRecord): Promise<void> {
    const start = customerSyncStart(record, keyRing.emailHash(record.fields.email));
    await getClient().workflow.signalWithStart(CUSTOMER_SYNC_WORKFLOW, start);
    await storage.customers.markTold(record.organizationId, record.externalId, record.version);
  }

  async function startBatch(organizationId: string): Promise<void> {
    await getClient().workflow.start(CUSTOMER_BATCH_WORKFLOW, {
      workflowId: customerBatchWorkflowId(organizationId),
      workflowIdConflictPolicy: 'USE_EXISTING',
      taskQueue: TASK_QUEUE,
      args: [{ organizationId }],
    });
  }

  const isRealTime = async (organizationId: string) =>
    (await storage.settings.get(organizationId)).customers.mode === 'realTime';

  return {
    /** Starts the syncs of customers that wait, as far as there is room. `left`: ask again. */
    async flushCustomers({ organizationId }: CustomerBatchInput): Promise<{ started: number; left: boolean }> {
      const integration = await liveIntegration(storage, organizationId);
      if (!integration) return { started: 0, left: false };
      const room = MOST_AT_ONCE - (await storage.customers.syncing(organizationId, ago(LOST_MS)));
      const waiting = await storage.customers.waiting(organizationId, Math.max(room, LEAST_ROOM));
      if (waiting.length === 0) return { started: 0, left: false };
      if (room < LEAST_ROOM) return { started: 0, left: true };
      const { integrationId } = integration;
      for (const record of waiting) {
        // One that waited through a change of connection goes to the account that there is now.
        const { externalId, fields } = record;
        const moved = record.integrationId !== integrationId;
        await tell(moved ? await storage.customers.put(organizationId, integrationId, externalId, fields) : record);
        heartbeat(externalId);
      }
      return { started: waiting.length, left: waiting.length === room };
    },

    /** Takes on the next lines of an upload. `left`: ask again. */
    async importCustomers({ organizationId, importId }: CustomerImportInput): Promise<{ left: boolean }> {
      const integration = await liveIntegration(storage, organizationId);
      if (!integration)
        throw ApplicationFailure.create({ message: 'no connection to Help Scout', type: 'notConnected' });
      await storage.customerImports.update(organizationId, importId, { state: 'working' });
      const lines = await storage.customerImports.storedLines(organizationId, importId, LINES_AT_ONCE);
      const outcomes: LineOutcome[] = [];
      for (const { line, externalId, fields } of lines) {
        const { version, syncedVersion } = await storage.customers.put(
          organizationId,
          integration.integrationId,
          externalId,
          fields,
        );
        outcomes.push({ line, version, state: version > syncedVersion ? 'accepted' : 'unchanged' });
      }
      await storage.customerImports.saveOutcomes(organizationId, importId, outcomes);
      await tellEnded(organizationId, [...new Set(lines.map(({ externalId }) => externalId))]);
      const left = lines.length === LINES_AT_ONCE;
      if (!left) await storage.customerImports.update(organizationId, importId, { state: 'done', finishedAt: now() });
      if (lines.length > 0 && (await isRealTime(organizationId))) await startBatch(organizationId);
      return { left };
    },

    async sweepCustomers(): Promise<void> {
      await storage.customers.waitAgain(ago(LOST_MS));
      for (const organizationId of await storage.customers.organizationsWaiting(ago(MINUTE_MS))) {
        if (await isRealTime(organizationId)) await startBatch(organizationId);
      }
      for (const { organizationId, importId } of await storage.customerImports.inState(
        'stored',
        ago(MINUTE_MS),
        MOST_IMPORTS,
      )) {
        await getClient().workflow.start(CUSTOMER_IMPORT_WORKFLOW, {
          workflowId: customerImportWorkflowId(importId),
          workflowIdConflictPolicy: 'USE_EXISTING',
          taskQueue: TASK_QUEUE,
          args: [{ organizationId, importId }],
        });
      }
      const interrupted = await storage.customerImports.inState('receiving', ago(INTERRUPTED_MS), MOST_IMPORTS);
      for (const { organizationId, importId } of interrupted) {
        await storage.customerImports.removeLines(organizationId, importId);
        await storage.customerImports.update(organizationId, importId, { state: 'broken', finishedAt: now() });
      }
    },
  };

  /** A customer may have come to Help Scout, or failed, before their line said which version to wait for. */
  async function tellEnded(organizationId: string, externalIds: readonly string[]): Promise<void> {
    for (const record of await storage.customers.getMany(organizationId, externalIds)) {
      if (record.syncedVersion > 0) {
        const ended = { externalId: record.externalId, version: record.syncedVersion };
        await storage.customerImports.customerEnded(organizationId, ended, { state: 'synced', error: null });
      }
      if (record.state !== 'failed' || !record.problem) continue;
      const { message, remedy } = SYNC_ERROR_TEXT[record.problem.code];
      const error = `${message} ${remedy}`;
      await storage.customerImports.customerEnded(organizationId, record, { state: 'failed', error });
    }
  }
}

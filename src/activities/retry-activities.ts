import { randomUUID } from 'node:crypto';
import { activityInfo, getClient, heartbeat } from '@temporalio/activity';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { type Payload, toPayloads } from '@temporalio/common';
import type { Logged } from '../domain/logged-row.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import {
  CONVERSATION_SYNC_WORKFLOW,
  conversationWorkflowId,
  retrySignal,
  type Scope,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
} from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import type { FailedConversation } from './import-activities.ts';

/** A value as the client itself would send it; a batch is none of its own calls. */
async function encoded({ options: { loadedDataConverter } }: Client, value: string): Promise<Payload[]> {
  const { payloadConverter, payloadCodecs } = loadedDataConverter;
  let payloads = toPayloads(payloadConverter, value) ?? [];
  for (const codec of payloadCodecs.toReversed()) payloads = await codec.encode(payloads);
  return payloads;
}

/** Keeping what failed retryable, and retrying it. */
export function createRetryActivities({ storage }: Pick<ActivityDeps, 'storage'>) {
  return {
    /**
     * Gives each failed conversation a workflow of its own that keeps it visible and retryable. One that has such a
     * workflow already is told to try again, and its new row points there.
     */
    async startConversationSyncs(scope: Scope, items: FailedConversation[]): Promise<Logged> {
      const handedOver: string[] = [];
      for (const { eventId, conversationId, code, httpStatus } of items) {
        const workflowId = conversationWorkflowId(scope.integrationId, conversationId);
        try {
          await getClient().workflow.start(CONVERSATION_SYNC_WORKFLOW, {
            workflowId,
            taskQueue: TASK_QUEUE,
            args: [{ ...scope, conversationId, eventId, failure: { code, httpStatus } }],
            workflowIdConflictPolicy: 'FAIL',
            memo: { eventId },
            staticSummary: `Conversation ${conversationId}`,
            typedSearchAttributes: [
              { key: SEARCH_ATTRIBUTES.organizationId, value: scope.organizationId },
              { key: SEARCH_ATTRIBUTES.integrationId, value: scope.integrationId },
              { key: SEARCH_ATTRIBUTES.eventType, value: 'conversationSynced' },
              { key: SEARCH_ATTRIBUTES.direction, value: 'inbound' },
              { key: SEARCH_ATTRIBUTES.syncStatus, value: 'retrying' },
              { key: SEARCH_ATTRIBUTES.conversationId, value: String(conversationId) },
            ],
          });
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          if (await handOver(scope, { eventId, workflowId })) handedOver.push(eventId);
        }
        heartbeat(conversationId);
      }
      return { log: await storage.syncEvents.logged(scope.organizationId, handedOver) };
    },

    /** Sends `retry` to every failed sync of the integration, or to those of one cause. @returns how many there are. */
    async retryFailedSyncs(scope: Scope, { code, by }: { code?: SyncErrorCode; by?: string }): Promise<number> {
      const client = getClient();
      const query = [
        `IntegrationId = '${scope.integrationId}'`,
        `SyncStatus = 'failed'`,
        `ExecutionStatus = 'Running'`,
        ...(code ? [`SyncErrorCode = '${code}'`] : []),
      ].join(' AND ');
      const { count } = await client.workflow.count(query);
      if (count === 0) return 0;
      await client.workflowService.startBatchOperation({
        namespace: activityInfo().workflowNamespace,
        jobId: randomUUID(),
        reason: 'retry failed syncs',
        visibilityQuery: query,
        signalOperation: {
          signal: retrySignal.name,
          // Addresses belong into payloads alone: everything else stands in the histories as it is.
          identity: 'integration',
          ...(by && { input: { payloads: await encoded(client, by) } }),
        },
      });
      return count;
    },
  };

  /** @returns false when the running one is ours, from an earlier try of this activity: then all is well */
  async function handOver(scope: Scope, row: { eventId: string; workflowId: string }): Promise<boolean> {
    const handle = getClient().workflow.getHandle(row.workflowId);
    if ((await handle.describe()).memo?.eventId === row.eventId) return false;
    await handle.signal(retrySignal);
    await storage.syncEvents.settle(scope.organizationId, [
      {
        eventId: row.eventId,
        workflowId: row.workflowId,
        status: 'skipped',
        by: 'automatic',
        details: 'An earlier failed sync of this conversation tries again instead',
      },
    ]);
    return true;
  }
}

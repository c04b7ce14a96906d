import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { createActivities } from '../../src/activities/index.ts';
import { chooseClassifier } from '../../src/classify/choose-classifier.ts';
import type { SyncErrorCode } from '../../src/domain/sync-error.ts';
import {
  CONVERSATION_SYNC_WORKFLOW,
  conversationWorkflowId,
  HELPSCOUT_TASK_QUEUE,
  type Scope,
  TASK_QUEUE,
} from '../../src/workflows/contract.ts';
import { imported } from './fake-activities.ts';
import { shared } from './shared.ts';
import type { Temporal } from './temporal.ts';
import { workflowBundle } from './time-skipping.ts';
import { until } from './until.ts';
import type { WebApp } from './web-app.ts';

/**
 * The real workflows and activities on the web app's storage, with a Help Scout that is told which conversations
 * cannot be read, and why.
 */
export async function startRetryWorker(temporal: Temporal, app: WebApp) {
  const { storage, keyRing } = app;
  const broken = new Map<number, SyncErrorCode>();
  let customers: SyncErrorCode | null = null;
  let lastConversation = 900_000;
  const real = createActivities({
    storage,
    keyRing,
    classifierOf: () => chooseClassifier(null),
    messageBatchesOf: () => null,
    helpScout: {
      apiUrl: 'http://127.0.0.1:9',
      docsUrl: 'http://127.0.0.1:9',
      appId: 'app',
      appSecret: 'secret',
      callsPerMinute: 400,
    },
    publicUrl: app.origin,
    now: () => new Date(),
  });
  const activities = {
    ...real,
    createTicket: async ({ organizationId }: Scope, { submissionId }: { submissionId: string }) => {
      lastConversation += 1;
      await storage.submissions.markCreated(organizationId, submissionId, lastConversation);
      return { conversationId: lastConversation, found: false, log: [] };
    },
    syncCustomer: async () => {
      if (customers) throw ApplicationFailure.nonRetryable('not this one', customers);
      return { kind: 'sent', status: 'success', details: 'Sent', log: [] };
    },
    importConversation: async (_scope: unknown, { conversationId }: { conversationId: number }) => {
      const code = broken.get(conversationId);
      if (code) throw ApplicationFailure.nonRetryable('not now', code);
      return imported([]);
    },
  };
  const common = { connection: temporal.nativeConnection, activities };
  const workers = [
    await Worker.create({ ...common, taskQueue: TASK_QUEUE, workflowBundle: await workflowBundle() }),
    await Worker.create({ ...common, taskQueue: HELPSCOUT_TASK_QUEUE }),
  ];
  const running = Promise.all(workers.map((worker) => worker.run()));

  return {
    broken,
    /** Why customers cannot be sent; null when they can. */
    refuseCustomers(code: SyncErrorCode | null) {
      customers = code;
    },
    /** Conversations whose sync fails for a reason, each with its row and its workflow that waits. @returns the rows' ids */
    async fail(
      { organizationId, integrationId }: { organizationId: string; integrationId: string },
      conversationIds: readonly number[],
      code: SyncErrorCode = 'helpScoutUnavailable',
    ): Promise<string[]> {
      const eventIds: string[] = [];
      for (const conversationId of conversationIds) {
        broken.set(conversationId, code);
        const workflowId = conversationWorkflowId(integrationId, conversationId);
        const eventId = `batch:${integrationId}/${conversationId}`;
        eventIds.push(eventId);
        await storage.syncEvents.open(organizationId, [
          {
            ...{ eventId, integrationId, workflowId, conversationId, type: 'conversationSynced', direction: 'inbound' },
            customerEmail: `customer-${conversationId}@client.example`,
          },
        ]);
        await temporal.client.workflow.start(CONVERSATION_SYNC_WORKFLOW, {
          workflowId,
          taskQueue: TASK_QUEUE,
          args: [{ organizationId, integrationId, conversationId, eventId, failure: { code } }],
        });
      }
      for (const eventId of eventIds) {
        const failed = async () => (await storage.syncEvents.get(organizationId, eventId))?.status === 'failed';
        await until(failed, { what: `${eventId} to fail` });
      }
      return eventIds;
    },
    async stop() {
      for (const worker of workers) worker.shutdown();
      await running;
    },
  };
}
export type RetryWorker = Awaited<ReturnType<typeof startRetryWorker>>;

/** That worker, for the tests of the surrounding `describe`. */
export function useRetryWorker(temporal: Temporal, app: WebApp): RetryWorker {
  return shared(async (thenStop) => {
    const worker = await startRetryWorker(temporal, app);
    thenStop(worker.stop);
    return worker;
  });
}

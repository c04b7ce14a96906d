import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { organizationSettingsSchema } from '../../../src/domain/organization-settings.ts';
import { connectStorage } from '../../../src/storage/storage.ts';
import { keepWorkflowBundle } from '../../../src/worker/workflow-bundle.ts';
import { scanWorkflowId, TASK_QUEUE } from '../../../src/workflows/contract.ts';
import type { scan } from '../../../src/workflows/scan.ts';
import type { MessagesRequest, Reply } from '../messages-api-server.ts';
import { startMongodb } from '../mongodb.ts';
import { storedConversation } from '../stored-conversation.ts';
import { startTemporal } from '../temporal.ts';

/**
 * Storage, Temporal, and workers that are processes of their own; scans of what is stored. Not the server that skips time:
 * that one hands tasks to workers that are dead.
 */
export async function startPaidScans(claudeUrl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'insights-paid-'));
  const mongodb = await startMongodb();
  const uri = mongodb.newDatabase();
  const storage = await connectStorage(uri);
  const env = await startTemporal();
  const { codePath: BUNDLE } = await keepWorkflowBundle([], folder);
  const address = { MONGODB_URI: uri, TEMPORAL: env.address, NAMESPACE: env.namespace ?? 'default' };
  const workers = new Set<ChildProcess>();

  const kill = async (worker: ChildProcess) => {
    workers.delete(worker);
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
  };

  return {
    storage,
    kill,

    async startWorker(): Promise<ChildProcess> {
      const worker = fork(join(import.meta.dirname, 'worker.ts'), [], {
        execArgv: ['--import', 'tsx'],
        env: { ...process.env, ...address, CLAUDE: claudeUrl, BUNDLE },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      workers.add(worker);
      await once(worker, 'message');
      return worker;
    },

    /** Stores conversations 1 to `count` of an organization of their own, and starts their scan. */
    async startScan(count: number, insights: Record<string, unknown>) {
      const scope = { organizationId: randomUUID(), integrationId: randomUUID() };
      const settings = organizationSettingsSchema.parse({ insights });
      await storage.settings.save(scope.organizationId, { insights: settings.insights });
      const ids = Array.from({ length: count }, (_, index) => index + 1);
      await storage.conversations.saveAll(
        scope.organizationId,
        ids.map((id) => storedConversation(scope, id)),
      );
      const handle = await env.client.workflow.start<typeof scan>('scan', {
        workflowId: scanWorkflowId(scope.integrationId, 1),
        taskQueue: TASK_QUEUE,
        args: [{ ...scope, scanNumber: 1, mailboxIds: [310], modifiedSince: '2026-01-01T00:00:00Z' }],
      });
      return { ...scope, ids, handle };
    },

    async stop() {
      for (const worker of workers) await kill(worker);
      await env.teardown();
      await storage.close();
      await mongodb.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Which of the stored conversations a request asks about. */
export function conversationIn({ messages }: MessagesRequest): number {
  return Number(/report (\d+) fails/.exec(JSON.stringify(messages))?.[1]);
}

/** An answer that can be used. */
export const usable: Reply = {
  kind: 'answer',
  value: {
    ...{ category: 'bug', confidence: 0.9, summary: 'The export of a report fails.', productArea: null },
    ...{ severity: 'high', evidence: [], documentation: null, further: [] },
  },
};

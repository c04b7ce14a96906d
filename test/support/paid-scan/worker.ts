import { NativeConnection, Worker } from '@temporalio/worker';
import { z } from 'zod';
import { classifiersOf } from '../../../src/activities/classifiers-of.ts';
import { guardActivities } from '../../../src/activities/guard-activities.ts';
import type { PageRequest, PageResult } from '../../../src/activities/import-activities.ts';
import { createActivities } from '../../../src/activities/index.ts';
import { createKeyRing } from '../../../src/security/key-ring.ts';
import { connectStorage } from '../../../src/storage/storage.ts';
import { HELPSCOUT_TASK_QUEUE, type Scope, TASK_QUEUE } from '../../../src/workflows/contract.ts';
import { quietRuntime } from '../quiet-runtime.ts';

/**
 * A worker as a process of its own, so that it can be killed: the product's activities, storage and client for Claude.
 * Only Help Scout's list is a stand-in: its pages are the conversations that are stored already.
 */
const env = z
  .object({
    MONGODB_URI: z.string(),
    TEMPORAL: z.string(),
    NAMESPACE: z.string(),
    CLAUDE: z.string(),
    BUNDLE: z.string(),
  })
  .parse(process.env);
const PAGE = 25;
const MOST = 10_000;
const ANY_KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

quietRuntime();
// Nobody is left to stop it when the test is stopped.
process.on('disconnect', () => process.exit());
const storage = await connectStorage(env.MONGODB_URI);
const connection = await NativeConnection.connect({ address: env.TEMPORAL });
const activities = {
  ...createActivities({
    storage,
    keyRing: createKeyRing(ANY_KEYS),
    ...classifiersOf({ anthropic: { apiKey: 'key-for-tests', baseUrl: env.CLAUDE, model: 'claude-sonnet-4-6' } }),
    helpScout: {
      apiUrl: 'http://127.0.0.1:9',
      docsUrl: 'http://127.0.0.1:9',
      appId: '',
      appSecret: '',
      callsPerMinute: 1,
    },
    publicUrl: 'http://127.0.0.1:9',
    now: () => new Date(),
  }),
  async importPage({ organizationId, integrationId }: Scope, { cursor }: PageRequest): Promise<PageResult> {
    const { conversationIds } = await storage.conversations.idsOf(organizationId, integrationId, MOST);
    const rest = conversationIds.toSorted((a, b) => a - b).slice((cursor.page - 1) * PAGE);
    const next = rest.length > PAGE ? { ...cursor, page: cursor.page + 1 } : null;
    return { changed: rest.slice(0, PAGE), unchanged: 0, gone: 0, failed: [], log: [], total: rest.length, next };
  },
};
const common = {
  ...{ connection, namespace: env.NAMESPACE, activities },
  interceptors: { activity: [guardActivities] },
};
const workers = await Promise.all([
  Worker.create({ ...common, taskQueue: TASK_QUEUE, workflowBundle: { codePath: env.BUNDLE } }),
  Worker.create({ ...common, taskQueue: HELPSCOUT_TASK_QUEUE }),
]);
process.send?.('ready');
await Promise.all(workers.map((worker) => worker.run()));

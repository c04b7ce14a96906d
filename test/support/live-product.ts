import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import pino from 'pino';
import { guardActivities } from '../../src/activities/guard-activities.ts';
import { createActivities } from '../../src/activities/index.ts';
import { createOfflineClassifier } from '../../src/classify/offline-classifier.ts';
import { loadWeights } from '../../src/classify/weights.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { createDataConverter } from '../../src/security/data-converter.ts';
import { createKeyRing } from '../../src/security/key-ring.ts';
import { connectStorage } from '../../src/storage/storage.ts';
import { createWorkers } from '../../src/worker/worker.ts';
import {
  connectUpdate,
  INTEGRATION_WORKFLOW,
  type IntegrationInput,
  integrationWorkflowId,
  reauthorizedUpdate,
  selectMailboxesUpdate,
  TASK_QUEUE,
} from '../../src/workflows/contract.ts';
import { APP, decide } from '../sandbox/support.ts';
import { startMongodb } from './mongodb.ts';
import { startTemporal } from './temporal.ts';
import { until } from './until.ts';

export interface LiveProductWish {
  sandbox: Sandbox;
  searchLagMs: number;
  timeoutMs: number;
}

/** Worker, storage and a real Temporal in this process, connected to a sandbox whose conversations are read already. */
export async function startLiveProduct({ sandbox, searchLagMs, timeoutMs }: LiveProductWish) {
  const mongodb = await startMongodb();
  const storage = await connectStorage(mongodb.newDatabase());
  const env = await startTemporal();
  const keys = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
  const keyRing = createKeyRing(keys);
  const dataConverter = createDataConverter(keys);
  const namespace = env.namespace ?? 'default';
  const temporal = new Client({ connection: env.connection, namespace, dataConverter });
  const { appId, appSecret } = APP;
  const api = { apiUrl: sandbox.url, docsUrl: sandbox.url, appId, appSecret };
  const activities = createActivities({
    storage,
    keyRing,
    classifierOf: () => createOfflineClassifier(loadWeights()),
    messageBatchesOf: () => null,
    helpScout: { ...api, callsPerMinute: 100_000, searchLagMs, timeoutMs },
    publicUrl: 'http://127.0.0.1:9',
    now: () => new Date(),
  });
  const workers = await createWorkers({
    connection: env.nativeConnection,
    namespace,
    activities,
    dataConverter,
    interceptor: guardActivities,
  });
  const running = Promise.all(workers.map((worker) => worker.run()));

  const { organizationId } = await storage.organizations.create({ name: 'Acme', timeZone: 'UTC' });
  const { integrationId } = await storage.integrations.create(organizationId);
  const scope = { organizationId, integrationId };
  const bringCode = async () => {
    const code = (await decide(sandbox, 'authorize')).searchParams.get('code') ?? '';
    const ciphertext = keyRing.encrypt(code, { ...scope, purpose: 'authorizationCode' });
    await storage.integrations.saveAuthorizationCode(organizationId, integrationId, ciphertext);
  };
  const input: IntegrationInput = {
    ...scope,
    settings: { scanWindowDays: 36_500, quietMs: 1000, quietMaxMs: 3000, reconcileMs: 3_600_000 },
  };
  await bringCode();
  const integration = await temporal.workflow.start(INTEGRATION_WORKFLOW, {
    workflowId: integrationWorkflowId(integrationId),
    taskQueue: TASK_QUEUE,
    args: [input],
  });
  const { mailboxes } = await integration.executeUpdate(connectUpdate);
  const mailboxIds = mailboxes.map(({ mailboxId }) => mailboxId);
  await integration.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds }] });
  await until(async () => (await storage.integrations.get(organizationId, integrationId))?.state === 'live');

  return {
    ...scope,
    storage,
    temporal,
    integration,
    mailboxIds,
    /** What commands of the web app need. */
    deps: { storage, temporal, keyRing, logger: pino({ level: 'silent' }), now: () => new Date() },
    stateOf: async () => (await storage.integrations.get(organizationId, integrationId))?.state,
    async reconnect() {
      await bringCode();
      await integration.executeUpdate(reauthorizedUpdate);
    },
    newId: () => randomUUID(),
    async stop() {
      for (const worker of workers) worker.shutdown();
      await running;
      await env.teardown();
      await storage.connection.dropDatabase();
      await storage.close();
      await mongodb.stop();
    },
  };
}
export type LiveProduct = Awaited<ReturnType<typeof startLiveProduct>>;

import { Client } from '@temporalio/client';
import { guardActivities } from '../../src/activities/guard-activities.ts';
import { createActivities } from '../../src/activities/index.ts';
import { createOfflineClassifier } from '../../src/classify/offline-classifier.ts';
import { loadWeights } from '../../src/classify/weights.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { createDataConverter } from '../../src/security/data-converter.ts';
import { createKeyRing } from '../../src/security/key-ring.ts';
import { createWorkers } from '../../src/worker/worker.ts';
import {
  connectUpdate,
  INTEGRATION_WORKFLOW,
  type IntegrationInput,
  integrationWorkflowId,
  TASK_QUEUE,
} from '../../src/workflows/contract.ts';
import { APP, decide } from '../sandbox/support.ts';
import { startMongodb } from './mongodb.ts';
import { startTemporal } from './temporal.ts';
import { addOrganization, startWebApp } from './web-app.ts';

const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

/** Web app and worker in this process, with a connection to a sandbox whose mailboxes are still to be chosen. */
export async function startScanApp(sandbox: Sandbox) {
  const mongodb = await startMongodb();
  const env = await startTemporal();
  const namespace = env.namespace ?? 'default';
  const dataConverter = createDataConverter(KEYS);
  const temporal = new Client({ connection: env.connection, namespace, dataConverter });
  const app = await startWebApp({ mongodbUri: mongodb.newDatabase(), temporal });
  const { storage } = app;
  const keyRing = createKeyRing(KEYS);
  const activities = createActivities({
    storage,
    keyRing,
    classifierOf: () => createOfflineClassifier(loadWeights()),
    messageBatchesOf: () => null,
    helpScout: {
      ...{ apiUrl: sandbox.url, docsUrl: sandbox.url, appId: APP.appId, appSecret: APP.appSecret },
      callsPerMinute: 100_000,
    },
    publicUrl: 'http://127.0.0.1:9',
    now: () => new Date(),
  });
  const workers = await createWorkers({
    ...{ connection: env.nativeConnection, namespace, activities, dataConverter },
    interceptor: guardActivities,
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  const { organizationId } = await addOrganization(storage, 'Acme');
  const { integrationId } = await storage.integrations.create(organizationId);
  const code = (await decide(sandbox, 'authorize')).searchParams.get('code') ?? '';
  const ciphertext = keyRing.encrypt(code, { organizationId, integrationId, purpose: 'authorizationCode' });
  await storage.integrations.saveAuthorizationCode(organizationId, integrationId, ciphertext);
  const settings = { scanWindowDays: 90, quietMs: 1000, quietMaxMs: 3000, reconcileMs: 3_600_000 };
  const input: IntegrationInput = { organizationId, integrationId, settings };
  const integration = await temporal.workflow.start(INTEGRATION_WORKFLOW, {
    workflowId: integrationWorkflowId(integrationId),
    taskQueue: TASK_QUEUE,
    args: [input],
  });
  await integration.executeUpdate(connectUpdate);
  return {
    ...{ app, storage, organizationId, integrationId, integration },
    async stop() {
      for (const worker of workers) worker.shutdown();
      await running;
      await env.teardown();
      await app.stop();
      await mongodb.stop();
    },
  };
}

import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { classifiersOf } from '../activities/classifiers-of.ts';
import { guardActivities } from '../activities/guard-activities.ts';
import { createActivities } from '../activities/index.ts';
import { meteredStorage } from '../activities/metered-storage.ts';
import { observeActivities } from '../activities/observe-activities.ts';
import { chooseClassifier } from '../classify/choose-classifier.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { createDataConverter } from '../security/data-converter.ts';
import { createKeyRing } from '../security/key-ring.ts';
import { connectStorage } from '../storage/storage.ts';
import { logContext } from '../telemetry/log-context.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { startOperationsServer } from '../telemetry/operations-server.ts';
import { startTracing } from '../telemetry/tracing.ts';
import { ensureSchedules } from './schedules.ts';
import { readSdkMetrics, sdkMetricsAddress } from './sdk-metrics.ts';
import { forwardTemporalLogs } from './temporal-logger.ts';
import { createWorkers } from './worker.ts';

const PING_MS = 2_500;

/** The worker process: builds what activities need, runs until told to stop, finishes what it holds. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = pino({ level: config.logLevel, base: { process: 'worker' }, mixin: logContext });
  const metrics = createMetrics();
  const sdkAddress = config.metrics && (await sdkMetricsAddress());
  Runtime.install({
    logger: forwardTemporalLogs(logger),
    shutdownSignals: ['SIGINT', 'SIGTERM'],
    ...(sdkAddress && { telemetryOptions: { metrics: { prometheus: { bindAddress: sdkAddress } } } }),
  });
  const tracing = config.tracing && startTracing({ ...config.tracing, service: 'helpscout-insights-worker' });

  const storage = await connectStorage(config.mongodbUri);
  const { address, namespace } = config.temporal;
  const connection = await NativeConnection.connect({ address });
  const client = await Connection.connect({ address });
  const activities = createActivities({
    storage: meteredStorage(storage, metrics),
    keyRing: createKeyRing(config.encryptionKeys),
    ...classifiersOf({ anthropic: config.anthropic }),
    helpScout: config.helpScout,
    publicUrl: config.publicUrl,
    mail: config.mail,
    localUrlsAllowed: config.sandboxUrl !== null,
    now: () => new Date(),
  });
  const workers = await createWorkers({
    connection,
    namespace,
    activities,
    dataConverter: createDataConverter(config.encryptionKeys),
    interceptor: guardActivities,
    observe: observeActivities(metrics),
    tracing: tracing && { ...tracing.worker, client: tracing.client },
    deployment: config.deployment,
    bundleFolder: config.bundleFolder,
  });
  await ensureSchedules(new Client({ connection: client, namespace }));
  const operations =
    config.metrics &&
    (await startOperationsServer({
      ...config.metrics,
      metrics: async () => (await metrics.registry.metrics()) + (sdkAddress ? await readSdkMetrics(sdkAddress) : ''),
      readiness: {
        stopping: () => workers.some((worker) => worker.getState() !== 'RUNNING'),
        checks: {
          mongodb: async () => storage.connection.db?.admin().ping(),
          temporal: () =>
            client.withDeadline(Date.now() + PING_MS, () => client.workflowService.describeNamespace({ namespace })),
        },
      },
    }));
  logger.info({ classifier: chooseClassifier(config.anthropic).identity }, 'worker ready');
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await operations?.close();
    await connection.close();
    await client.close();
    await storage.close();
    await tracing?.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});

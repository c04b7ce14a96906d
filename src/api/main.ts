import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { chooseClassifier } from '../classify/choose-classifier.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { createDataConverter } from '../security/data-converter.ts';
import { createKeyRing } from '../security/key-ring.ts';
import { connectStorage } from '../storage/storage.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { startOperationsServer } from '../telemetry/operations-server.ts';
import { startTracing } from '../telemetry/tracing.ts';
import type { AppDeps } from './deps.ts';
import { addInstallationGauges } from './installation-gauges.ts';
import { createLogger } from './logger.ts';
import { readiness } from './readers/readiness.ts';
import { startServer } from './server.ts';
import { connectionOptions } from './temporal/connection-options.ts';

/** The web process: connects, serves until told to stop, then finishes what is under way. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger(config.logLevel);
  const tracing = config.tracing && startTracing({ ...config.tracing, service: 'helpscout-insights-api' });
  const metrics = createMetrics();
  const storage = await connectStorage(config.mongodbUri);
  const connection = await Connection.connect(connectionOptions(config.temporal.address));
  let stopping = false;
  const deps: AppDeps = {
    config,
    storage,
    temporal: new Client({
      connection,
      namespace: config.temporal.namespace,
      dataConverter: createDataConverter(config.encryptionKeys),
      ...(tracing && { interceptors: tracing.client }),
    }),
    keyRing: createKeyRing(config.encryptionKeys),
    logger,
    now: () => new Date(),
    classifierIdentity: chooseClassifier(config.anthropic).identity,
    metrics,
    stopping: () => stopping,
  };
  addInstallationGauges(metrics, deps);
  const told = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const server = await startServer(deps);
  const operations =
    config.metrics &&
    (await startOperationsServer({
      ...config.metrics,
      metrics: () => metrics.registry.metrics(),
      readiness: readiness(deps),
    }));
  logger.info({ url: config.publicUrl, port: server.port }, 'web app ready');

  await told;
  stopping = true;
  logger.info({ drainMs: config.drainMs }, 'web app stops');
  await wait(config.drainMs);
  await server.close();
  await operations?.close();
  await connection.close();
  await storage.close();
  await tracing?.stop();
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});

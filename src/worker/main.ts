import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { classifiersOf } from '../activities/classifiers-of.ts';
import { guardActivities } from '../activities/guard-activities.ts';
import { createActivities } from '../activities/index.ts';
import { chooseClassifier } from '../classify/choose-classifier.ts';
import { type Config, ConfigError, loadConfig } from '../config.ts';
import { createDataConverter } from '../security/data-converter.ts';
import { createKeyRing } from '../security/key-ring.ts';
import { connectStorage } from '../storage/storage.ts';
import { ensureSchedules } from './schedules.ts';
import { forwardTemporalLogs } from './temporal-logger.ts';
import { createWorkers } from './worker.ts';

/** The worker process: builds what activities need, runs until told to stop, finishes what it holds. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = pino({ level: config.logLevel, base: { process: 'worker' } });
  Runtime.install({ logger: forwardTemporalLogs(logger), shutdownSignals: ['SIGINT', 'SIGTERM'] });

  const storage = await connectStorage(config.mongodbUri);
  const connection = await NativeConnection.connect({ address: config.temporal.address });
  const installation = { anthropic: config.anthropic };
  const activities = createActivities({
    storage,
    keyRing: createKeyRing(config.encryptionKeys),
    ...classifiersOf(installation),
    helpScout: config.helpScout,
    publicUrl: config.publicUrl,
    now: () => new Date(),
  });
  const workers = await createWorkers({
    connection,
    namespace: config.temporal.namespace,
    activities,
    dataConverter: createDataConverter(config.encryptionKeys),
    interceptor: guardActivities,
  });
  await withClient(config, ensureSchedules);
  logger.info({ classifier: chooseClassifier(config.anthropic).identity }, 'worker ready');
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await connection.close();
    await storage.close();
  }
}

async function withClient(
  { temporal: { address, namespace } }: Config,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await work(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});

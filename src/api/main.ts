import { once } from 'node:events';
import { Client, Connection } from '@temporalio/client';
import { chooseClassifier } from '../classify/choose-classifier.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { createDataConverter } from '../security/data-converter.ts';
import { createKeyRing } from '../security/key-ring.ts';
import { connectStorage } from '../storage/storage.ts';
import { createLogger } from './logger.ts';
import { startServer } from './server.ts';
import { connectionOptions } from './temporal/connection-options.ts';

/** The web process: connects, serves until told to stop, then finishes what is under way. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger(config.logLevel);
  const keyRing = createKeyRing(config.encryptionKeys);
  const storage = await connectStorage(config.mongodbUri);
  const connection = await Connection.connect(connectionOptions(config.temporal.address));
  const temporal = new Client({
    connection,
    namespace: config.temporal.namespace,
    dataConverter: createDataConverter(config.encryptionKeys),
  });
  const { identity } = chooseClassifier(config.anthropic);
  const server = await startServer({
    config,
    storage,
    temporal,
    keyRing,
    logger,
    now: () => new Date(),
    classifierIdentity: identity,
  });
  logger.info({ url: config.publicUrl, port: server.port }, 'web app ready');

  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await server.close();
  await connection.close();
  await storage.close();
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});

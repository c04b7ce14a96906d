import { Client, Connection } from '@temporalio/client';
import { createDataConverter } from '../security/data-converter.ts';
import { connectStorage, type Storage } from '../storage/storage.ts';
import { DATA_DIR } from './paths.ts';
import { readRunFile } from './run-file.ts';
import { localSecrets } from './secrets.ts';

/** What a command of an administrator works on: an installation's database, its Temporal, and its encryption keys. */
export interface Installation {
  storage: Storage;
  client: Client;
  keys: string;
}

/**
 * Works on the database of the local stack while it runs, or on the one that MONGODB_URI names. Without either, it says
 * so and ends the process with 1.
 */
export async function withStorage(work: (storage: Storage) => Promise<void>): Promise<void> {
  const mongodbUri = process.env.MONGODB_URI || (await readRunFile(DATA_DIR))?.mongodbUri;
  if (!mongodbUri) return refuse('MONGODB_URI to that');
  await closing(await connectStorage(mongodbUri), work);
}

/** As {@link withStorage}, on all that MONGODB_URI, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and ENCRYPTION_KEYS name. */
export async function withInstallation(work: (installation: Installation) => Promise<void>): Promise<void> {
  const { env } = process;
  const running = await readRunFile(DATA_DIR);
  const address = env.TEMPORAL_ADDRESS || running?.temporalAddress;
  const keys = env.ENCRYPTION_KEYS || (running && (await localSecrets(DATA_DIR)).ENCRYPTION_KEYS);
  if (!(env.MONGODB_URI || running) || !address || !keys) {
    return refuse('MONGODB_URI, TEMPORAL_ADDRESS and ENCRYPTION_KEYS to those');
  }
  const namespace = env.TEMPORAL_NAMESPACE || 'default';
  await withStorage(async (storage) =>
    closing(await Connection.connect({ address }), (connection) => {
      const client = new Client({ connection, namespace, dataConverter: createDataConverter(keys) });
      return work({ storage, client, keys });
    }),
  );
}

async function closing<T extends { close(): Promise<void> }>(opened: T, work: (opened: T) => Promise<void>) {
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
}

function refuse(variables: string): never {
  console.error(`Start the local stack first (npm start), or set ${variables} of the installation.`);
  process.exit(1);
}

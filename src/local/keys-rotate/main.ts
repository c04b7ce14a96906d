import { Client, Connection } from '@temporalio/client';
import { createKeyRing } from '../../security/key-ring.ts';
import { parseKeys } from '../../security/parse-keys.ts';
import { connectStorage } from '../../storage/storage.ts';
import { createStoredSecrets } from '../../storage/stored-secrets.ts';
import { DATA_DIR } from '../paths.ts';
import { readRunFile } from '../run-file.ts';
import { localSecrets } from '../secrets.ts';
import { keysInHistories } from './keys-in-histories.ts';
import { rotationReport } from './report.ts';
import { rotateSecrets } from './rotate.ts';

/**
 * `npm run keys:rotate`: encrypts all stored secrets with the first of ENCRYPTION_KEYS, and says what still needs the
 * others. Works on the local stack while it runs, or on what MONGODB_URI, TEMPORAL_ADDRESS and ENCRYPTION_KEYS name.
 */
const { env } = process;
const running = await readRunFile(DATA_DIR);
const mongodbUri = env.MONGODB_URI || running?.mongodbUri;
const address = env.TEMPORAL_ADDRESS || running?.temporalAddress;
const keys = env.ENCRYPTION_KEYS || (running && (await localSecrets(DATA_DIR)).ENCRYPTION_KEYS);
if (!mongodbUri || !address || !keys) {
  console.error(
    'Start the local stack first (npm start), or set MONGODB_URI, TEMPORAL_ADDRESS and ENCRYPTION_KEYS to those of the installation.',
  );
  process.exit(1);
}

const storage = await connectStorage(mongodbUri);
const connection = await Connection.connect({ address });
try {
  const client = new Client({ connection, namespace: env.TEMPORAL_NAMESPACE || 'default' });
  const rotation = await rotateSecrets(createStoredSecrets(storage.connection), createKeyRing(keys));
  const keyIds = parseKeys(keys).map(({ id }) => id);
  for (const line of rotationReport(keyIds, rotation, await keysInHistories(client))) console.log(line);
} finally {
  await connection.close();
  await storage.close();
}

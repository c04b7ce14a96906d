import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { createDataConverter } from '../../security/data-converter.ts';
import { createPayloadCodec } from '../../security/payload-codec.ts';
import { connectStorage } from '../../storage/storage.ts';
import { DATA_DIR } from '../paths.ts';
import { readRunFile } from '../run-file.ts';
import { localSecrets } from '../secrets.ts';
import { rebuildLog } from './rebuild.ts';

/**
 * `npm run log:rebuild [-- --dry-run]`: compares the HelpScout Log with Temporal's histories and puts it right. Works on
 * the local stack while it runs, or on what MONGODB_URI, TEMPORAL_ADDRESS and ENCRYPTION_KEYS name.
 */
const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
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
  const client = new Client({
    connection,
    namespace: env.TEMPORAL_NAMESPACE || 'default',
    dataConverter: createDataConverter(keys),
  });
  const codec = createPayloadCodec(keys);
  const report = await rebuildLog({ storage, client, codec }, { apply: !values['dry-run'] });
  for (const { organizationId, eventId, kind, fields } of report.differences) {
    console.log(`${kind}: ${eventId} of ${organizationId}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`);
  }
  const { runs, rows, equal, missing, different, newerInLog, restored } = report;
  console.log(
    `${rows} rows in the histories of ${runs} workflow runs: ${equal} equal, ${missing} missing, ${different} different, ` +
      `${newerInLog} newer in the log. ${values['dry-run'] ? 'Nothing was changed.' : `${restored} put right.`}`,
  );
} finally {
  await connection.close();
  await storage.close();
}

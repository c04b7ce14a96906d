import { parseArgs } from 'node:util';
import { createPayloadCodec } from '../../security/payload-codec.ts';
import { withInstallation } from '../installation.ts';
import { rebuildLog } from './rebuild.ts';

/**
 * `npm run log:rebuild [-- --dry-run]`: compares the HelpScout Log with Temporal's histories and puts it right. Works on
 * the local stack while it runs, or on what MONGODB_URI, TEMPORAL_ADDRESS and ENCRYPTION_KEYS name.
 */
const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });

await withInstallation(async ({ storage, client, keys }) => {
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
});

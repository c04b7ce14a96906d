import { createKeyRing } from '../../security/key-ring.ts';
import { parseKeys } from '../../security/parse-keys.ts';
import { createStoredSecrets } from '../../storage/stored-secrets.ts';
import { withInstallation } from '../installation.ts';
import { keysInHistories } from './keys-in-histories.ts';
import { rotationReport } from './report.ts';
import { rotateSecrets } from './rotate.ts';

/**
 * `npm run keys:rotate`: encrypts all stored secrets with the first of ENCRYPTION_KEYS, and says what still needs the
 * others. Works on the local stack while it runs, or on what MONGODB_URI, TEMPORAL_ADDRESS and ENCRYPTION_KEYS name.
 */
await withInstallation(async ({ storage, client, keys }) => {
  const rotation = await rotateSecrets(createStoredSecrets(storage.connection), createKeyRing(keys));
  const keyIds = parseKeys(keys).map(({ id }) => id);
  for (const line of rotationReport(keyIds, rotation, await keysInHistories(client))) console.log(line);
});

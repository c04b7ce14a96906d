import { codecPath } from '../security/codec-key.ts';
import { DATA_DIR } from './paths.ts';
import { readRunFile } from './run-file.ts';
import { localSecrets } from './secrets.ts';

/**
 * `npm run codec:address`: where the web app decrypts histories, for Temporal Web (TEMPORAL_CODEC_ENDPOINT, or
 * `--ui-codec-endpoint`) and Temporal's CLI (`--codec-endpoint`). Of the running local stack, or of the installation
 * that ENCRYPTION_KEYS and PUBLIC_URL name. Secret: whoever has it can read the payloads of histories.
 */
const { ENCRYPTION_KEYS, PUBLIC_URL } = process.env;
const running = await readRunFile(DATA_DIR);
const keys = ENCRYPTION_KEYS || (running && (await localSecrets(DATA_DIR)).ENCRYPTION_KEYS);
const url = PUBLIC_URL || running?.url;
if (!keys || !url) {
  console.error(
    'Start the local stack first (npm start), or set ENCRYPTION_KEYS and PUBLIC_URL to those of the web app.',
  );
  process.exit(1);
}
console.log(`${url.replace(/\/$/, '')}${codecPath(keys)}`);

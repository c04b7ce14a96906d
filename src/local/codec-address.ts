import { codecPath } from '../security/codec-key.ts';

/**
 * `npm run codec:address`: the address for Temporal Web's setting TEMPORAL_CODEC_ENDPOINT (or `--ui-codec-endpoint`), at
 * which the web app decrypts what Temporal Web shows. Secret: whoever has it can read the histories' payloads.
 */
const { ENCRYPTION_KEYS, PUBLIC_URL } = process.env;
if (!ENCRYPTION_KEYS || !PUBLIC_URL) {
  console.error('Set ENCRYPTION_KEYS and PUBLIC_URL to those of the web app.');
  process.exit(1);
}
console.log(`${PUBLIC_URL.replace(/\/$/, '')}${codecPath(ENCRYPTION_KEYS)}`);

import { hkdfSync } from 'node:crypto';
import { InvalidKeys } from './errors.ts';
import { parseKeys } from './parse-keys.ts';

/**
 * The secret part of the address at which Temporal Web has histories decrypted. Made of the first encryption key, so
 * that web app and Temporal's configuration agree without another setting. @throws InvalidKeys
 */
export function codecKey(encryptionKeys: string): string {
  const [current] = codecKeys(encryptionKeys);
  if (!current) throw new InvalidKeys('at least one key is needed');
  return current;
}

/** Those of every key in the ring: while keys are rotated, Temporal Web goes on asking at the address it was given. */
export const codecKeys = (encryptionKeys: string): string[] =>
  parseKeys(encryptionKeys).map(({ key }) =>
    Buffer.from(hkdfSync('sha256', key, '', 'codec endpoint', 24)).toString('base64url'),
  );

/** Path of the codec endpoint; Temporal Web adds `/decode`. */
export const codecPath = (encryptionKeys: string) => `/temporal/codec/${codecKey(encryptionKeys)}`;

import { setTimeout as wait } from 'node:timers/promises';
import type { KeyRing } from '../../security/key-ring.ts';
import type { StoredSecrets } from '../../storage/stored-secrets.ts';

export interface Rotation {
  /** Secrets that were encrypted with another key than the first, and are no more. */
  rotated: number;
  /** Those that had the first key already. */
  current: number;
  /** How many secrets each key still holds, by its id. */
  secretsByKey: Record<string, number>;
}

/** Processes that have the old order of keys still write with it; what they wrote is found by another round. */
const MOST_ROUNDS = 5;

/**
 * Encrypts every stored secret with the first key of the ring. Each is replaced in one step, if it is still what was read:
 * it may be stopped and begun again at any time, while the product runs.
 * @throws UnknownKey when a secret's key is not in the ring
 */
export async function rotateSecrets(secrets: StoredSecrets, keyRing: KeyRing, pauseMs = 200): Promise<Rotation> {
  let rotated = 0;
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    let missed = 0;
    for await (const secret of secrets.stream()) {
      if (!keyRing.needsRotation(secret.ciphertext)) continue;
      const again = keyRing.encrypt(keyRing.decrypt(secret.ciphertext, secret), secret);
      if (await secrets.replace(secret, again)) rotated += 1;
      else missed += 1;
    }
    if (missed === 0) break;
    await wait(pauseMs);
  }
  const secretsByKey: Record<string, number> = {};
  let all = 0;
  for await (const { ciphertext } of secrets.stream()) {
    const keyId = ciphertext.slice(0, ciphertext.indexOf('.'));
    secretsByKey[keyId] = (secretsByKey[keyId] ?? 0) + 1;
    all += 1;
  }
  return { rotated, current: all - rotated, secretsByKey };
}

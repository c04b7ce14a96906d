import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { plainEmail } from '../domain/email.ts';
import { InvalidKeys, UnknownKey, UnreadableSecret } from './errors.ts';
import { parseKeys } from './parse-keys.ts';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a stored secret is for: decrypting it in another place (organization, field, ...) fails. */
export interface SecretBinding {
  organizationId: string;
  integrationId: string;
  purpose:
    | 'authorizationCode'
    | 'accessToken'
    | 'refreshToken'
    | 'docsKey'
    | 'webhookSecret'
    | 'notificationUrl'
    /** Of erasures: what is looked for, under the erasure's id; and the key of those who were erased, under the organization's. */
    | 'erasure'
    | 'erasureKey';
}

const associatedData = ({ organizationId, integrationId, purpose }: SecretBinding) =>
  Buffer.from(JSON.stringify([organizationId, integrationId, purpose]));

/**
 * Encryption of stored secrets. `keys` is `id:base64,id:base64` (32 bytes each): the first encrypts, every one of them
 * decrypts, so a key is rotated by putting a new one in front and encrypting again what `needsRotation` names.
 * @throws InvalidKeys when the text is malformed; the message never repeats it.
 */
export function createKeyRing(keys: string) {
  const ring = parseKeys(keys);
  const [current] = ring;
  if (!current) throw new InvalidKeys('at least one key is needed');
  // A key of its own for each use: what is learned of one says nothing about the other.
  const hashKeys = ring.map(({ key }) => Buffer.from(hkdfSync('sha256', key, '', 'email hash', 32)));
  const hashWith = (hashKey: Buffer, email: string) =>
    createHmac('sha256', hashKey).update(plainEmail(email)).digest('base64url');

  return {
    /** Ciphertext `keyId.base64url(iv, tag, encrypted)`: a fresh IV each time, so equal secrets look different. */
    encrypt(plaintext: string, binding: SecretBinding): string {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, current.key, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(associatedData(binding));
      const encrypted = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return `${current.id}.${Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64url')}`;
    },

    /**
     * @throws UnknownKey when the key it was encrypted with is no longer in the ring.
     * @throws UnreadableSecret when it was changed, or was encrypted for another binding.
     */
    decrypt(ciphertext: string, binding: SecretBinding): string {
      const { keyId, body } = split(ciphertext);
      const key = ring.find(({ id }) => id === keyId)?.key;
      if (!key) throw new UnknownKey(keyId);
      try {
        const decipher = createDecipheriv(ALGORITHM, key, body.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAAD(associatedData(binding));
        decipher.setAuthTag(body.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return decipher.update(body.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw new UnreadableSecret({ cause });
      }
    },

    /** Whether the secret was encrypted with an older key than today's. */
    needsRotation(ciphertext: string): boolean {
      return split(ciphertext).keyId !== current.id;
    },

    /** Stands for an e-mail address where it must not be readable; equal for addresses that differ only in case. */
    emailHash(email: string): string {
      return hashWith(hashKeys[0] ?? Buffer.alloc(0), email);
    },

    /** The hashes of every key in the ring, newest first: finds what was stored before a rotation. */
    emailHashes(email: string): string[] {
      return hashKeys.map((hashKey) => hashWith(hashKey, email));
    },
  };
}
export type KeyRing = ReturnType<typeof createKeyRing>;

function split(ciphertext: string): { keyId: string; body: Buffer } {
  const dot = ciphertext.indexOf('.');
  const encoded = ciphertext.slice(dot + 1);
  const body = Buffer.from(encoded, 'base64url');
  // Node decodes leniently; a text that is not its own encoding was changed.
  const intact = dot > 0 && body.length >= IV_BYTES + TAG_BYTES && body.toString('base64url') === encoded;
  if (!intact) throw new UnreadableSecret();
  return { keyId: ciphertext.slice(0, dot), body };
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { UnknownKey, UnreadableSecret } from './errors.ts';
import { parseKeys } from './parse-keys.ts';

// A CommonJS module: Node gives it as a default export.
const { Payload: ProtoPayload } = proto.temporal.api.common.v1;

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ENCODING = 'binary/encrypted';
/** Rows of the log shrink to a fifth; below this, gzip's own frame costs more than it saves. */
const WORTH_COMPRESSING_BYTES = 512;
/** Far above anything we put into a history (Temporal itself refuses payloads over 2 MB). */
const MAX_BYTES = 32 * 2 ** 20;

const text = (value: string) => new TextEncoder().encode(value);
const compress = promisify(gzip);
const expand = promisify(gunzip);

/**
 * Encrypts everything that Temporal stores of our workflows: inputs, results, memos, failures. `keys` as for the key
 * ring (`id:base64,...`): the first encrypts, all of them decrypt. Payloads that were stored without it are read as
 * they are.
 * @throws InvalidKeys
 */
export function createPayloadCodec(keys: string): PayloadCodec {
  const ring = parseKeys(keys).map(({ id, key }) => ({
    id,
    key: Buffer.from(hkdfSync('sha256', key, '', 'temporal payloads', 32)),
  }));

  const encrypt = async (payload: Payload): Promise<Payload> => {
    const [current] = ring;
    if (!current) throw new UnknownKey('');
    const plain = ProtoPayload.encode(payload).finish();
    const isLarge = plain.length >= WORTH_COMPRESSING_BYTES;
    const content = isLarge ? await compress(plain) : plain;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, current.key, iv, { authTagLength: TAG_BYTES });
    const encrypted = Buffer.concat([cipher.update(content), cipher.final()]);
    return {
      metadata: {
        encoding: text(ENCODING),
        'encryption-key-id': text(current.id),
        compression: text(isLarge ? 'gzip' : 'none'),
      },
      data: Buffer.concat([iv, cipher.getAuthTag(), encrypted]),
    };
  };

  const decrypt = async (payload: Payload): Promise<Payload> => {
    const { metadata, data } = payload;
    if (read(metadata?.encoding) !== ENCODING) return payload;
    const keyId = read(metadata?.['encryption-key-id']);
    const key = ring.find(({ id }) => id === keyId)?.key;
    if (!key) throw new UnknownKey(keyId);
    const body = Buffer.from(data ?? []);
    const content = open(key, body);
    const plain =
      read(metadata?.compression) === 'gzip' ? await expand(content, { maxOutputLength: MAX_BYTES }) : content;
    return ProtoPayload.decode(plain);
  };

  return {
    encode: (payloads) => Promise.all(payloads.map(encrypt)),
    /**
     * @throws UnknownKey when a payload's key is no longer in the ring
     * @throws UnreadableSecret when it was changed
     */
    decode: (payloads) => Promise.all(payloads.map(decrypt)),
  };
}

const read = (value: Uint8Array | null | undefined): string => (value ? new TextDecoder().decode(value) : '');

function open(key: Buffer, body: Buffer): Buffer {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, body.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(body.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(body.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new UnreadableSecret({ cause });
  }
}

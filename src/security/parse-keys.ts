import { InvalidKeys } from './errors.ts';

export interface EncryptionKey {
  id: string;
  key: Buffer;
}

/** Reads `id:base64,id:base64`. Ids are letters, digits, `-` and `_`; a key is 32 bytes. */
export function parseKeys(text: string): EncryptionKey[] {
  const keys = text.split(',').map((part, index) => {
    const place = `key ${index + 1}`;
    const [, id, encoded] = /^\s*([\w-]{1,32}):([A-Za-z0-9+/_-]+=*)\s*$/.exec(part) ?? [];
    if (!id || !encoded) throw new InvalidKeys(`${place} is not of the form id:base64`);
    const key = Buffer.from(encoded, 'base64');
    if (key.length !== 32) throw new InvalidKeys(`${place} has ${key.length} bytes instead of 32`);
    return { id, key };
  });
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) throw new InvalidKeys('two keys have the same id');
  return keys;
}

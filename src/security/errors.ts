/** The text of the encryption keys cannot be used. Never repeats the text. */
export class InvalidKeys extends Error {
  override readonly name = 'InvalidKeys';
  constructor(reason: string) {
    super(`Encryption keys: ${reason}.`);
  }
}

/** A stored secret names a key that the ring does not hold: it was taken out before its secrets were rotated. */
export class UnknownKey extends Error {
  override readonly name = 'UnknownKey';
  constructor(keyId: string) {
    super(`No encryption key has the id "${keyId.slice(0, 32)}".`);
  }
}

/** A stored secret was changed, cut, or belongs to another place than the one it was read for. */
export class UnreadableSecret extends Error {
  override readonly name = 'UnreadableSecret';
  constructor(options?: ErrorOptions) {
    super('A stored secret cannot be decrypted.', options);
  }
}

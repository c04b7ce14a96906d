import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 256 random bits, fit for an address or a form. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored in place of a random token. The token has full entropy, so a plain hash is enough. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Without letters and digits that people mix up. */
const READABLE = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A password to be read from a screen: four groups of five characters, 115 bits. */
export function readablePassword(): string {
  const group = () => Array.from({ length: 5 }, () => READABLE[randomInt(READABLE.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}

import { hash, verify } from '@node-rs/argon2';

/** Shorter ones are refused where a password is chosen; argon2 takes any length, so this only stops abuse. */
export const PASSWORD_LENGTH = { min: 12, max: 256 } as const;

/** OWASP's first choice for argon2id (the library's default variant): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The password as argon2id in PHC format, salt and cost included. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

/** What an unknown person's password is compared with, so that the answer takes as long as for a known one. */
let absent: Promise<string> | undefined;

/**
 * Whether the password is the one that was hashed. With `null` (nobody has this address) it takes the same time and
 * answers false.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  absent ??= hashPassword('nobody has this password');
  const matches = await verify(stored ?? (await absent), password.normalize('NFKC'));
  return stored !== null && matches;
}

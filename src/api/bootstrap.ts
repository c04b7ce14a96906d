import { readablePassword } from '../security/tokens.ts';
import type { Storage } from '../storage/storage.ts';
import { serverTimeZone, setUp } from './set-up.ts';

export interface BootstrapCredentials {
  email: string;
  /** Known only now: what is stored is its hash. */
  password: string;
}

/**
 * Sets up the embedded stack's installation: an organization and an administrator with a password of its own.
 * @returns how to sign in, once; null when the installation was set up before.
 */
export async function bootstrap(
  storage: Storage,
  { organizationName, email }: { organizationName: string; email: string },
): Promise<BootstrapCredentials | null> {
  const password = readablePassword();
  const member = await setUp(storage, {
    organizationName,
    name: 'Administrator',
    email,
    password,
    timeZone: serverTimeZone(),
  });
  return member && { email: member.email, password };
}

import { hashPassword } from '../security/passwords.ts';
import type { Member } from '../storage/members.ts';
import type { Storage } from '../storage/storage.ts';

/**
 * Makes the installation's first organization and its administrator. Interrupted and repeated it continues; of two at
 * once, one gets null.
 * @returns null when the installation was set up already.
 */
export async function setUp(
  storage: Storage,
  values: { organizationName: string; name: string; email: string; password: string; timeZone: string },
): Promise<Member | null> {
  if (await storage.members.exist()) return null;
  const passwordHash = await hashPassword(values.password);
  const { organizationName: name, timeZone } = values;
  const organization = await storage.organizations.setUp({ name, timeZone });
  return storage.members.createFirst(organization.organizationId, {
    name: values.name,
    email: values.email,
    role: 'administrator',
    passwordHash,
  });
}

/** The time zone of this server: what a new organization starts with. */
export const serverTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

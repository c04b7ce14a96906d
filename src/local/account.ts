import { bootstrap } from '../api/bootstrap.ts';
import { connectStorage } from '../storage/storage.ts';

/** Whom the local stack makes administrator of an empty installation. */
export const LOCAL_EMAIL = 'admin@example.com';

export interface LocalAccount {
  email: string;
  /** Known only when the account was made just now: what is kept is its hash. */
  password: string | null;
}

/**
 * Sets up an empty installation, so that nobody has to before signing in.
 * @returns null where people have set up an organization themselves.
 */
export async function ensureAccount(mongodbUri: string): Promise<LocalAccount | null> {
  const storage = await connectStorage(mongodbUri);
  try {
    const made = await bootstrap(storage, { organizationName: 'Example company', email: LOCAL_EMAIL });
    if (made) return made;
    return (await storage.members.credentials(LOCAL_EMAIL)) ? { email: LOCAL_EMAIL, password: null } : null;
  } finally {
    await storage.close();
  }
}

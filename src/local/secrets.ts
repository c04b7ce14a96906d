import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const secretsSchema = z.object({
  ENCRYPTION_KEYS: z.string().min(1),
  SESSION_SECRET: z.string().min(32),
  SANDBOX_APP_SECRET: z.string().min(1),
  SANDBOX_DOCS_API_KEY: z.string().min(1),
});
export type LocalSecrets = z.infer<typeof secretsSchema>;

/**
 * The secrets of a local stack: made at its first start, kept in the data folder for its owner alone. Losing the file
 * means that stored Help Scout tokens can no longer be read.
 */
export async function localSecrets(dataDir: string): Promise<LocalSecrets> {
  const file = join(dataDir, 'secrets.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text !== null) return secretsSchema.parse(JSON.parse(text));
  const secrets: LocalSecrets = {
    ENCRYPTION_KEYS: `local:${randomBytes(32).toString('base64')}`,
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    SANDBOX_APP_SECRET: randomBytes(24).toString('base64url'),
    SANDBOX_DOCS_API_KEY: randomBytes(20).toString('hex'),
  };
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return secrets;
}

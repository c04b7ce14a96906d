import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeyRing } from '../../src/security/key-ring.ts';
import type { RunningStack } from './running-stack.ts';

/** Every secret of the running product in the clear: what must be found nowhere. */
export async function secretsOf({ stack, storage, organizationId }: RunningStack): Promise<string[]> {
  const keyRing = createKeyRing(stack.environment.ENCRYPTION_KEYS ?? '');
  const found = [stack.environment.SESSION_SECRET, stack.environment.HELPSCOUT_APP_SECRET, stack.account?.password];
  for (const { integrationId } of await storage.integrations.list(organizationId)) {
    const secrets = await storage.integrations.secrets(organizationId, integrationId);
    const scope = { organizationId, integrationId };
    if (secrets?.accessToken) found.push(keyRing.decrypt(secrets.accessToken, { ...scope, purpose: 'accessToken' }));
    if (secrets?.refreshToken) found.push(keyRing.decrypt(secrets.refreshToken, { ...scope, purpose: 'refreshToken' }));
    if (secrets?.webhookSecret)
      found.push(keyRing.decrypt(secrets.webhookSecret, { ...scope, purpose: 'webhookSecret' }));
  }
  return found.filter((secret) => secret !== undefined && secret !== null);
}

/** The full history of every workflow run, with payloads decoded. */
export async function historiesOf({ temporal }: RunningStack): Promise<Record<string, string>> {
  const histories: Record<string, string> = {};
  for await (const { workflowId, runId } of temporal.workflow.list()) {
    const history = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    histories[`history of ${workflowId}`] = textIn(history);
  }
  return histories;
}

/** All text inside a value; bytes (payloads) one character each, so that plain text in them is found. */
function textIn(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(textIn).join('\n');
  return typeof value === 'string' ? value : '';
}

/** What the processes wrote to their logs. */
export async function logsOf({ dataDir }: RunningStack): Promise<Record<string, string>> {
  const folder = join(dataDir, 'logs');
  const ours = (await readdir(folder)).filter((name) => /^(api|worker)\.log$/.test(name));
  return Object.fromEntries(
    await Promise.all(ours.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

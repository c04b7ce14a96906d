import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { mongo } from 'mongoose';
import { createKeyRing } from '../../src/security/key-ring.ts';
import { createPayloadCodec } from '../../src/security/payload-codec.ts';
import type { RunningStack } from './running-stack.ts';

const { EJSON } = mongo.BSON;

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

/** The full history of every workflow run, twice: as Temporal stores it, and with its payloads decrypted. */
export async function historiesOf({ temporal, stack }: RunningStack) {
  const codec = createPayloadCodec(stack.environment.ENCRYPTION_KEYS ?? '');
  const stored: Record<string, string> = {};
  const decrypted: Record<string, string> = {};
  for await (const { workflowId, runId } of temporal.workflow.list()) {
    const history = await temporal.workflow
      .getHandle(workflowId, runId)
      .fetchHistory()
      .catch((error: unknown) => {
        // Deleted, and still listed for a moment.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
    if (!history) continue;
    stored[`stored history of ${workflowId} ${runId}`] = (await textIn(history)).join('\n');
    const plain = await textIn(history, async (payload) => (await codec.decode([payload]))[0]?.data ?? null);
    decrypted[`history of ${workflowId} ${runId}`] = plain.join('\n');
  }
  return { stored, decrypted };
}

type Decrypt = (payload: Payload) => Promise<Uint8Array | null>;

/** All text inside a value; bytes (payloads) one character each, so that plain text in them is found. */
async function textIn(value: unknown, decrypt?: Decrypt): Promise<string[]> {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('latin1')];
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (decrypt && isPayload(value)) return textIn(await decrypt(value));
  const texts: string[] = [];
  for (const part of Object.values(value)) texts.push(...(await textIn(part, decrypt)));
  return texts;
}

const isPayload = (value: object): value is Payload => 'metadata' in value && 'data' in value;

/** The whole database, one text for each collection. */
export async function databaseOf({ storage }: RunningStack): Promise<Record<string, string>> {
  const database = storage.connection.getClient().db(storage.connection.name);
  const collections: Record<string, string> = {};
  for (const { name } of await database.listCollections().toArray()) {
    const documents = await database.collection(name).find().toArray();
    collections[name] = documents.map((document) => EJSON.stringify(document)).join('\n');
  }
  return collections;
}

/** What Temporal keeps of each run besides its history, as it is stored: search attributes, memo, ids. */
export async function visibilityOf({ temporal }: RunningStack): Promise<Record<string, string>> {
  const shown: Record<string, string> = {};
  for await (const { workflowId, runId, raw } of temporal.workflow.list()) {
    shown[`visibility of ${workflowId} ${runId}`] = (await textIn(raw)).join('\n');
  }
  return shown;
}

/** What the processes wrote to their logs. */
export async function logsOf({ dataDir }: RunningStack): Promise<Record<string, string>> {
  const folder = join(dataDir, 'logs');
  const ours = (await readdir(folder)).filter((name) => /^(api|worker)\.log$/.test(name));
  return Object.fromEntries(
    await Promise.all(ours.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

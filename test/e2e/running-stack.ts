import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { connectSandbox } from '../../src/local/demo/connect-sandbox.ts';
import { createWebClient } from '../../src/local/demo/web-client.ts';
import { submitForm } from '../../src/local/demo/web-form.ts';
import { temporaryEnvironment } from '../../src/local/service-environment.ts';
import { ANY_FREE_PORTS, startStack } from '../../src/local/stack.ts';
import { createDataConverter } from '../../src/security/data-converter.ts';
import { connectStorage } from '../../src/storage/storage.ts';
import { startMongodb } from '../support/mongodb.ts';
import { until } from '../support/until.ts';

export interface StackWish {
  /** Corpus lines; absent: the sandbox's own corpus. */
  corpus?: { id: string; text: string; subject?: string; customerEmail?: string }[];
  env?: Record<string, string>;
  /**
   * A MongoDB of the stack's own, which can be killed like its other processes, and whose crashes are mended as those of
   * an installation are; else one that tests share.
   */
  ownMongodb?: boolean;
  /** Told what the stack says. */
  say?: (line: string) => void;
}

/** The whole product as its own processes on free ports, with a data folder that is gone after `stop`. */
export async function startRunningStack({ corpus, env = {}, ownMongodb = false, say }: StackWish = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'insights-e2e-'));
  const shared = ownMongodb ? null : await startMongodb();
  const corpusFile = join(dataDir, 'corpus.jsonl');
  if (corpus) await writeFile(corpusFile, corpus.map((line) => JSON.stringify(line)).join('\n'));
  const stack = await startStack({
    dataDir,
    ports: ANY_FREE_PORTS,
    // A moment of quiet instead of half a minute: a person would wait, a test need not.
    environment: {
      ...temporaryEnvironment(process.env),
      ...(shared && { MONGODB_URI: shared.newDatabase() }),
      QUIET_SECONDS: '1',
      QUIET_MAX_SECONDS: '3',
      ...env,
    },
    sandbox: true,
    ...(say && { say }),
    restartCrashed: ownMongodb,
    ...(corpus && { corpus: corpusFile }),
  });
  const storage = await connectStorage(stack.urls.mongodb);
  const connection = await Connection.connect({ address: stack.urls.temporal });
  const temporal = new Client({
    connection,
    dataConverter: createDataConverter(stack.environment.ENCRYPTION_KEYS ?? ''),
  });
  const organizationId = (await storage.members.credentials(stack.account?.email ?? ''))?.organizationId ?? '';

  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${stack.urls.sandbox}/_control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  };

  return {
    dataDir,
    stack,
    storage,
    temporal,
    organizationId,
    control,
    /** Connects through the product's own pages and starts the scan. */
    connect: () => connectSandbox(stack),
    /** Connects anew through the product's own pages, as somebody does whom the page asked to. */
    async reconnect(integrationId: string) {
      const { account, urls } = stack;
      const client = createWebClient();
      const signIn = await client.get(`${urls.api}/sign-in`);
      const who = { email: account?.email ?? '', password: account?.password ?? '' };
      await submitForm(client, signIn, /\/sign-in$/, who);
      const page = await client.get(`${urls.api}/settings/integrations/${integrationId}`);
      const authorize = await submitForm(client, page, /\/connect$/);
      await submitForm(client, authorize, /\/authentication\//, { decision: 'authorize' });
    },
    /** Help Scout refuses everything about a conversation from now on: what fails for it fails at once, and for good. */
    async forbid(conversationId: number) {
      await control('POST', '/faults', { conversationId, effect: { status: 403 }, when: { count: 1_000_000 } });
    },
    /** No fault any more. */
    allow: () => control('DELETE', '/faults'),
    async untilScanned(integrationId: string) {
      const over = async () =>
        (await storage.integrations.get(organizationId, integrationId))?.scan?.state === 'completed';
      await until(over, { what: 'the scan', timeoutMs: 120_000 });
    },
    async stop() {
      await connection.close();
      await storage.connection.dropDatabase();
      await storage.close();
      await stack.stop();
      await shared?.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
export type RunningStack = Awaited<ReturnType<typeof startRunningStack>>;

import { createServer, type Server } from 'node:http';
import { createApp } from './app.ts';
import type { Corpus } from './corpus/corpus-line.ts';
import { createDeliverer } from './deliveries/deliverer.ts';
import { createJournal } from './http/journal.ts';
import { createFixedWindow } from './http/rate-limit.ts';
import { createJsonShapes } from './inbox/json-shapes.ts';
import { type Logger, silentLogger } from './logger.ts';
import { forgetfulLog, openEventLog } from './store/event-log.ts';
import { referenceTimeMs } from './store/reference-time.ts';
import { createStore, type Store } from './store/store.ts';

const DOCS_LIMIT = { limit: 2000, windowMs: 10 * 60 * 1000 };
const MINUTE_MS = 60_000;
const CLOSE_GRACE_MS = 1000;

export interface SandboxOptions {
  corpus: Corpus;
  /** Where the data survives a restart; without it the sandbox forgets everything when it closes. */
  dataDir?: string | undefined;
  host?: string | undefined;
  /** 0, the default, takes a free port. */
  port?: number | undefined;
  /** The address in links, if others reach the sandbox by another one than host and port; no trailing slash. */
  publicUrl?: string | undefined;
  appId: string;
  appSecret: string;
  /** Where the browser returns after authorizing. */
  redirectUrl: string;
  docsApiKey: string;
  rateLimitPerMinute?: number | undefined;
  tokenLifetimeSeconds?: number | undefined;
  /** The wait before a delivery's first retry; it doubles with each. */
  deliveryRetryUnitMs?: number | undefined;
  /** Epoch milliseconds. */
  now?: (() => number) | undefined;
  logger?: Logger | undefined;
}

export interface Sandbox {
  /** Base of all paths: `/v2`, `/v1`, `/authentication`, `/_control` and the pages. */
  url: string;
  /** How many there were at the start. */
  conversations: number;
  /** Stops listening, gives up waiting deliveries and closes the data. */
  close(): Promise<void>;
}

/**
 * Starts a Help Scout that runs here. Throws when the port is taken, when the data folder cannot be read, or
 * (`CorpusMismatchError`) when it was made with another corpus.
 */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { corpus, dataDir, host = '127.0.0.1', now = Date.now, logger = silentLogger } = options;
  const referenceMs = referenceTimeMs(dataDir, now);
  const log = dataDir === undefined ? forgetfulLog() : openEventLog(dataDir);
  const server = createServer();
  let store: Store;
  try {
    store = createStore({ corpus, log, referenceMs, now });
    // The rest follows after listening because links carry the port.
    await listen(server, options.port ?? 0, host);
  } catch (error) {
    log.close();
    throw error;
  }
  const baseUrl = options.publicUrl ?? urlOf(host, portOf(server.address()));

  const shapes = createJsonShapes({ store, baseUrl, now });
  const journal = createJournal(now);
  const deliverer = createDeliverer({
    store,
    journal,
    logger,
    retryUnitMs: options.deliveryRetryUnitMs ?? 1000,
    bodyOf: (conversation) => shapes.conversation(conversation),
    urlOf: ({ id }) => `${baseUrl}/v2/conversations/${id}`,
  });
  const app = createApp({
    store,
    corpus,
    referenceMs,
    baseUrl,
    shapes,
    journal,
    deliverer,
    logger,
    now,
    switches: { tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 172_800 },
    rateWindow: createFixedWindow({ limit: options.rateLimitPerMinute ?? 400, windowMs: MINUTE_MS, now }),
    docsRateWindow: createFixedWindow({ ...DOCS_LIMIT, now }),
    appId: options.appId,
    appSecret: options.appSecret,
    redirectUrl: options.redirectUrl,
    docsApiKey: options.docsApiKey,
  });
  server.on('request', app);

  async function shutDown(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    const force = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    await Promise.all([closed, deliverer.close()]);
    clearTimeout(force);
    log.close();
  }
  let closing: Promise<void> | undefined;

  return {
    url: baseUrl,
    conversations: store.conversations.count(),
    close() {
      closing ??= shutDown();
      return closing;
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

function portOf(address: ReturnType<Server['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}

/** A server that listens on every address is linked to by the one that works here. */
function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

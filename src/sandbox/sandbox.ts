import { createServer } from 'node:http';
import { createApp } from './app.ts';
import { createClock } from './clock.ts';
import type { Corpus } from './corpus/corpus-line.ts';
import { createDeliverer } from './deliveries/deliverer.ts';
import { createJournal, type Journal } from './http/journal.ts';
import { listen, urlOf } from './http/listening.ts';
import { createRateWindows } from './http/rate-windows.ts';
import { createJsonShapes } from './inbox/json-shapes.ts';
import { type Logger, silentLogger } from './logger.ts';
import { forgetfulLog, openEventLog } from './store/event-log.ts';
import { referenceTimeMs } from './store/reference-time.ts';
import { createStore, type Store } from './store/store.ts';
import { createSwitches, type Switches } from './switches.ts';
import type { SwitchesPatch } from './switches-schema.ts';

const CLOSE_GRACE_MS = 1000;

export interface SandboxOptions {
  corpus: Corpus;
  /** How many conversations to generate besides, for a large account; none by default. */
  generatedConversations?: number | undefined;
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
  /** How the other switches stand at the start. */
  switches?: SwitchesPatch | undefined;
  /** The wait before a delivery's first retry; it doubles with each. */
  deliveryRetryUnitMs?: number | undefined;
  /** Epoch milliseconds: what the sandbox's clock is fed with, which can be moved from there. */
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
  const { corpus, dataDir, host = '127.0.0.1', logger = silentLogger } = options;
  const clock = createClock({ real: options.now ?? Date.now });
  const { now } = clock;
  const switches = switchesOf(options);
  const journal = createJournal({ now, dataDir });
  const referenceMs = referenceTimeMs(dataDir, now);
  const log = dataDir === undefined ? forgetfulLog() : openEventLog(dataDir);
  const server = createServer();
  let store: Store;
  try {
    const searchLagMs = () => switches.values.search.lagMs;
    const { generatedConversations = 0 } = options;
    store = journaled(createStore({ corpus, log, referenceMs, now, generatedConversations, searchLagMs }), journal);
    // The rest follows after listening because links carry the port.
    await listen(server, options.port ?? 0, host);
  } catch (error) {
    log.close();
    throw error;
  }
  const baseUrl = options.publicUrl ?? urlOf(host, server);

  const shapes = createJsonShapes({ store, switches, baseUrl, now });
  const deliverer = createDeliverer({
    store,
    journal,
    logger,
    clock,
    switches,
    baseUrl,
    retryUnitMs: options.deliveryRetryUnitMs ?? 1000,
    bodyOf: (conversation, payload) => shapes.conversation(conversation, { version: payload === 'V3' ? 'v3' : 'v2' }),
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
    switches,
    clock,
    ...createRateWindows(switches, now),
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
    journal.close();
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

function switchesOf({ switches, tokenLifetimeSeconds, rateLimitPerMinute }: SandboxOptions): Switches {
  const made = createSwitches(switches);
  if (tokenLifetimeSeconds !== undefined) made.set({ oauth: { tokenLifetimeSeconds } });
  if (rateLimitPerMinute !== undefined) made.set({ rateLimit: { perMinute: rateLimitPerMinute } });
  return made;
}

/** Every change shows in the journal, whoever makes it. */
function journaled(store: Store, journal: Journal): Store {
  return {
    ...store,
    commit(event) {
      store.commit(event);
      journal.addChange(event);
    },
  };
}

import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type Corpus, type CorpusLine, corpusLineSchema } from '../../src/sandbox/corpus/corpus-line.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';

export const APP = {
  appId: 'app-1',
  appSecret: 'app-secret-1',
  redirectUrl: 'http://127.0.0.1:9/callback?from=test',
  docsApiKey: 'docs-key-1',
};

const ARTICLES: Corpus['articles'] = [
  {
    collection: 'Guide',
    category: 'Data',
    name: 'Exporting data',
    html: '<p>Open Settings, then Export.</p>',
    keywords: ['csv'],
  },
  { collection: 'Guide', category: 'Start', name: 'First steps', html: '<p>Welcome &amp; hello</p>', keywords: [] },
  {
    collection: 'Reference',
    category: 'API',
    name: 'API keys',
    html: '<p>Make a key to export by script.</p>',
    keywords: [],
  },
];

/** `count` one-thread conversations, with the first ones replaced by `lines`. */
export function corpusOf(count: number, lines: z.input<typeof corpusLineSchema>[] = []): Corpus {
  const conversations: CorpusLine[] = Array.from({ length: count }, (_, index) =>
    corpusLineSchema.parse(lines[index] ?? { id: `c-${index + 1}`, text: `Message number ${index + 1}` }),
  );
  return { conversations, articles: ARTICLES };
}

const closers: (() => Promise<void>)[] = [];

/** Stops whatever the test started, last first. Call it in `afterEach`. */
export async function stopAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

export async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await createSandbox({ corpus: corpusOf(3), deliveryRetryUnitMs: 1, ...APP, ...options });
  closers.push(() => sandbox.close());
  return sandbox;
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
}
const tokensSchema = z.object({ access_token: z.string(), refresh_token: z.string(), expires_in: z.number() });

export function postToken(sandbox: Sandbox, parameters: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ client_id: APP.appId, client_secret: APP.appSecret, ...parameters });
  return fetch(`${sandbox.url}/v2/oauth2/token`, { method: 'POST', body });
}

/** Presses a button of the authorise page; answers the address the browser is sent to. */
export async function decide(sandbox: Sandbox, decision: 'authorize' | 'deny', state?: string): Promise<URL> {
  const body = new URLSearchParams({ client_id: APP.appId, decision, ...(state && { state }) });
  const answer = await fetch(`${sandbox.url}/authentication/authorizeClientApplication`, {
    method: 'POST',
    body,
    redirect: 'manual',
  });
  assert.equal(answer.status, 302);
  return new URL(answer.headers.get('location') ?? '');
}

export async function signIn(sandbox: Sandbox): Promise<Tokens> {
  const code = (await decide(sandbox, 'authorize')).searchParams.get('code') ?? '';
  const answer = await postToken(sandbox, { grant_type: 'authorization_code', code });
  return tokensSchema.parse(await answer.json());
}

/** Calls of the Inbox API with a fresh token. */
export async function inboxClient(sandbox: Sandbox) {
  const { access_token: token } = await signIn(sandbox);
  const headers = { authorization: `Bearer ${token}` };
  const call = (method: string, path: string, body?: unknown) =>
    fetch(`${sandbox.url}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
  return {
    headers,
    call,
    /** The JSON of a GET that succeeds. */
    async get(path: string) {
      const answer = await call('GET', path);
      assert.equal(answer.status, 200, path);
      assert.equal(answer.headers.get('content-type'), 'application/hal+json');
      return answer.json();
    },
  };
}

export async function control(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${sandbox.url}/_control${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const journalSchema = z.array(
  z.object({
    method: z.string().optional(),
    template: z.string().optional(),
    status: z.number().nullish(),
    /** Of an answer that was made and then lost. */
    unsentStatus: z.number().nullish(),
    dropped: z.string().nullish(),
  }),
);
/** What the sandbox was asked, and what it answered, oldest first. */
export const journalOf = async (sandbox: Sandbox) => journalSchema.parse(await control(sandbox, 'GET', '/journal'));

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** In place of a status: the receiver stays silent. */
export const NO_ANSWER = 0;

/** An address that takes webhooks: answers the statuses in order, the last one for ever. */
export async function startReceiver(...statuses: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200;
      if (status !== NO_ANSWER) response.writeHead(status, { connection: 'close' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}/hook`, received };
}

export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) assert.fail(`did not happen in time: ${what}`);
    await wait(5);
  }
}

import assert from 'node:assert/strict';
import { createHelpScoutClient, type HelpScoutClient } from '../../src/helpscout/client.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { corpusOf, signIn, start, stopAll } from '../sandbox/support.ts';
import { type Recorded, startProxy } from './recording-proxy.ts';

export interface World {
  sandbox: Sandbox;
  /** Talks to the sandbox through the recorder. */
  client: HelpScoutClient;
  accessToken: string;
  /** The recorder's address. */
  url: string;
  calls: Recorded[];
}

/** What is expected to pass between client and server. */
export interface Exchange {
  /** Method and path: `GET /v2/users/me`. */
  call: string;
  /** All parameters. */
  query?: Record<string, string>;
  /** The whole body. */
  sent?: unknown;
  status: number;
  /** Looks at the answer's body. */
  answer?: (body: unknown) => void;
}

export interface ContractCase<Result> {
  run: (client: HelpScoutClient, world: World) => Promise<Result>;
  /** In order; a function where it depends on what the sandbox gave out. */
  exchanges: Exchange[] | ((result: Result) => Exchange[]);
  /** Looks at what the client made of it. */
  afterwards?: (result: Result, world: World) => void | Promise<void>;
}

/** One sandbox for all cases of a `describe`, behind a recorder. */
export function contractWorld(options: Partial<SandboxOptions> = {}) {
  let world: World | undefined;
  let closeProxy: () => Promise<void> = async () => {};
  before(async () => {
    const sandbox = await start({ corpus: corpusOf(60), rateLimitPerMinute: 100_000, ...options });
    const { access_token: accessToken } = await signIn(sandbox);
    const { url, calls, close } = await startProxy(sandbox.url);
    closeProxy = close;
    const client = createHelpScoutClient({ apiUrl: url, accessToken, budget: unlimited });
    world = { sandbox, client, accessToken, url, calls };
  });
  after(async () => {
    await closeProxy();
    await stopAll();
  });
  const current = (): World => {
    assert(world, 'only inside of a test');
    return world;
  };

  return {
    world: current,
    /** One case: the client's call, what it sends and gets over the socket, and what it makes of it. */
    holds<Result>(name: string, { run, exchanges, afterwards }: ContractCase<Result>): void {
      it(name, async () => {
        const { calls, client } = current();
        const first = calls.length;
        const result = await run(client, current());
        const recorded = calls.slice(first);
        const expected = typeof exchanges === 'function' ? exchanges(result) : exchanges;
        assert.deepEqual(
          recorded.map(({ method, path, status }) => [`${method} ${path}`, status]),
          expected.map(({ call, status }) => [call, status]),
        );
        for (const [index, call] of recorded.entries()) checkExchange(call, expected[index]);
        await afterwards?.(result, current());
      });
    },
  };
}

/** The keys that an object of the reference has; others may be there. */
export function hasKeys(object: unknown, keys: string): void {
  assert(typeof object === 'object' && object !== null, 'an object');
  for (const key of keys.split(' ')) assert(key in object, `no ${key} in ${JSON.stringify(object)}`);
}

/** The value at a dotted path, as in `_embedded.threads.0`. */
export function at(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.split('.')) {
    assert(typeof found === 'object' && found !== null, `nothing at ${path}`);
    found = Object.entries(found).find(([name]) => name === key)?.[1];
  }
  return found;
}

function checkExchange(call: Recorded, expected: Exchange | undefined): void {
  if (expected?.query) assert.deepEqual(call.query, expected.query);
  assert.deepEqual(call.sent, expected?.sent);
  checkConventions(call);
  expected?.answer?.(call.answer);
}

/** What holds for every call of the Inbox API. */
function checkConventions({ path, query, sentHeaders, sent, status, headers, text }: Recorded): void {
  assert.match(sentHeaders.authorization ?? '', /^Bearer \S+$/);
  assert.equal(sentHeaders['content-type'], sent === undefined ? undefined : 'application/json');
  assert.doesNotMatch(JSON.stringify([query, sent]), /\d\.\d{1,6}Z/, 'times have no fraction');
  if (path === '/v2/conversations' && sent === undefined) assert.equal(query.status, 'all');
  assert.match(headers.get('x-ratelimit-limit-minute') ?? '', /^\d+$/);
  assert.match(headers.get('x-ratelimit-remaining-minute') ?? '', /^\d+$/);
  if (status === 200) assert.match(headers.get('content-type') ?? '', /^application\/hal\+json/);
  if (status === 201 || status === 204) assert.equal(text, '');
  if (status === 201) {
    const id = headers.get('resource-id') ?? '';
    assert.match(id, /^[1-9]\d*$/);
    assert.match(headers.get('location') ?? '', new RegExp(`^https?://.+/${id}(?:[/?#]|$)`));
  }
}

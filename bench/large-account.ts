import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createHelpScoutClient, type RateBudget } from '../src/helpscout/client.ts';
import { scanConversations } from '../src/helpscout/scan-conversations.ts';

/**
 * Scans a generated account from end to end and prints the memory of both sides on the way: the sandbox's process, and
 * this one, which is the client. `npm run bench -- large-account [conversations]`; the last line is JSON.
 */

const APP = { id: 'bench-app', secret: 'bench-secret' };
const unlimited: RateBudget = { reserve: async () => null, settle: async () => {} };
const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);

/** Resident memory of a process; only where there is a /proc. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

async function startSandbox(conversations: number): Promise<{ child: ChildProcess; pid: number; url: string }> {
  const main = fileURLToPath(new URL('../src/sandbox/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      SANDBOX_APP_ID: APP.id,
      SANDBOX_APP_SECRET: APP.secret,
      SANDBOX_REDIRECT_URL: 'http://127.0.0.1:9/callback',
      SANDBOX_DOCS_API_KEY: 'bench-docs-key',
      SANDBOX_RATE_LIMIT: '100000000',
      SANDBOX_GENERATED: String(conversations),
    },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listening on (http:\S+)/.exec(line)?.[1];
    if (url && child.pid !== undefined) return { child, pid: child.pid, url };
  }
  throw new Error('The sandbox did not start.');
}

async function accessTokenOf(url: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: APP.id,
    client_secret: APP.secret,
  });
  const answer = await fetch(`${url}/v2/oauth2/token`, { method: 'POST', body });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
}

async function measure(conversations: number) {
  const sandbox = await startSandbox(conversations);
  try {
    const client = createHelpScoutClient({
      apiUrl: sandbox.url,
      accessToken: await accessTokenOf(sandbox.url),
      budget: unlimited,
    });
    const startedMs = performance.now();
    const samples: { read: number; sandboxMb: number; clientMb: number }[] = [];
    const sample = async () => {
      globalThis.gc?.();
      const sandboxMb = megabytes(await residentBytes(sandbox.pid));
      samples.push({ read, sandboxMb, clientMb: megabytes(process.memoryUsage().rss) });
      const { clientMb } = samples.at(-1) ?? { clientMb: 0 };
      console.log(`${read} conversations read: sandbox ${sandboxMb} MB, client ${clientMb} MB`);
    };
    let read = 0;
    let threads = 0;
    for await (const page of scanConversations({
      conversations: client.conversations,
      mailboxIds: [],
      modifiedSince: '2000-01-01T00:00:00Z',
      now: () => new Date(),
      retry: (call) => call(),
    })) {
      const before = read;
      read += page.changed.length;
      for (const item of page.changed) threads += item.threads.length;
      const step = Math.max(1, Math.floor(conversations / 10));
      if (Math.floor(before / step) < Math.floor(read / step)) await sample();
    }
    const calls = z.record(z.string(), z.number()).parse(await (await fetch(`${sandbox.url}/_control/calls`)).json());
    return {
      conversations: read,
      threads,
      seconds: Math.round((performance.now() - startedMs) / 1000),
      calls,
      samples,
    };
  } finally {
    const ended = once(sandbox.child, 'exit');
    sandbox.child.kill('SIGTERM');
    await ended;
  }
}

console.log(JSON.stringify(await measure(Number(process.argv[2] ?? 100_000))));

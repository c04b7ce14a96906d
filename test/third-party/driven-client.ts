import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Context } from 'mocha';
import { z } from 'zod';
import { ClientUnavailable, type InstalledClient } from './install.ts';

const answerSchema = z.union([
  z.object({ error: z.object({ type: z.string(), message: z.string() }) }),
  z.object({ value: z.unknown() }),
]);

/** What the client threw to its caller. */
export class ThrownByClient extends Error {
  override name = 'ThrownByClient';
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/**
 * Makes the client available to the tests of a suite, or skips them all with the reason printed: for `before`. The first
 * run installs it.
 */
export async function installed(context: Context, install: () => Promise<InstalledClient>): Promise<InstalledClient> {
  context.timeout(120_000);
  try {
    return await install();
  } catch (error) {
    if (!(error instanceof ClientUnavailable)) throw error;
    console.log(`    skipped: ${error.message}`);
    return context.skip();
  }
}

/** The path of a driver, which stands between a client and its test. */
export const driver = (name: string): string => join(import.meta.dirname, 'drivers', name);

/** The environment for a driver: no proxy stands between a client and the sandbox. */
export function environmentOf(client: InstalledClient, more: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(https?|all)_proxy$/i.test(name));
  return { ...Object.fromEntries(own), ...client.env, ...more };
}

/**
 * Starts a driver: it makes the client with what `env` says and then answers calls, one at a time. A call names the
 * client's method by its path: text for members, numbers for subscripts.
 */
export function driveClient(client: InstalledClient, driverName: string, env: Record<string, string>) {
  const child = spawn(client.command, [driver(driverName)], {
    env: environmentOf(client, env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const log: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text));
  // Writing to a driver that died says EPIPE; that it exited is what the next read reports.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  return {
    /** @throws ThrownByClient with what the client threw. */
    async call(path: (string | number)[], ...args: unknown[]): Promise<unknown> {
      child.stdin.write(`${JSON.stringify({ path, args })}\n`);
      const { value: line, done } = await lines.next();
      if (done) throw new Error(`${driverName} ended:\n${log.join('')}`);
      const answer = answerSchema.parse(JSON.parse(line));
      if ('error' in answer) throw new ThrownByClient(answer.error.type, answer.error.message);
      return answer.value;
    },
    /** Ends the client whatever it does, such as waiting before another try. */
    async stop(): Promise<void> {
      child.kill();
      await exited;
    },
  };
}

export type DrivenClient = ReturnType<typeof driveClient>;

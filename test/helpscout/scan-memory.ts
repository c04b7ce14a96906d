import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const resultSchema = z.object({
  conversations: z.number(),
  samples: z.array(z.object({ read: z.number(), sandboxMb: z.number(), clientMb: z.number() })).min(5),
});

/** Megabytes that the client may grow by while it reads: the ids it has seen, and noise of the garbage collector. */
const CLIENT_GROWTH_MB = 60;

/** Scans a generated account in processes of their own, prints what both sides used and holds them to it. */
export async function scanWithinMemory(conversations: number): Promise<void> {
  const args = ['--expose-gc', '--import', 'tsx', 'bench/large-account.ts', String(conversations)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  assert.equal(code, 0);
  const result = resultSchema.parse(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
  const sandboxMb = Math.max(...result.samples.map((sample) => sample.sandboxMb));
  const client = result.samples.map((sample) => sample.clientMb);
  console.log(
    `      ${result.conversations} conversations: sandbox at most ${sandboxMb} MB, client ${client.join(', ')} MB`,
  );
  assert.equal(result.conversations, conversations);
  assert(sandboxMb < 300, `the sandbox took ${sandboxMb} MB`);
  const growth = (client.at(-1) ?? 0) - (client[0] ?? 0);
  assert(growth < CLIENT_GROWTH_MB, `the client grew by ${growth} MB`);
}

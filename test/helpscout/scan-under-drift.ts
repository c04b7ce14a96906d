import assert from 'node:assert/strict';
import { z } from 'zod';
import { createHelpScoutClient } from '../../src/helpscout/client.ts';
import { HelpScoutTimeout, HelpScoutUnavailable } from '../../src/helpscout/errors.ts';
import { scanConversations } from '../../src/helpscout/scan-conversations.ts';
import { createRandom } from '../../src/sandbox/corpus/prng.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { control, corpusOf, signIn, start, startReceiver, until } from '../sandbox/support.ts';
import { unlimited } from './unlimited.ts';

const rowsSchema = z.array(
  z.object({ conversationId: z.number(), lastThreadId: z.number().nullable(), deleted: z.boolean() }),
);
const callsSchema = z.record(z.string(), z.number());

/** Runs a call again until it works; counts what that cost. */
function persistentRetry() {
  const policy = {
    repeated: 0,
    async retry<T>(call: () => Promise<T>): Promise<T> {
      for (let tries = 1; ; tries++) {
        try {
          return await call();
        } catch (error) {
          const passes = error instanceof HelpScoutUnavailable || error instanceof HelpScoutTimeout;
          if (!passes || tries === 20) throw error;
          policy.repeated++;
        }
      }
    },
  };
  return policy;
}

/** Each conversation that exists, with its newest thread, as the sandbox has it. */
async function truthOf(sandbox: Sandbox): Promise<Map<number, number | null>> {
  const truth = new Map<number, number | null>();
  for (let after = 0; ; ) {
    const rows = rowsSchema.parse(await control(sandbox, 'GET', `/conversations?after=${after}&limit=5000`));
    for (const row of rows) if (!row.deleted) truth.set(row.conversationId, row.lastThreadId);
    const last = rows.at(-1);
    if (!last) return truth;
    after = last.conversationId;
  }
}

/** A customer writes anew, or once more in a conversation that was read already. */
async function write(sandbox: Sandbox, draw: number, known: readonly number[]): Promise<void> {
  if (draw < 0.3) {
    const text = 'The export stopped again.';
    await control(sandbox, 'POST', '/conversations', { subject: 'Export', text, customerEmail: 'lin@client.example' });
    return;
  }
  const id = known[Math.floor(draw * known.length)];
  const row = rowsSchema.element.parse(await control(sandbox, 'GET', `/conversations/${id}`));
  if (row.deleted) return;
  await control(sandbox, 'POST', `/conversations/${id}/messages`, { type: 'customer', text: 'Any news?' });
}

/**
 * Scans an account of so many conversations while they come, change and go and calls fail, and checks that what was found
 * is what there is, for at most so many calls per 1,000 conversations.
 */
export async function scanUnderDrift(conversations: number, { mostPerThousand }: { mostPerThousand: number }) {
  const sandbox = await start({
    corpus: corpusOf(0),
    generatedConversations: conversations,
    rateLimitPerMinute: 1_000_000,
  });
  const { access_token: accessToken } = await signIn(sandbox);
  const client = createHelpScoutClient({ apiUrl: sandbox.url, accessToken, budget: unlimited });
  // Only a webhook tells of a deletion.
  const receiver = await startReceiver(200);
  await client.webhooks.ensure({ url: receiver.url, secret: 'secret', mailboxIds: [] });

  const faults = [
    { effect: { status: 503 }, seed: 7 },
    { effect: { drop: 'after' }, seed: 8 },
  ];
  for (const { effect, seed } of faults) {
    await control(sandbox, 'POST', '/faults', { api: 'inbox', effect, when: { probability: 0.01, seed } });
  }
  await control(sandbox, 'PATCH', '/switches', {
    pageDrift: { probability: 0.5, seed: 9, kinds: ['new', 'changed', 'deleted'] },
  });
  const before = callsSchema.parse(await control(sandbox, 'GET', '/calls'));

  const random = createRandom(10);
  const policy = persistentRetry();
  const found = new Map<number, number | null>();
  let chats = 0;
  for await (const page of scanConversations({
    conversations: client.conversations,
    mailboxIds: [],
    modifiedSince: '2020-01-01T00:00:00Z',
    now: () => new Date(),
    retry: policy.retry,
    overlapMs: 1000,
  })) {
    for (const { conversation, threads } of page.changed) {
      found.set(conversation.id, threads.reduce((last, { id }) => Math.max(last, id), 0) || null);
      if (conversation.type === 'chat') chats++;
    }
    if (page.pass === 0 && random.chance(0.5)) await write(sandbox, random.next(), [...found.keys()]);
    if (page.pass === 1) await control(sandbox, 'PATCH', '/switches', { pageDrift: null });
  }

  const truth = await truthOf(sandbox);
  const deleted = () =>
    receiver.received
      .filter(({ headers }) => headers['x-helpscout-event'] === 'convo.deleted')
      .map(({ body }) => z.object({ id: z.number() }).parse(JSON.parse(body)).id);
  const isToldOf = (id: number) => deleted().includes(id);
  await until(() => [...found.keys()].every((id) => truth.has(id) || isToldOf(id)), 'all deletions are told');
  for (const id of deleted()) found.delete(id);
  assert.deepEqual(
    [...truth].filter(([id, lastThreadId]) => found.get(id) !== lastThreadId),
    [],
  );
  assert.equal(found.size, truth.size);

  const calls = callsSchema.parse(await control(sandbox, 'GET', '/calls'));
  const made = Object.entries(calls).reduce((sum, [name, count]) => sum + count - (before[name] ?? 0), 0);
  const perThousand = ((made - policy.repeated - chats) / truth.size) * 1000;
  console.log(
    `      ${truth.size} conversations: ${made} calls, ${policy.repeated} of them repeated, ${chats} for chats; ${perThousand.toFixed(1)} per 1,000 besides`,
  );
  assert(policy.repeated > 0 && chats > 0);
  assert(perThousand <= mostPerThousand, `${perThousand} calls per 1,000 conversations`);
}

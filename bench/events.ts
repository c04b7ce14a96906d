import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type RunningStack, startRunningStack } from '../test/e2e/running-stack.ts';
import { until } from '../test/support/until.ts';
import { countType, type HistoryCount } from './events/count-actions.ts';

/**
 * How many history events and billable actions (events/count-actions.ts) a conversation costs: read by a scan, and told of by
 * a webhook: each alone (no two together, the dearest case), five a second, and in a burst. Activities report every five seconds; each
 * report is an action too where a call takes longer, which none does here. `npm run bench -- events [conversations [webhooks]]`; the last
 * line is JSON.
 */
const CONVERSATIONS = Number(process.argv[2] ?? 1_000);
const WEBHOOKS = Number(process.argv[3] ?? 20);
/** Of steady traffic, five a second. */
const STEADY = { conversations: 60, everyMs: 200 };
const TARGET = { scan: 0.5, webhook: 12 };
const TYPES = ['integration', 'scan', 'conversationSync'];

const perItem = (before: HistoryCount, after: HistoryCount, items: number) => ({
  events: Math.round(((after.events - before.events) / items) * 100) / 100,
  actions: Math.round(((after.actions - before.actions) / items) * 100) / 100,
});

type Counts = Record<string, HistoryCount>;

async function count({ temporal }: RunningStack): Promise<Counts> {
  const counts: Counts = {};
  for (const type of TYPES) counts[type] = await countType(temporal, type);
  return counts;
}

const total = (counts: Counts): HistoryCount =>
  Object.values(counts).reduce(
    (sum, { events, actions }) => ({ events: sum.events + events, actions: sum.actions + actions }),
    { events: 0, actions: 0 },
  );

async function measure(running: RunningStack) {
  const { control, storage, organizationId } = running;
  const integrationId = await running.connect();
  const scanned = async () =>
    (await storage.integrations.get(organizationId, integrationId))?.scan?.state === 'completed';
  await until(scanned, { what: 'the scan', timeoutMs: 3_600_000 });
  const afterScan = await count(running);

  const ids = z
    .array(z.object({ conversationId: z.number() }))
    .parse(await control('GET', '/conversations'))
    .map(({ conversationId }) => conversationId);
  const updated = async () => {
    const types = ['conversationUpdated' as const];
    const { events } = await storage.syncEvents.list(
      organizationId,
      { types, statuses: ['success'] },
      { limit: 1_000 },
    );
    return events.length;
  };
  const write = (conversationId: number | undefined, number: number) =>
    control('POST', `/conversations/${conversationId}/messages`, {
      type: 'customer',
      text: `Still failing, ${number}.`,
    });
  for (let number = 0; number < WEBHOOKS; number += 1) {
    await write(ids[number], number);
    await until(async () => (await updated()) > number, { what: 'the webhook', timeoutMs: 120_000 });
  }
  // The answer of the last activity is part of the history a moment later.
  await wait(1_000);
  const afterSingle = await count(running);
  await Promise.all(Array.from({ length: WEBHOOKS }, (_, number) => write(ids[WEBHOOKS + number], number)));
  await until(async () => (await updated()) >= WEBHOOKS * 2, { what: 'the burst', timeoutMs: 120_000 });
  await wait(1_000);
  const afterBurst = await count(running);
  const inTurn = ids.slice(2 * WEBHOOKS, 2 * WEBHOOKS + STEADY.conversations);
  for (const [number, id] of inTurn.entries()) {
    await Promise.all([write(id, number), wait(STEADY.everyMs)]);
  }
  const all = WEBHOOKS * 2 + inTurn.length;
  await until(async () => (await updated()) >= all, { what: 'the steady traffic', timeoutMs: 120_000 });
  await wait(1_000);
  const afterSteady = await count(running);
  return {
    conversations: CONVERSATIONS,
    // The connection's own beginning is part of it: it matters for small accounts only.
    scan: perItem({ events: 0, actions: 0 }, total(afterScan), CONVERSATIONS),
    scanByType: afterScan,
    webhooks: WEBHOOKS,
    webhookAlone: perItem(total(afterScan), total(afterSingle), WEBHOOKS),
    webhookFiveASecond: perItem(total(afterBurst), total(afterSteady), inTurn.length),
    webhookInBurst: perItem(total(afterSingle), total(afterBurst), WEBHOOKS),
    target: TARGET,
  };
}

const running = await startRunningStack({
  corpus: Array.from({ length: CONVERSATIONS }, (_, index) => ({
    id: `c-${index}`,
    text: `The export of report ${index % 40} stops with error ${index % 40}.`,
    customerEmail: `person-${index % 90}@client.example`,
  })),
  env: { LOG_LEVEL: 'warn', SANDBOX_RATE_LIMIT: '100000', HELPSCOUT_CALLS_PER_MINUTE: '100000' },
});
try {
  const result = await measure(running);
  const met = result.scan.events <= TARGET.scan && result.webhookAlone.events <= TARGET.webhook;
  console.log(JSON.stringify({ ...result, met }));
  if (!met) process.exitCode = 1;
} finally {
  await running.stop();
}

import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type RunningStack, startRunningStack } from '../test/e2e/running-stack.ts';
import { until } from '../test/support/until.ts';
import { connectMany, type Tenant } from './tenants/connect-many.ts';

/**
 * Many organizations on one worker at once: whether any of them starves. All are connected to the sandbox, which tells each of them
 * of every message; a message is on its way from when it is written until the row of the log is settled for that
 * integration.
 * `npm run bench -- tenants [organizations [integrations of each [messages]]]`; the last line is JSON.
 */
const [organizations = 50, integrationsEach = 4, messages = 5] = process.argv.slice(2).map(Number);
const CONVERSATIONS = 20;
const BETWEEN_MS = 10_000;
/** How much later than the median organization's the slowest organization's median may be. */
const MOST = 3;

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function residentMegabytes(pid: number | null): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const found = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
  return found ? Math.round(Number(found) / 1024) : null;
}

/** When each row about a webhook was settled, by conversation. */
async function settledRows({ storage }: RunningStack, { organizationId, integrationId }: Tenant) {
  const types = ['conversationUpdated' as const];
  const { events } = await storage.syncEvents.list(organizationId, { types, statuses: ['success'] }, { limit: 1_000 });
  return new Map(
    events
      .filter((row) => row.integrationId === integrationId && row.settledAt !== null)
      .map(({ conversationId, settledAt }) => [conversationId, settledAt?.getTime() ?? 0]),
  );
}

async function measure(running: RunningStack) {
  const { control, storage, stack } = running;
  const startedMs = Date.now();
  const tenants = await connectMany(running, { organizations, integrationsEach });
  const allLive = async () => {
    for (const { organizationId, integrationId } of tenants) {
      if ((await storage.integrations.get(organizationId, integrationId))?.state !== 'live') return false;
    }
    return true;
  };
  while (!(await allLive())) await wait(2_000);
  const connectSeconds = Math.round((Date.now() - startedMs) / 1000);
  console.log(`${tenants.length} integrations are live after ${connectSeconds} s`);

  const ids = z
    .array(z.object({ conversationId: z.number() }))
    .parse(await control('GET', '/conversations'))
    .map(({ conversationId }) => conversationId);
  const sentAtMs = new Map<number, number>();
  for (let number = 0; number < messages; number += 1) {
    const conversationId = ids[number] ?? 0;
    sentAtMs.set(conversationId, Date.now());
    await control('POST', `/conversations/${conversationId}/messages`, { type: 'customer', text: `Again, ${number}.` });
    if (number < messages - 1) await wait(BETWEEN_MS);
  }
  const settled = new Map<string, Map<number | null, number>>();
  const allSettled = async () => {
    for (const tenant of tenants) {
      if ((settled.get(tenant.integrationId)?.size ?? 0) >= messages) continue;
      settled.set(tenant.integrationId, await settledRows(running, tenant));
    }
    return tenants.every(({ integrationId }) => (settled.get(integrationId)?.size ?? 0) >= messages);
  };
  await until(allSettled, { what: 'every message to reach every integration', timeoutMs: 1_800_000 });

  const delays = new Map<string, number[]>();
  for (const { organizationId, integrationId } of tenants) {
    const ofOrganization = delays.get(organizationId) ?? [];
    for (const [conversationId, atMs] of settled.get(integrationId) ?? []) {
      ofOrganization.push(atMs - (sentAtMs.get(conversationId ?? 0) ?? atMs));
    }
    delays.set(organizationId, ofOrganization);
  }
  const medians = [...delays.values()].map(median);
  const [typicalMs, slowestMs] = [median(medians), Math.max(...medians)];
  return {
    ...{ organizations, integrations: tenants.length, messages, connectSeconds },
    ...{ medianDelayMs: typicalMs, slowestOrganizationMs: slowestMs },
    ratio: Math.round((slowestMs / typicalMs) * 100) / 100,
    workerMegabytes: await residentMegabytes(stack.processes.get('worker')?.pid() ?? null),
    met: slowestMs <= typicalMs * MOST,
  };
}

const running = await startRunningStack({
  corpus: Array.from({ length: CONVERSATIONS }, (_, index) => ({
    id: `c-${index}`,
    text: `The export of report ${index % 5} stops with error ${index % 5}.`,
    customerEmail: `person-${index}@client.example`,
  })),
  env: { LOG_LEVEL: 'warn', SANDBOX_RATE_LIMIT: '1000000', HELPSCOUT_CALLS_PER_MINUTE: '1000000' },
});
try {
  const result = await measure(running);
  console.log(JSON.stringify(result));
  if (!result.met) process.exitCode = 1;
} finally {
  await running.stop();
}

import { setTimeout as delay } from 'node:timers/promises';
import { OPEN_STATUSES } from '../../src/storage/sync-event-schema.ts';
import { integrationStatusQuery, integrationWorkflowId, SCHEDULED } from '../../src/workflows/contract.ts';
import type { RunningStack } from '../e2e/running-stack.ts';
import type { createAdministrator } from './administrator.ts';
import type { HelpScoutSide } from './help-scout-side.ts';

const LOOK_EVERY_MS = 1_000;
/** What failed again needs its time before it is worth asking for another try. */
const ASK_AGAIN_AFTER_MS = 10_000;
const TELL_EVERY_MS = 15_000;

export interface SettlingDeps {
  running: RunningStack;
  helpScout: HelpScoutSide;
  administrator: ReturnType<typeof createAdministrator>;
  integrationId: string;
}

/** Workflows that wait or work, those apart that come by the clock. */
export async function openWorkflows({ temporal }: Pick<RunningStack, 'temporal'>): Promise<string[]> {
  const open: string[] = [];
  for await (const { type, workflowId } of temporal.workflow.list({ query: "ExecutionStatus = 'Running'" })) {
    if (!(type in SCHEDULED)) open.push(workflowId);
  }
  return open;
}

/** Conversations by id with the hash of their content, in one of the product's collections. */
export async function hashesIn(
  { storage, organizationId }: Pick<RunningStack, 'storage' | 'organizationId'>,
  collection: 'conversations' | 'insights',
): Promise<Map<number, string>> {
  const filter = { organizationId, ...(collection === 'insights' && { issue: 0 }) };
  const found = storage.connection
    .collection<{ conversationId: number; contentHash: string }>(collection)
    .find(filter, { projection: { conversationId: 1, contentHash: 1 } });
  const hashes = new Map<number, string>();
  for await (const { conversationId, contentHash } of found) hashes.set(conversationId, contentHash);
  return hashes;
}

/**
 * Waits until nothing is under way any more and MongoDB has what Help Scout has; what waits for a person is retried.
 * @returns what is still to do after `timeoutMs`; empty when everything has settled.
 */
export async function settle(
  deps: SettlingDeps,
  { timeoutMs, say }: { timeoutMs: number; say: (line: string) => void },
): Promise<string[]> {
  const deadline = Date.now() + timeoutMs;
  let askedMs = 0;
  let toldMs = Date.now();
  for (;;) {
    const left = await whatIsLeft(deps).catch((error: unknown) => [`cannot look: ${String(error)}`]);
    if (left.length === 0 || Date.now() > deadline) return left;
    if (Date.now() - toldMs > TELL_EVERY_MS) {
      toldMs = Date.now();
      say(`still to do: ${left.join(', ')}`);
    }
    if (Date.now() - askedMs > ASK_AGAIN_AFTER_MS && (await failedRows(deps.running)) > 0) {
      askedMs = Date.now();
      await deps.administrator.retryFailed();
    }
    await deps.administrator.reconnectIfAsked();
    await delay(LOOK_EVERY_MS);
  }
}

const rowsOf = ({ storage }: Pick<RunningStack, 'storage'>) => storage.connection.collection('syncEvents');
const failedRows = (running: RunningStack) =>
  rowsOf(running).countDocuments({ organizationId: running.organizationId, status: 'failed' });

/**
 * The cheap questions first: reading the whole account is asked for when nothing else is left. They are asked once more
 * after it: a pass that began in between has stored what it read before it settles its rows.
 */
async function whatIsLeft(deps: SettlingDeps): Promise<string[]> {
  for (const look of [whatIsUnderWay, whatIsBehind, whatIsUnderWay]) {
    const left = await look(deps);
    if (left.length > 0) return left;
  }
  return [];
}

async function whatIsUnderWay({ running, integrationId }: SettlingDeps): Promise<string[]> {
  const { storage, organizationId, temporal } = running;
  const integration = await storage.integrations.get(organizationId, integrationId);
  const handle = temporal.workflow.getHandle(integrationWorkflowId(integrationId));
  const { pendingConversations } = await handle.query(integrationStatusQuery);
  const submissions = await storage.submissions.counts(organizationId);
  const customers = await storage.customers.counts(organizationId);
  const openRows = await rowsOf(running).countDocuments({ organizationId, status: { $in: [...OPEN_STATUSES] } });
  const left = {
    'not live': integration?.state === 'live' ? 0 : 1,
    'scan not completed': integration?.scan?.state === 'completed' ? 0 : 1,
    'conversations that wait': pendingConversations,
    'submissions under way': submissions.accepted + submissions.sending,
    'submissions failed': submissions.failed,
    'customers under way': customers.waiting + customers.syncing,
    'customers failed': customers.failed,
    'open or failed rows': openRows,
    'workflows under way': (await openWorkflows(running)).length - 1,
  };
  return Object.entries(left).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`]));
}

async function whatIsBehind({ running, helpScout, integrationId }: SettlingDeps): Promise<string[]> {
  const { storage, organizationId } = running;
  const integration = await storage.integrations.get(organizationId, integrationId);
  const mailboxIds = integration?.selectedMailboxIds ?? [];
  const truth = await helpScout.conversations({ organizationId, integrationId, mailboxIds });
  const stored = await hashesIn(running, 'conversations');
  const insights = await hashesIn(running, 'insights');
  const behind = [...truth].filter(
    ([id, { contentHash }]) => stored.get(id) !== contentHash || insights.get(id) !== contentHash,
  );
  return behind.length === 0 ? [] : [`${behind.length} conversations that MongoDB does not have as Help Scout does`];
}

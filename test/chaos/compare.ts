import { z } from 'zod';
import { rebuildLog } from '../../src/local/log-rebuild/rebuild.ts';
import { createPayloadCodec } from '../../src/security/payload-codec.ts';
import { OPEN_STATUSES } from '../../src/storage/sync-event-schema.ts';
import type { HelpScoutSide } from './help-scout-side.ts';
import type { SettlingDeps } from './settling.ts';
import { hashesIn, openWorkflows } from './settling.ts';
import { emailOf, jobOf, type Ledger } from './traffic.ts';

const MOST_PATTERNS = 100_000;
const countSchema = z.array(z.object({ extra: z.number() }));

export interface Comparison {
  /** How much of everything there is, where both sides agree. */
  conversations: number;
  insights: number;
  tickets: number;
  customers: number;
  rows: number;
  closedWorkflows: number;
  /** Something that should be there and is not, by what it is. All of these are empty where all is well. */
  lost: Record<string, number>;
  /** Something that is there more often than it should be. */
  doubled: Record<string, number>;
  /** Something that will not end by itself. */
  stuck: Record<string, number>;
}

/** Accounts, before there was any traffic. */
export type Before = Awaited<ReturnType<HelpScoutSide['conversations']>>;

const threadsOf = (conversations: Before) => [...conversations.values()].reduce((sum, { threads }) => sum + threads, 0);
const only = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));

/** Holds what was done against Help Scout, MongoDB, the log and Temporal, when everything has settled. */
export async function compare(deps: SettlingDeps, ledger: Ledger, before: Before): Promise<Comparison> {
  const { running, helpScout, integrationId } = deps;
  const { storage, temporal, organizationId, stack } = running;
  const mailboxIds = (await storage.integrations.get(organizationId, integrationId))?.selectedMailboxIds ?? [];
  const truth = await helpScout.conversations({ organizationId, integrationId, mailboxIds });
  const stored = await hashesIn(running, 'conversations');
  const insights = await hashesIn(running, 'insights');
  const collection = (name: string) => storage.connection.collection(name);

  /** How many more documents there are than different values of these fields. */
  const extra = async (name: string, fields: string[], match: Record<string, unknown> = {}): Promise<number> => {
    const key = Object.fromEntries(fields.map((field) => [field, `$${field}`]));
    const [found] = countSchema.parse(
      await collection(name)
        .aggregate([
          { $match: { organizationId, ...match } },
          { $group: { _id: key, count: { $sum: 1 } } },
          { $group: { _id: null, extra: { $sum: { $subtract: ['$count', 1] } } } },
        ])
        .toArray(),
    );
    return found?.extra ?? 0;
  };
  const rows = (match: Record<string, unknown>) =>
    collection('syncEvents').countDocuments({ organizationId, ...match });

  const { created, held } = await storage.submissions.counts(organizationId);
  const made = ledger.conversations + ledger.submissions.length - held;
  const threads = threadsOf(before) + made + ledger.replies + ledger.notes;
  const succeeded = new Set(
    await collection('syncEvents').distinct('conversationId', {
      organizationId,
      status: 'success',
      type: { $in: ['conversationSynced', 'conversationUpdated'] },
    }),
  );
  const patterns = await storage.patterns.list(organizationId, {}, MOST_PATTERNS);
  const counted = new Map(
    (
      await storage.insights.patternCounts(
        organizationId,
        patterns.map(({ patternId }) => patternId),
      )
    ).map(({ patternId, conversations }) => [patternId, conversations]),
  );
  const customers = await wrongCustomers(deps, ledger);
  const codec = createPayloadCodec(stack.environment.ENCRYPTION_KEYS ?? '');
  const histories = await rebuildLog({ storage, client: temporal, codec }, { apply: false });
  const ended: Record<string, number> = {};
  let closedWorkflows = 0;
  for await (const { status } of temporal.workflow.list({ query: "ExecutionStatus != 'Running'" })) {
    closedWorkflows += 1;
    ended[status.name] = (ended[status.name] ?? 0) + 1;
  }

  return {
    conversations: truth.size,
    insights: insights.size,
    tickets: created,
    customers: ledger.customers.size,
    rows: await rows({}),
    closedWorkflows,
    lost: only({
      conversations: [...truth].filter(([id, { contentHash }]) => stored.get(id) !== contentHash).length,
      insights: [...truth].filter(([id, { contentHash }]) => insights.get(id) !== contentHash).length,
      'conversations without a row': [...truth.keys()].filter((id) => !succeeded.has(id)).length,
      tickets: Math.max(0, ledger.submissions.length - created - held),
      'conversations at Help Scout': Math.max(0, before.size + made - truth.size),
      'threads at Help Scout': Math.max(0, threads - threadsOf(truth)),
      'customers not as last sent': customers.wrong,
      'rows that histories have': histories.missing,
    }),
    doubled: only({
      submissions: ledger.submissions.length - new Set(ledger.submissions).size,
      'conversations at Help Scout': Math.max(0, truth.size - before.size - made),
      'threads at Help Scout': Math.max(0, threadsOf(truth) - threads),
      'conversations stored': await extra('conversations', ['conversationId']),
      'conversations that Help Scout does not have': [...stored.keys()].filter((id) => !truth.has(id)).length,
      insights: await extra('insights', ['conversationId', 'issue']),
      'decisions about one content': await extra('decisions', ['conversationId', 'contentHash']),
      rows: await extra('syncEvents', ['eventId']),
      'rows of one ticket': await extra('syncEvents', ['submissionId'], { type: 'ticketCreated' }),
      'customers at Help Scout': customers.doubled,
      'patterns with another count': patterns.filter(
        ({ patternId, conversations }) => (counted.get(patternId) ?? 0) !== conversations,
      ).length,
      'rows that differ from histories': histories.different,
    }),
    stuck: only({
      rows: await rows({ status: { $in: [...OPEN_STATUSES] } }),
      workflows: (await openWorkflows(running)).length - 1,
      ...Object.fromEntries(
        ['FAILED', 'TERMINATED', 'TIMED_OUT', 'CANCELLED'].map((how) => [`workflows ${how}`, ended[how] ?? 0]),
      ),
    }),
  };
}

/** Each customer is at Help Scout once, as the last accepted change has them. */
async function wrongCustomers({ running, helpScout }: SettlingDeps, ledger: Ledger) {
  const { customers } = await helpScout.client();
  const ids = new Set<number>();
  let wrong = 0;
  for (const [externalId, number] of ledger.customers) {
    const { helpScoutCustomerId } = (await running.storage.customers.get(running.organizationId, externalId)) ?? {};
    const known = helpScoutCustomerId ? await customers.get(helpScoutCustomerId) : null;
    const found = await customers.findByEmail(emailOf(externalId));
    if (known?.jobTitle !== jobOf(number) || found?.customerId !== helpScoutCustomerId) wrong += 1;
    if (helpScoutCustomerId) ids.add(helpScoutCustomerId);
  }
  return { wrong, doubled: ledger.customers.size - ids.size };
}

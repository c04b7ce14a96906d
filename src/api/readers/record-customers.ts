import type { Insight } from '../../domain/insight.ts';
import type { IssueRecord } from '../../domain/issue-record.ts';
import type { Storage } from '../../storage/storage.ts';
import type { AskingCustomer } from '../../ui/views/record-customers.tsx';
import { conversationsByKey } from './insight-rows.ts';

const PAGE = 200;
/** More than this nobody writes to one by one. */
const MOST = 1000;

/** The customers who asked for something, who wrote last first, each with their conversations and what these were told. */
export async function recordCustomers(storage: Storage, record: IssueRecord): Promise<AskingCustomer[]> {
  const { organizationId, recordId, patternId } = record;
  const insights = await allInsights(storage, organizationId, patternId);
  const [conversations, messages] = await Promise.all([
    conversationsByKey(storage, organizationId, insights),
    storage.recordMessages.ofRecord(organizationId, recordId),
  ]);
  const customers = new Map<string, AskingCustomer>();
  const seen = new Set<string>();
  for (const { customerKey, integrationId, conversationId, subject, reportedAt } of insights) {
    // Several issues of one conversation are one place to answer.
    const key = `${integrationId}:${conversationId}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const conversation = conversations.get(key);
    const told = messages.filter((message) => message.conversationId === conversationId);
    const asked = {
      ...{ integrationId, conversationId, subject, reportedAt },
      number: conversation?.number ?? conversationId,
      webUrl: conversation?.webUrl ?? null,
      told: told.map(({ kind, state, by, at }) => ({ kind, state, by, at })),
    };
    const known = customers.get(customerKey);
    if (known) known.conversations.push(asked);
    else {
      const { name = null, email = null } = conversation?.customer ?? {};
      customers.set(customerKey, { customerKey, name, email, conversations: [asked] });
    }
  }
  return [...customers.values()];
}

async function allInsights(storage: Storage, organizationId: string, patternId: string): Promise<Insight[]> {
  const found: Insight[] = [];
  let cursor: Awaited<ReturnType<Storage['insights']['list']>>['next'] | undefined;
  do {
    const read = await storage.insights.list(organizationId, { patternId }, { limit: PAGE, ...(cursor && { cursor }) });
    found.push(...read.insights);
    cursor = read.next;
  } while (cursor && found.length < MOST);
  return found;
}

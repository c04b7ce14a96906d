import type { CustomerPageProps } from '../../ui/views/customers/customer.tsx';
import type { Deps } from '../deps.ts';
import { helpScoutCustomerUrl } from './helpscout-url.ts';
import { insightRows } from './insight-rows.ts';

const ROWS = 20;

/** What is known of an address; null when nothing is. */
export async function customerDetail(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  organizationId: string,
  email: string,
): Promise<Omit<CustomerPageProps, 'shell' | 'email'> | null> {
  const [record, { insights }, conversations, { submissions }, { emails }, { events }] = await Promise.all([
    storage.customers.findByEmail(organizationId, email),
    storage.insights.list(organizationId, { customerKey: email }, { limit: ROWS }),
    storage.conversations.ofCustomer(organizationId, email, ROWS),
    storage.submissions.list(organizationId, { customerEmail: email, limit: ROWS }),
    storage.sentEmails.list(organizationId, { customerEmail: email, limit: ROWS }),
    storage.syncEvents.list(organizationId, { customerEmail: email }, { limit: ROWS }),
  ]);
  const isKnown = [insights, conversations, submissions, emails, events].some(({ length }) => length > 0);
  if (!record && !isKnown) return null;
  const withInsight = new Set(insights.map(({ conversationId }) => conversationId));
  const helpScoutId =
    record?.helpScoutCustomerId ?? conversations.map(({ customer }) => customer.id).find((id) => id !== undefined);
  return {
    record,
    helpScoutUrl: helpScoutId === undefined ? null : helpScoutCustomerUrl(config, helpScoutId),
    insights: await insightRows(storage, organizationId, insights),
    conversations: conversations.filter(({ conversationId }) => !withInsight.has(conversationId)),
    tickets: submissions,
    emails,
    log: events,
  };
}

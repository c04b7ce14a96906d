import { ERASED, type ErasurePlan } from '../../domain/erasure.ts';
import type { Filter, Part } from './organization-data.ts';

/** An address however it was written. */
export const addressFilter = (address: string) => ({
  $regex: `^${address.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`,
  $options: 'i',
});

/** Conversations by their keys, one filter for each connection. */
function conversationFilters(keys: readonly string[]): Filter[] {
  const ids = new Map<string, number[]>();
  for (const key of keys) {
    const at = key.lastIndexOf('/');
    const integrationId = key.slice(0, at);
    ids.set(integrationId, [...(ids.get(integrationId) ?? []), Number(key.slice(at + 1))]);
  }
  return [...ids].map(([integrationId, of]) => ({ integrationId, conversationId: { $in: of } }));
}

const either = (filters: Filter[]): Filter => (filters.length > 0 ? { $or: filters } : { _id: { $in: [] } });

/** Of an organization; insights and patterns have editions that are not in force besides. */
const within = (organizationId: string, filter: Filter): Filter => ({
  $and: [
    { $or: [{ organizationId }, { organizationId: { $gte: `${organizationId}~`, $lt: `${organizationId}~\uffff` } }] },
    filter,
  ],
});

/** Everything that is of one customer alone, and goes. */
export function partsOfCustomer(organizationId: string, plan: ErasurePlan): Part[] {
  const address = addressFilter(plan.address);
  const conversations = conversationFilters(plan.conversations);
  const filters: Record<string, Filter[]> = {
    conversations: [...conversations, { 'customer.email': address }],
    insights: [...conversations, { customerKey: address }],
    decisions: conversations,
    whatIfItems: conversations,
    regressionCases: conversations,
    reviews: conversations,
    patternPlacements: conversations,
    editionMarks: conversations,
    recordMessages: [...conversations, { customerEmail: address }],
    submissions: [...conversations, { customerEmail: address }, { customerKey: address }],
    customers: [{ 'fields.email': address }, { 'syncedFields.email': address }],
    customerImportLines: [{ 'fields.email': address }, { externalId: { $in: plan.externalIds } }],
    sentEmails: [{ to: address }, { customerEmail: address }],
    rowEdits: [{ eventId: { $in: plan.eventIds } }],
  };
  const claims = {
    collection: 'submissionClaims',
    filter: {
      _id: { $gte: `${organizationId}/`, $lt: `${organizationId}/\uffff` },
      submissionId: { $in: plan.submissionIds },
    },
  };
  return [
    ...Object.entries(filters).map(([collection, some]) => ({
      collection,
      filter: within(organizationId, either(some)),
    })),
    claims,
  ];
}

/** What stays for the sake of counts, without saying whose it was. */
export function blankedOfCustomer(organizationId: string, plan: ErasurePlan): { part: Part; fields: Filter }[] {
  const rows = either([
    ...conversationFilters(plan.conversations),
    { customerEmail: addressFilter(plan.address) },
    { eventId: { $in: plan.eventIds } },
  ]);
  return [
    {
      part: { collection: 'syncEvents', filter: within(organizationId, rows) },
      fields: { customerEmail: null, customerExternalId: null, details: ERASED },
    },
    {
      part: {
        collection: 'retryItems',
        filter: within(
          organizationId,
          either([{ customerEmail: addressFilter(plan.address) }, { eventId: { $in: plan.eventIds } }]),
        ),
      },
      fields: { customerEmail: null, preview: null },
    },
  ];
}

/** Where people, or we, may have repeated what a customer wrote. */
export const REPEATING = [
  'issueRecords',
  'recordComments',
  'recordProposals',
  'patterns',
  'patternDecisions',
  'notifications',
  'auditTrail',
] as const;

/** Collections with other people in them: a full name found there is of somebody else, if the address is another. */
export const OF_OTHER_PEOPLE: readonly string[] = [
  'conversations',
  'submissions',
  'customers',
  'customerImportLines',
  'integrations',
  'sentEmails',
];

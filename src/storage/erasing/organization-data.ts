import type { Connection } from 'mongoose';

/** A filter for the driver; ids of documents are not always ObjectIds here. */
export type Filter = Record<string, unknown>;
export interface Part {
  collection: string;
  filter: Filter;
}

/** Collections whose documents name their organization by their `_id` alone, or by its beginning. */
const NAMED_BY_ID: Record<string, 'whole' | 'beginning'> = {
  insightEditions: 'whole',
  organizationSettings: 'whole',
  logFacets: 'whole',
  driftLooks: 'whole',
  diagnoses: 'beginning',
  arrivals: 'beginning',
  submissionClaims: 'beginning',
  notificationReads: 'beginning',
};

/** Collections with nothing of one organization alone, and why that is. */
const OF_NO_ORGANIZATION: Record<string, string> = {
  rateBuckets: 'calls of one minute, by Help Scout account: several organizations may share one',
  rateAccounts: 'the limit of a Help Scout account',
  serviceStatus: 'how Help Scout is',
  deletedRuns: 'ids of runs that are gone, by the erasure under way, which forgets them when it is done',
};

/** The receipts stay. */
const KEPT = 'erasures';

/** Written by the session middleware, without a model. */
const SESSIONS: Part['collection'] = 'sessions';

/** What is erased first: nobody can write any more once these are gone. */
export const DOORS = [SESSIONS, 'apiKeys', 'members', 'contactForms', 'oauthStates'] as const;

const from = (start: string) => ({ $gte: start, $lt: `${start}\uffff` });

/** Everything of an organization, editions that are not in force among them. */
const organizationFilter = (organizationId: string): Filter => ({
  $or: [{ organizationId }, { organizationId: from(`${organizationId}~`) }],
});

/**
 * Where everything of an organization is, collection by collection; made from the models, so that a new collection is
 * erased without anybody thinking of it.
 * @throws Error for a collection that neither names its organization nor is listed above
 */
export function organizationParts(connection: Connection, organizationId: string): Part[] {
  const parts = Object.values(connection.models).flatMap(({ collection, schema }): Part[] => {
    const { name } = collection;
    if (name === KEPT || name in OF_NO_ORGANIZATION) return [];
    if (schema.path('organizationId')) return [{ collection: name, filter: organizationFilter(organizationId) }];
    const named = NAMED_BY_ID[name];
    if (named === 'whole') return [{ collection: name, filter: { _id: organizationId } }];
    if (named === 'beginning') return [{ collection: name, filter: { _id: from(`${organizationId}/`) } }];
    throw new Error(`Nobody has said how ${name} is erased.`);
  });
  return [...parts, { collection: SESSIONS, filter: { 'session.organizationId': organizationId } }];
}

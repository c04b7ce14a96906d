import { z } from 'zod';
import { syncErrorCodeSchema } from '../../domain/sync-error.ts';
import { awaitsDecision, SYNC_EVENT_TYPES } from '../../domain/sync-event.ts';
import type { FailedRowsPageProps } from '../../ui/views/failures/failed-rows.tsx';
import type { FailureGroup } from '../../ui/views/failures/failures.tsx';
import type { Deps } from '../deps.ts';
import { oneOf } from './query-values.ts';

/** Rows of a group that are looked at for whom they affect, and shown to choose from. */
const LOOKED_AT = 200;

export const causeQuery = z.object({
  code: syncErrorCodeSchema.nullable().catch(null),
  type: oneOf(SYNC_EVENT_TYPES),
});

type Cause = FailedRowsPageProps['cause'];

/** What failed and waits, by root cause: the most frequent first. */
export async function failureGroups(
  { storage }: Pick<Deps, 'storage'>,
  organizationId: string,
): Promise<FailureGroup[]> {
  const causes = await storage.syncEvents.failuresByCause(organizationId);
  const groups = await Promise.all(
    causes.map(async ({ code, type, count, firstAt, lastAt }) => {
      const known = syncErrorCodeSchema.catch('internalError').parse(code);
      const { rows, customers } = await affected({ storage }, organizationId, { code: known, type });
      return {
        code: known,
        type,
        count,
        firstAt,
        lastAt,
        customers,
        more: count > rows.length,
        retryable: rows.some(awaitsDecision),
      };
    }),
  );
  return groups.sort((a, b) => b.count - a.count || b.lastAt.getTime() - a.lastAt.getTime());
}

/** The newest failed rows of a cause, and the customers they are of. */
async function affected({ storage }: Pick<Deps, 'storage'>, organizationId: string, { code, type }: Cause) {
  const filter = { statuses: ['failed'] as const, ...(type && { types: [type] }), ...(code && { errorCode: code }) };
  const { events, next } = await storage.syncEvents.list(organizationId, filter, { limit: LOOKED_AT });
  const customers = [...new Set(events.flatMap(({ customerEmail }) => (customerEmail ? [customerEmail] : [])))];
  return { rows: events, customers, more: next !== null };
}

/** The rows of a cause, to be looked at and chosen from; those that nobody can retry are left to their own pages. */
export async function failedRows(
  { storage }: Pick<Deps, 'storage'>,
  organizationId: string,
  cause: Cause,
): Promise<Omit<FailedRowsPageProps, 'shell'>> {
  const [{ rows, more }, causes] = await Promise.all([
    affected({ storage }, organizationId, cause),
    storage.syncEvents.failuresByCause(organizationId),
  ]);
  const ofCause = causes.filter(
    ({ code, type }) => (!cause.code || code === cause.code) && (!cause.type || type === cause.type),
  );
  const waiting = rows.filter(awaitsDecision);
  return {
    cause,
    rows: waiting,
    more,
    total: more ? ofCause.reduce((sum, { count }) => sum + count, 0) : waiting.length,
  };
}

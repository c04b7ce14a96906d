import { heartbeat } from '@temporalio/activity';
import { subDays } from 'date-fns';
import type { ActivityDeps } from './deps.ts';

/** Small enough that a batch takes seconds on a slow server, and other work on the collection hardly waits. */
const ROWS_AT_ONCE = 1000;
const BATCHES = 10;

/** Removes what an organization keeps no longer, by its settings. */
export function createRetentionActivities({ storage, now }: Pick<ActivityDeps, 'storage' | 'now'>) {
  return {
    async listOrganizationIds(): Promise<string[]> {
      return (await storage.organizations.list()).map(({ organizationId }) => organizationId);
    },

    /**
     * A bounded part of one organization's old rows and audit entries, the oldest first; the counters of removed rows
     * go with them. Safe to repeat.
     */
    async removeExpired({ organizationId }: { organizationId: string }): Promise<{ rows: number; more: boolean }> {
      const { retention } = await storage.settings.get(organizationId);
      const end = now();
      await storage.auditTrail.removeBefore(organizationId, subDays(end, retention.auditDays));
      const before = subDays(end, retention.logDays);
      let rows = 0;
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const removed = await storage.syncEvents.removeBefore(organizationId, before, ROWS_AT_ONCE);
        rows += removed;
        heartbeat(rows);
        if (removed === ROWS_AT_ONCE) continue;
        await storage.syncEvents.removeEmptyHours(organizationId, before);
        return { rows, more: false };
      }
      return { rows, more: true };
    },
  };
}

import { heartbeat } from '@temporalio/activity';
import { subDays } from 'date-fns';
import type { ActivityDeps } from './deps.ts';

/** Small enough that a batch takes seconds on a slow server, and other work on the collection hardly waits. */
const ROWS_AT_ONCE = 1000;
const BATCHES = 10;
/** Each may have many lines or rows of its own. */
const RUNS_AT_ONCE = 10;

/** Removes what an organization keeps no longer, by its settings. */
export function createRetentionActivities({ storage, now }: Pick<ActivityDeps, 'storage' | 'now'>) {
  return {
    async listOrganizationIds(): Promise<string[]> {
      return (await storage.organizations.list()).map(({ organizationId }) => organizationId);
    },

    /**
     * A bounded part of what one organization keeps no longer, the oldest first: audit entries, rows of the log with their
     * counters, and what belongs to rows: uploads of customers and retries by cause that have ended. Safe to repeat.
     */
    async removeExpired({ organizationId }: { organizationId: string }): Promise<{ rows: number; more: boolean }> {
      const { retention } = await storage.settings.get(organizationId);
      const end = now();
      await storage.auditTrail.removeBefore(organizationId, subDays(end, retention.auditDays));
      const before = subDays(end, retention.logDays);
      const runs = [
        await storage.customerImports.removeBefore(organizationId, before, RUNS_AT_ONCE),
        await storage.retryRuns.removeBefore(organizationId, before, RUNS_AT_ONCE),
      ];
      heartbeat();
      const moreRuns = runs.some((removed) => removed === RUNS_AT_ONCE);
      let rows = 0;
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const removed = await storage.syncEvents.removeBefore(organizationId, before, ROWS_AT_ONCE);
        rows += removed;
        heartbeat(rows);
        if (removed === ROWS_AT_ONCE) continue;
        await storage.syncEvents.removeEmptyHours(organizationId, before);
        return { rows, more: moreRuns };
      }
      return { rows, more: true };
    },
  };
}

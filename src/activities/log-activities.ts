import type { ScanProgress } from '../domain/integration.ts';
import type { Logged } from '../domain/logged-row.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import type { Direction, SyncEventType } from '../domain/sync-event.ts';
import type { IntegrationPatch } from '../storage/integrations.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';

/** One row about the integration itself: opened and settled in one step, since the call it tells of is over. */
export interface IntegrationEvent {
  eventId: string;
  workflowId: string;
  type: SyncEventType;
  direction: Direction;
  details: string;
  error?: SyncErrorCode;
  /** Of `reconciled`: how many conversations no webhook had told about. */
  missed?: number;
}

export interface SyncSettlement {
  eventId: string;
  workflowId: string;
  status: 'retrying' | 'success' | 'failed' | 'skipped';
  details: string;
  error?: { code: SyncErrorCode; httpStatus?: number | undefined } | undefined;
  by: string;
  attemptKey: string;
}

/** What people read of a workflow: rows of the log, and the integration's state. */
export function createLogActivities({ storage }: ActivityDeps) {
  return {
    async recordIntegrationEvent(scope: Scope, event: IntegrationEvent): Promise<Logged> {
      const { error, missed, ...row } = event;
      await storage.syncEvents.open(scope.organizationId, [{ ...row, integrationId: scope.integrationId }]);
      await storage.syncEvents.settle(scope.organizationId, [
        {
          eventId: event.eventId,
          status: error ? 'failed' : 'success',
          by: 'automatic',
          attemptKey: 'only',
          details: event.details,
          ...(error && { error: { code: error } }),
        },
      ]);
      if (missed) await storage.arrivals.noteMissed(scope.organizationId, { eventId: event.eventId, missed });
      return { log: await storage.syncEvents.logged(scope.organizationId, [event.eventId]) };
    },

    async settleSync(scope: Scope, settlement: SyncSettlement): Promise<Logged> {
      await storage.syncEvents.settle(scope.organizationId, [settlement]);
      return { log: await storage.syncEvents.logged(scope.organizationId, [settlement.eventId]) };
    },

    /** Keeps the copy that pages read equal to the workflow's state. */
    async saveIntegration(scope: Scope, patch: Pick<IntegrationPatch, 'state' | 'selectedMailboxIds'>): Promise<void> {
      await storage.integrations.update(scope.organizationId, scope.integrationId, patch);
    },

    async saveScan(scope: Scope, scan: ScanProgress): Promise<void> {
      await storage.integrations.saveScan(scope.organizationId, scope.integrationId, scan);
    },
  };
}

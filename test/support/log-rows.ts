import type { Storage } from '../../src/storage/storage.ts';
import type { SyncEventOpening, SyncEventSettlement } from '../../src/storage/sync-events.ts';

type Wanted = Partial<SyncEventOpening> & { eventId: string } & Partial<
    Pick<SyncEventSettlement, 'status' | 'error' | 'conversationUrl'>
  >;

/** Puts rows into the log the way the product does: opened, then settled where a status is given. */
export async function addLogRows(storage: Storage, organizationId: string, rows: readonly Wanted[]): Promise<void> {
  await storage.syncEvents.open(
    organizationId,
    rows.map(({ status, error, conversationUrl, ...row }) => ({
      integrationId: 'i1',
      type: 'ticketCreated',
      direction: 'outbound',
      workflowId: row.eventId,
      ...(conversationUrl !== undefined && { conversationUrl }),
      ...row,
    })),
  );
  await storage.syncEvents.settle(
    organizationId,
    rows.flatMap(({ eventId, status, error }) =>
      status ? [{ eventId, status, by: 'automatic', attemptKey: 'run/1/1', ...(error && { error }) }] : [],
    ),
  );
}

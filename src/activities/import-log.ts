import type { Conversation } from '../domain/conversation.ts';
import type { LoggedRow } from '../domain/logged-row.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';
import type { Batch, FailedConversation, ImportResult } from './import-activities.ts';

/** The row of one conversation of a batch. */
export const importRowId = (batch: Batch, conversationId: number) => `${batch.batchId}/${conversationId}`;

/** The rows of the HelpScout Log for conversations that come in: one per conversation and batch. */
export function createImportLog(storage: Storage) {
  const rowOf = (scope: Scope, batch: Batch, conversationId: number, conversation: Conversation | undefined) => ({
    eventId: importRowId(batch, conversationId),
    integrationId: scope.integrationId,
    direction: 'inbound' as const,
    workflowId: batch.workflowId,
    conversationId,
    conversationUrl: conversation?.webUrl ?? null,
    customerEmail: conversation?.customer.email ?? null,
  });
  const storedOf = async (scope: Scope, conversationIds: number[]) => {
    const stored = await storage.conversations.getMany(scope.organizationId, scope.integrationId, conversationIds);
    return new Map(stored.map((conversation) => [conversation.conversationId, conversation]));
  };
  const rows = (scope: Scope, batch: Batch, of: readonly { conversationId: number }[]): Promise<LoggedRow[]> =>
    storage.syncEvents.logged(
      scope.organizationId,
      of.map(({ conversationId }) => importRowId(batch, conversationId)),
    );
  return {
    /** The batch's rows of some conversations as they stand, for the activity's result. */
    rows,

    /** Rows stand before the work: `pending` for what will be classified now. */
    async opened(
      scope: Scope,
      batch: Batch,
      changed: readonly Conversation[],
      known: ReadonlyMap<number, string>,
    ): Promise<void> {
      await storage.syncEvents.open(
        scope.organizationId,
        changed.map((conversation) => ({
          ...rowOf(scope, batch, conversation.conversationId, conversation),
          type: known.has(conversation.conversationId) ? 'conversationUpdated' : 'conversationSynced',
        })),
      );
    },

    /** Rows of what could not be read and will be tried again; what we know of it from before is shown with it. */
    async failed(scope: Scope, batch: Batch, failed: readonly FailedConversation[]): Promise<void> {
      if (failed.length === 0) return;
      const stored = await storedOf(
        scope,
        failed.map(({ conversationId }) => conversationId),
      );
      await storage.syncEvents.open(
        scope.organizationId,
        failed.map(({ conversationId }) => ({
          ...rowOf(scope, batch, conversationId, stored.get(conversationId)),
          type: stored.has(conversationId) ? 'conversationUpdated' : 'conversationSynced',
        })),
      );
      await storage.syncEvents.settle(
        scope.organizationId,
        failed.map((item) => ({
          eventId: item.eventId,
          status: 'retrying',
          error: { code: item.code, httpStatus: item.httpStatus },
          details: 'Trying again',
        })),
      );
    },

    /**
     * Of some conversations those whose rows an earlier try opened before it broke off. Whoever has classified them
     * since has settled rows of its own: these are still this batch's to settle.
     */
    async openedBefore(scope: Scope, batch: Batch, conversationIds: readonly number[]): Promise<Set<number>> {
      if (conversationIds.length === 0) return new Set();
      const ids = conversationIds.map((id) => importRowId(batch, id));
      const open = new Set(await storage.syncEvents.underWay(scope.organizationId, ids));
      return new Set(conversationIds.filter((id) => open.has(importRowId(batch, id))));
    },

    /** A webhook that brought nothing new still leaves a row: a manager sees that it arrived and why nothing changed. */
    async nothingNew(
      scope: Scope,
      batch: Batch,
      asked: readonly number[],
      result: Pick<ImportResult, 'changed' | 'failed'> & { elsewhere: readonly number[] },
    ): Promise<LoggedRow[]> {
      const busy = new Set([...result.changed, ...result.failed.map(({ conversationId }) => conversationId)]);
      const idle = asked.filter((id) => !busy.has(id));
      if (idle.length === 0) return [];
      const stored = await storedOf(scope, idle);
      await storage.syncEvents.open(
        scope.organizationId,
        idle.map((conversationId) => ({
          ...rowOf(scope, batch, conversationId, stored.get(conversationId)),
          type: 'conversationUpdated',
        })),
      );
      await storage.syncEvents.settle(
        scope.organizationId,
        idle.map((conversationId) => ({
          eventId: importRowId(batch, conversationId),
          status: 'skipped',
          by: 'automatic',
          details: result.elsewhere.includes(conversationId)
            ? 'In a mailbox that is not read'
            : !stored.has(conversationId)
              ? 'Gone from Help Scout'
              : 'Nothing new in the conversation',
        })),
      );
      return rows(
        scope,
        batch,
        idle.map((conversationId) => ({ conversationId })),
      );
    },
  };
}

import type { Conversation } from '../domain/conversation.ts';
import type { SyncEventType } from '../domain/sync-event.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';
import type { Batch, FailedConversation, ImportResult } from './import-activities.ts';

/** The rows of the HelpScout Log for conversations that come in: one per conversation and batch. */
export function createImportLog(storage: Storage) {
  const eventId = (batch: Batch, conversationId: number) => `${batch.batchId}/${conversationId}`;
  return {
    eventId,

    /** Rows stand before the work: `pending` for what will be classified, `retrying` for what could not be read. */
    async opened(
      scope: Scope,
      batch: Batch,
      changed: readonly Conversation[],
      failed: readonly FailedConversation[],
      known: ReadonlyMap<number, string>,
    ): Promise<void> {
      const common = {
        integrationId: scope.integrationId,
        direction: 'inbound',
        workflowId: batch.workflowId,
      } as const;
      const typeOf = (id: number): SyncEventType => (known.has(id) ? 'conversationUpdated' : 'conversationSynced');
      await storage.syncEvents.open(scope.organizationId, [
        ...changed.map((conversation) => ({
          ...common,
          eventId: eventId(batch, conversation.conversationId),
          type: typeOf(conversation.conversationId),
          conversationId: conversation.conversationId,
          conversationUrl: conversation.webUrl,
          customerEmail: conversation.customer.email ?? null,
        })),
        ...failed.map(({ conversationId, eventId }) => ({
          ...common,
          eventId,
          type: typeOf(conversationId),
          conversationId,
        })),
      ]);
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

    /** A webhook that brought nothing new still leaves a row: a manager sees that it arrived and why nothing changed. */
    async nothingNew(scope: Scope, batch: Batch, asked: readonly number[], result: ImportResult): Promise<void> {
      const busy = new Set([...result.changed, ...result.failed.map(({ conversationId }) => conversationId)]);
      const idle = asked.filter((id) => !busy.has(id));
      if (idle.length === 0) return;
      const stored = await storage.conversations.getMany(scope.organizationId, scope.integrationId, idle);
      await storage.syncEvents.open(
        scope.organizationId,
        idle.map((conversationId) => {
          const conversation = stored.find((candidate) => candidate.conversationId === conversationId);
          return {
            eventId: eventId(batch, conversationId),
            integrationId: scope.integrationId,
            type: 'conversationUpdated' as const,
            direction: 'inbound' as const,
            workflowId: batch.workflowId,
            conversationId,
            conversationUrl: conversation?.webUrl ?? null,
            customerEmail: conversation?.customer.email ?? null,
          };
        }),
      );
      await storage.syncEvents.settle(
        scope.organizationId,
        idle.map((conversationId) => ({
          eventId: eventId(batch, conversationId),
          status: 'skipped',
          by: 'automatic',
          details:
            result.gone > 0 && !stored.some((item) => item.conversationId === conversationId)
              ? 'The conversation is gone from Help Scout'
              : 'Nothing new in the conversation',
        })),
      );
    },
  };
}

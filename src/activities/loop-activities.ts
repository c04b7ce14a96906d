import { ApplicationFailure } from '@temporalio/common';
import type { Logged, LoggedRow } from '../domain/logged-row.ts';
import { MESSAGE_KIND_TEXT, type RecordMessage } from '../domain/record-message.ts';
import { messageRow } from '../domain/record-message-row.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import type { SyncStatus } from '../domain/sync-event.ts';
import type { Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { createLoopSending } from './loop-sending.ts';
import { createNotedTries, type TryOf } from './noted-tries.ts';

export interface MessageTry extends TryOf {
  messageId: string;
  workflowId: string;
}

export interface MessageSettlement {
  messageId: string;
  eventId: string;
  workflowId: string;
  status: Exclude<SyncStatus, 'pending'>;
  details: string;
  /** What becomes of the message; null when it stays as it is. */
  state: 'failed' | 'dismissed' | null;
  /** Absent when this try is among the row's attempts already. */
  by?: string | undefined;
  attemptKey: string;
  error?: { code: SyncErrorCode; httpStatus?: number | undefined } | undefined;
}

/** From a message about a record to its note or draft in Help Scout. Each step may be repeated at any time. */
export function createLoopActivities(
  deps: Pick<ActivityDeps, 'storage' | 'helpScout' | 'now'>,
  connections: Pick<Connections, 'withHelpScout'>,
) {
  const { storage, now } = deps;
  const { recordMessages, syncEvents } = storage;
  const noting = createNotedTries(deps);
  const { send } = createLoopSending(deps);

  const messageOf = async ({ organizationId }: Scope, messageId: string): Promise<RecordMessage> => {
    const message = await recordMessages.get(organizationId, messageId);
    if (message) return message;
    throw ApplicationFailure.nonRetryable('the message is not kept any more', 'internalError');
  };

  return {
    /** Opens the row of the log, whoever started the workflow. */
    async prepareMessage(scope: Scope, { messageId, workflowId, eventId }: MessageTry): Promise<Logged> {
      const message = await messageOf(scope, messageId);
      await syncEvents.open(scope.organizationId, [messageRow(message, workflowId)]);
      return { log: await syncEvents.logged(scope.organizationId, [eventId]) };
    },

    /**
     * Writes the note or draft, or finds the one that an earlier try wrote.
     * @throws ApplicationFailure, among them `uncertain` with the time after which it can be looked for
     */
    async sendMessage(
      scope: Scope,
      { messageId, ...tryOf }: MessageTry,
    ): Promise<{ threadId: number; found: boolean; log: LoggedRow[] }> {
      const sent = await noting(scope, tryOf, async (remember) => {
        const message = await messageOf(scope, messageId);
        if (message.threadId !== null) return { threadId: message.threadId, found: true };
        return connections.withHelpScout(scope, (client) => remember(() => send(client, message)), 'interactive');
      });
      return { ...sent, log: await syncEvents.logged(scope.organizationId, [tryOf.eventId]) };
    },

    /** Writes how it ended, or why it waits: in the log, and where the record shows whom it was told. */
    async settleMessage(
      { organizationId }: Scope,
      { messageId, state, ...settlement }: MessageSettlement,
    ): Promise<Logged> {
      if (state) await recordMessages.settleState(organizationId, messageId, state);
      const message = await recordMessages.get(organizationId, messageId);
      await syncEvents.settle(organizationId, [settlement]);
      if (settlement.status === 'success' && message) await noteInHistory(message);
      return { log: await syncEvents.logged(organizationId, [settlement.eventId]) };
    },
  };

  /** Once: the history of a record names each message. */
  async function noteInHistory({ organizationId, recordId, conversationId, kind, by }: RecordMessage): Promise<void> {
    const after = `${MESSAGE_KIND_TEXT[kind]} in conversation ${conversationId}`;
    const known = await storage.issueRecords.history(organizationId, recordId);
    if (known.some((entry) => entry.what === 'message' && entry.after === after)) return;
    const entry = { at: now(), by, what: 'message' as const, before: null, after, why: '' };
    await storage.issueRecords.change(organizationId, recordId, () => ({ set: {}, entries: [entry] }));
  }
}

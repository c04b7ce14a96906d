import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';
import { msToNextUtcDay } from '../domain/cost.ts';
import { SYNC_ERROR_TEXT } from '../domain/sync-error-text.ts';
import { classifier, helpScoutForPeople, helpScoutForWebhooks, house } from './activity-profiles.ts';
import type { ConversationSyncInput } from './contract.ts';
import { AUTOMATIC, retryableSync } from './retryable-sync.ts';
import { unfinished } from './unfinished.ts';

/**
 * Keeps one conversation that could not be read: tries again, and when that fails too stays open, visible and
 * retryable (retryable-sync.ts). Every step is safe to repeat, also by a reset to the first workflow task.
 */
export async function conversationSync(input: ConversationSyncInput): Promise<'success' | 'skipped'> {
  const { workflowId, runId } = workflowInfo();
  const { eventId, conversationId, organizationId, integrationId } = input;
  const scope = { organizationId, integrationId };
  const batch = { batchId: eventId.slice(0, eventId.lastIndexOf('/')), workflowId };

  return retryableSync({
    async attempt(current) {
      const byPerson = current.by !== AUTOMATIC;
      const helpScout = byPerson ? helpScoutForPeople(scope) : helpScoutForWebhooks(scope);
      const read = await helpScout.importConversation(scope, { ...batch, conversationId, byPerson });
      if (read.gone > 0) throw ApplicationFailure.nonRetryable('The conversation is gone', 'conversationGone');
      if (read.elsewhere) return { status: 'skipped', details: 'In a mailbox that is not read' };
      const conversationIds = read.changed;
      const request = { ...batch, conversationIds, attempt: current };
      const { left } = unfinished(await classifier.classifyConversations(scope, request));
      if (left.length > 0) {
        const details = [{ waitMs: msToNextUtcDay(new Date()) }];
        const { message } = SYNC_ERROR_TEXT.costCapReached;
        throw ApplicationFailure.create({ message, type: 'costCapReached', nonRetryable: true, details });
      }
      return { status: 'success', details: 'Nothing new in the conversation' };
    },

    settle: ({ status, details, tried, failure }) =>
      house.settleSync(scope, {
        ...{ eventId, workflowId, status, details },
        by: tried?.by ?? AUTOMATIC,
        attemptKey: tried?.attemptKey ?? `${runId}/waiting`,
        error: failure && { code: failure.code, httpStatus: failure.httpStatus },
      }),
  });
}

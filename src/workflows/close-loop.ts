import { workflowInfo } from '@temporalio/workflow';
import { helpScoutForPeople, house } from './activity-profiles.ts';
import type { CloseLoopInput } from './contract.ts';
import { retryableSync } from './retryable-sync.ts';

/**
 * Puts one note or draft reply that a person sent into its conversation, once: what was sent and not answered is looked
 * for before it is sent again. What fails waits for a person (retryable-sync.ts).
 */
export async function closeLoop({
  organizationId,
  integrationId,
  messageId,
  eventId,
  askedBy,
}: CloseLoopInput): Promise<'success' | 'skipped'> {
  const { workflowId, runId } = workflowInfo();
  const scope = { organizationId, integrationId };
  return retryableSync({
    askedBy,
    async attempt({ by }) {
      const sent = { messageId, eventId, workflowId, by };
      await house.prepareMessage(scope, sent);
      const { threadId, found } = await helpScoutForPeople(scope).sendMessage(scope, sent);
      const details = found ? 'Found: an earlier try had written it' : 'Written';
      return { status: 'success', details: `${details}: thread ${threadId}` };
    },
    async settle({ status, details, tried, failure, dismissedBy }) {
      await house.settleMessage(scope, {
        ...{ messageId, eventId, workflowId, status, details },
        state: dismissedBy ? 'dismissed' : status === 'failed' ? 'failed' : null,
        by: tried?.by,
        attemptKey: tried?.attemptKey ?? `${runId}/waiting`,
        error: failure && { code: failure.code, httpStatus: failure.httpStatus },
      });
    },
  });
}

import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';

import { SYNC_ERROR_TEXT } from '../domain/sync-error-text.ts';
import { classifier, helpScoutForPeople, helpScoutForWebhooks, house } from './activity-profiles.ts';
import {
  type ConversationSyncInput,
  dismissSignal,
  type RetryOutcome,
  retryNowUpdate,
  retrySignal,
  SEARCH_ATTRIBUTES,
} from './contract.ts';
import { type FailureCause, failureCause } from './failure-code.ts';

/** How long a failed sync waits for a decision before its workflow fails with the same cause. */
const DECISION_TIME = '30 days';
/** Temporal Web does not tell a workflow who sent a signal. */
const TEMPORAL_WEB = 'Temporal Web';

/**
 * Keeps one conversation that could not be read: tries again, and when that fails too stays open, visible and
 * retryable (signal `retry` in Temporal Web, update `retryNow` behind the page's button) until it works, is
 * dismissed, or 30 days are over. Every step is safe to repeat, also by a reset to the first workflow task.
 */
export async function conversationSync(input: ConversationSyncInput): Promise<'success' | 'skipped'> {
  const { workflowId } = workflowInfo();
  const scope = { organizationId: input.organizationId, integrationId: input.integrationId };
  let attempts = 0;
  let running = true;
  let lastOutcome: RetryOutcome | undefined;
  let requestedBy: string | undefined;
  let dismissal: string | undefined;

  const retry = (by?: string) => {
    requestedBy ??= by || TEMPORAL_WEB;
  };
  const dismiss = (reason: string) => {
    dismissal = reason || 'without a reason';
  };
  setHandler(retrySignal, retry, { description: 'Try again now. Needs no input.' });
  setHandler(dismissSignal, dismiss, {
    description: 'Give up on this conversation; input: the reason.',
  });
  setHandler(
    retryNowUpdate,
    async ({ by }) => {
      const before = attempts;
      requestedBy = by;
      await condition(() => attempts > before && !running);
      return lastOutcome ?? { status: 'failed', code: 'internalError' };
    },
    {
      description: 'Try again now and answer with the outcome; input: {"by": "your address"}.',
      validator: (_person) => {
        if (running) throw ApplicationFailure.nonRetryable('a try is running already', 'retryRunning');
      },
    },
  );

  let failure: FailureCause = { ...input.failure, message: input.failure.code };
  for (let by = 'automatic'; ; by = requestedBy ?? TEMPORAL_WEB) {
    running = true;
    requestedBy = undefined;
    attempts += 1;
    try {
      const status = await attempt(by);
      await settle(by, status, status === 'success' ? 'Nothing new in the conversation' : 'The conversation is gone');
      lastOutcome = { status };
      running = false;
      await condition(allHandlersFinished);
      return status;
    } catch (error) {
      if (isCancellation(error)) throw error;
      failure = failureCause(error);
      await park(by);
    }
    running = false;
    await condition(() => requestedBy !== undefined || dismissal !== undefined, DECISION_TIME);
    if (dismissal !== undefined) return giveUp(dismissal);
    if (requestedBy === undefined) throw ApplicationFailure.nonRetryable(failure.message, failure.code);
  }

  function attemptKey(): string {
    return `${workflowInfo().runId}/${attempts}`;
  }

  async function attempt(by: string): Promise<'success' | 'skipped'> {
    if (attempts > 1) upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.syncStatus, value: 'retrying' }]);
    const helpScout = by === 'automatic' ? helpScoutForWebhooks(scope) : helpScoutForPeople(scope);
    const { eventId, conversationId } = input;
    const batch = { batchId: eventId.slice(0, eventId.lastIndexOf('/')), workflowId };
    const read = await helpScout.importConversation(scope, { ...batch, conversationId, byPerson: by !== 'automatic' });
    if (read.gone > 0) return 'skipped';
    const attempt = { by, attemptKey: attemptKey() };
    await classifier.classifyConversations(scope, { ...batch, conversationIds: read.changed, attempt });
    return 'success';
  }

  async function park(by: string): Promise<void> {
    const { message, remedy } = SYNC_ERROR_TEXT[failure.code];
    lastOutcome = { status: 'failed', code: failure.code };
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.syncStatus, value: 'failed' },
      { key: SEARCH_ATTRIBUTES.syncErrorCode, value: failure.code },
    ]);
    setCurrentDetails(
      `**Failed:** ${message} \`${failure.code}\`: ${failure.message}\n\n**Remedy:** ${remedy}\n\n` +
        'Then send the signal `retry` (More Actions > Send a Signal), or `dismiss` with a reason to give up.',
    );
    await settle(by, 'failed', failure.message);
  }

  async function giveUp(reason: string): Promise<'skipped'> {
    await settle(TEMPORAL_WEB, 'skipped', `Dismissed: ${reason}`);
    return 'skipped';
  }

  async function settle(by: string, status: 'success' | 'failed' | 'skipped', details: string): Promise<void> {
    const error = status === 'failed' ? { code: failure.code, httpStatus: failure.httpStatus } : undefined;
    const row = { eventId: input.eventId, workflowId, by, attemptKey: attemptKey() };
    await house.settleSync(scope, { ...row, status, details, error });
    if (status === 'failed') return;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.syncStatus, value: status }]);
    setCurrentDetails(status === 'success' ? 'Done.' : `Skipped: ${details}`);
  }
}

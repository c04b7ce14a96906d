import { condition, isCancellation } from '@temporalio/workflow';
import type { Batch, ImportResult } from '../activities/import-activities.ts';
import { addPending, nextDueAtMs, type PendingConversation, takeDue } from '../domain/pending-conversations.ts';
import { classifier, helpScoutForWebhooks, house } from './activity-profiles.ts';
import { type FailureCause, failureCause } from './failure-code.ts';
import { mayWork } from './integration-memory.ts';
import { type IntegrationRun, nextBatch } from './integration-run.ts';
import { letWait } from './let-wait.ts';
import { unfinished } from './unfinished.ts';

/** As many as one page of a scan. */
const BATCH_SIZE = 25;

/** Reads the conversations that webhooks told about, once each has been quiet for a while. */
export async function followConversations(run: IntegrationRun): Promise<void> {
  const { memory, settings, stopping } = run;
  while (!stopping()) {
    await condition(() => stopping() || (mayWork(memory) && memory.pending.length > 0));
    const dueAtMs = nextDueAtMs(memory.pending, settings);
    if (stopping() || dueAtMs === null) continue;
    const waitMs = dueAtMs - Date.now();
    // Later events only postpone, so sleeping to the earliest due time and looking again needs no waking in between.
    if (waitMs > 0 && (await condition(() => stopping() || !mayWork(memory), waitMs))) continue;
    const { due, rest } = takeDue(memory.pending, settings, Date.now(), BATCH_SIZE);
    if (due.length === 0) continue;
    memory.pending = rest;
    await processConversations(run, due);
  }
}

/** Imports and classifies some conversations; what fails gets a workflow of its own and is not our concern any more. */
async function processConversations(run: IntegrationRun, due: readonly PendingConversation[]): Promise<void> {
  const { scope, memory } = run;
  // When they were received goes along: it is what the delay of webhooks is measured by.
  const receivedAtMs = Object.fromEntries(
    due.map((item) => [item.conversationId, item.receivedAtMs ?? item.firstAtMs]),
  );
  const batch = { ...nextBatch(run), receivedAtMs };
  const conversationIds = due.map(({ conversationId }) => conversationId);
  memory.processing = conversationIds;
  try {
    const { mailboxIds } = memory;
    const read = await helpScoutForWebhooks(scope).importConversations(scope, {
      ...batch,
      conversationIds,
      mailboxIds,
      toldAtMs: due.map(({ lastAtMs }) => lastAtMs),
    });
    await classifyRead(run, batch, read);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { code, httpStatus, waitMs } = failureCause(error);
    // The whole account's trouble, and it passes: no conversation has failed yet.
    if (code === 'authenticationFailed' || code === 'rateLimited') {
      memory.pending = addPending(memory.pending, conversationIds, Date.now());
      await condition(() => run.stopping() || !mayWork(memory), waitMs ?? '1 minute');
      return;
    }
    await handOver(run, batch, conversationIds, { code, httpStatus });
  } finally {
    memory.processing = [];
  }
}

/** What follows each import of a batch: hand over what failed, classify what changed. */
export async function classifyRead(run: IntegrationRun, batch: Batch, read: ImportResult): Promise<void> {
  const { scope } = run;
  if (read.failed.length > 0) await house.startConversationSyncs(scope, read.failed);
  if (read.changed.length > 0) await classifyStored(run, batch, read.changed);
}

/** Classifies conversations that are stored; what the day's money is not enough for waits (classify-waiting.ts). */
export async function classifyStored(run: IntegrationRun, batch: Batch, conversationIds: number[]): Promise<void> {
  const { left, waitMs } = await classifyNow(run, batch, conversationIds);
  if (left.length > 0) await letWait(run, { batch, conversationIds: left }, waitMs);
}

/** Classifies conversations that are stored. @returns what the day's money is not enough for, and when to look again */
export async function classifyNow(
  run: IntegrationRun,
  batch: Batch,
  conversationIds: number[],
): Promise<{ left: number[]; waitMs: number }> {
  try {
    return unfinished(await classifier.classifyConversations(run.scope, { ...batch, conversationIds }));
  } catch (error) {
    if (isCancellation(error)) throw error;
    await handOver(run, batch, conversationIds, failureCause(error));
    return { left: [], waitMs: 0 };
  }
}

/** Each conversation gets a workflow that keeps it retryable and visible. */
async function handOver(
  { scope }: IntegrationRun,
  batch: Batch,
  conversationIds: number[],
  { code, httpStatus }: Pick<FailureCause, 'code' | 'httpStatus'>,
): Promise<void> {
  const failed = conversationIds.map((conversationId) => ({
    conversationId,
    eventId: `${batch.batchId}/${conversationId}`,
    code,
    ...(httpStatus !== undefined && { httpStatus }),
  }));
  await house.openFailed(scope, { ...batch, failed });
  await house.startConversationSyncs(scope, failed);
}

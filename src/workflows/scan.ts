import type { Duration } from '@temporalio/common';
import {
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ScanProgress } from '../domain/integration.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { helpScoutForScans, house } from './activity-profiles.ts';
import {
  cancelScanSignal,
  integrationWorkflowId,
  limitScanSignal,
  pauseScanSignal,
  resumeScanSignal,
  type ScanInput,
  scanProgressedSignal,
  scanProgressQuery,
} from './contract.ts';
import { type FailureCause, failureCause } from './failure-code.ts';
import { createScanClassification } from './scan-classification.ts';
import { newScanMemory, type ScanMemory, waitingConversations } from './scan-memory.ts';
import { scanLine } from './status-lines.ts';

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;

/**
 * After trouble that outlasted the activity's own retries: until the limit has room. A refused token may be renewed the
 * next minute or take a person to reconnect, which nobody can tell here: each wait in a row is twice as long.
 */
const waitAfter = ({ code, waitMs }: FailureCause, waitsBefore: number) =>
  waitMs ?? (code === 'authenticationFailed' ? Math.min(MINUTE_MS * 2 ** waitsBefore, LONGEST_WAIT_MS) : MINUTE_MS);

/** How often the integration and Temporal Web hear of the progress; MongoDB has it after every read. */
const READS_BETWEEN_REPORTS = 20;
/** Of Help Scout's list, read in one activity: half the history of one at a time, and no more lost when it fails. */
const PAGES_AT_ONCE = 2;

/**
 * Reads every conversation of the window once, page by page, and classifies each page while the next one is read.
 * Trouble never ends a scan: it says why it waits, and goes on where it was.
 */
export async function scan(input: ScanInput): Promise<ScanProgress> {
  const { workflowId } = workflowInfo();
  const scope = { organizationId: input.organizationId, integrationId: input.integrationId };
  const batch = { batchId: workflowId, workflowId };
  const helpScout = helpScoutForScans(scope);
  const memory: ScanMemory = input.carried ?? newScanMemory(input.scanNumber);
  const { progress } = memory;
  let nudged = false;
  /** Whether to stop at the next safe point: cancelled, or the history is long enough. */
  const resting = () => memory.cancelled || workflowInfo().continueAsNewSuggested;

  const pause = () => {
    memory.paused = true;
  };
  const resume = () => {
    memory.paused = false;
    nudged = true;
  };
  const cancel = () => {
    memory.cancelled = true;
  };
  setHandler(pauseScanSignal, pause, { description: 'Stop after the page under way.' });
  setHandler(resumeScanSignal, resume, { description: 'Go on now.' });
  setHandler(cancelScanSignal, cancel, {
    description: 'End the scan; what is read stays.',
  });
  setHandler(limitScanSignal, ({ mailboxIds }) => {
    memory.mailboxIds = mailboxIds;
  });
  setHandler(scanProgressQuery, () => progress);

  const classification = createScanClassification({ scope, batch, memory, untilDone, resting, rest, tell });
  const classify = classification.classify;

  await tell('running', null);
  // One page is classified while the next one is read; what an earlier run left comes first.
  let classifying = classify([]);
  while (memory.cursor && !resting()) {
    await whilePaused();
    const { cursor } = memory;
    const read = await untilDone(() =>
      helpScout.importPage(scope, {
        ...batch,
        mailboxIds: memory.mailboxIds ?? input.mailboxIds,
        modifiedSince: input.modifiedSince,
        ...(input.modifiedUntil && { modifiedUntil: input.modifiedUntil }),
        cursor,
        pages: PAGES_AT_ONCE,
      }),
    );
    await classifying;
    if (!read) break;
    const page = read.value;
    progress.total = progress.imported + progress.unchanged + progress.failed + page.total;
    progress.imported += page.changed.length;
    progress.unchanged += page.unchanged;
    progress.failed += page.failed.length;
    if (page.failed.length > 0) await house.startConversationSyncs(scope, page.failed);
    classifying = classify(page.changed);
    memory.cursor = page.next;
    if (++memory.pagesRead % READS_BETWEEN_REPORTS === 0) await tell('running', null);
  }
  await classifying;
  await classification.finish();

  const unfinished = memory.cursor !== null || waitingConversations(memory).length > 0;
  if (unfinished && !memory.cancelled) await continueAsNew<typeof scan>({ ...input, carried: memory });
  await handOverUnclassified();
  await finish(memory.cancelled ? 'cancelled' : 'completed');
  return progress;

  /** Runs a step until it works. @returns null when the scan comes to rest before it did. */
  async function untilDone<T>(step: () => Promise<T>): Promise<{ value: T } | null> {
    let waited = false; // reading and classifying run side by side: the one that goes on must not speak for the other
    for (let waits = 0; !resting(); waits += 1) {
      try {
        const value = await step();
        if (waited) await tell('running', null);
        return { value };
      } catch (error) {
        if (isCancellation(error)) throw error;
        const cause = failureCause(error);
        waited = true;
        await tell('waiting', cause.code);
        await rest(waitAfter(cause, waits));
      }
    }
    return null;
  }

  /** Waits, unless somebody wants the scan to go on or to stop. */
  async function rest(time: Duration): Promise<void> {
    nudged = false;
    await condition(() => nudged || resting(), time);
  }

  /** Cancelled between reading and classifying: each such conversation gets a workflow that sees it to its end. */
  async function handOverUnclassified(): Promise<void> {
    const waiting = waitingConversations(memory);
    if (waiting.length === 0) return;
    const failed = waiting.map((conversationId) => ({
      conversationId,
      eventId: `${batch.batchId}/${conversationId}`,
      code: 'classifierUnavailable' as const,
    }));
    await house.startConversationSyncs(scope, failed);
  }

  async function whilePaused(): Promise<void> {
    if (!memory.paused) return;
    await classifying;
    await tell('paused', null);
    await condition(() => !memory.paused || memory.cancelled);
    if (!memory.cancelled) await tell('running', null);
  }

  async function finish(state: 'completed' | 'cancelled'): Promise<void> {
    progress.finishedAtMs ??= Date.now();
    await house.recordIntegrationEvent(scope, {
      eventId: workflowId,
      workflowId,
      type: 'scanCompleted',
      direction: 'inbound',
      details: `${state === 'cancelled' ? 'Cancelled: ' : ''}${scanLine(progress)}`,
    });
    await tell(state, null);
  }

  /** Shows a change of state to people (page, Temporal Web) and to the integration. */
  async function tell(state: ScanProgress['state'], waitingFor: SyncErrorCode | null): Promise<void> {
    Object.assign(progress, { state, waitingFor });
    setCurrentDetails(scanLine(progress));
    await house.saveScan(scope, progress);
    try {
      await getExternalWorkflowHandle(integrationWorkflowId(input.integrationId)).signal(
        scanProgressedSignal,
        progress,
      );
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.info('the integration has ended before its scan');
    }
  }
}

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
import { nextCursor } from '../domain/scan-cursor.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { classifier, helpScoutForScans, house } from './activity-profiles.ts';
import {
  cancelScanSignal,
  integrationWorkflowId,
  pauseScanSignal,
  resumeScanSignal,
  type ScanInput,
  scanProgressedSignal,
  scanProgressQuery,
} from './contract.ts';
import { failureCause } from './failure-code.ts';
import { newScanMemory, type ScanMemory } from './scan-memory.ts';
import { scanLine } from './status-lines.ts';

/** After trouble that outlasted the activity's own retries, by cause: reconnecting takes a person, the rest time. */
const waitAfter = (code: SyncErrorCode) => (code === 'authenticationFailed' ? '1 hour' : '1 minute');

/** How often the integration and Temporal Web hear of the progress; MongoDB has it after every page. */
const PAGES_BETWEEN_REPORTS = 20;

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
  setHandler(scanProgressQuery, () => progress);

  let classifying: Promise<void> = Promise.resolve();
  while (memory.cursor && !memory.cancelled && !workflowInfo().continueAsNewSuggested) {
    await whilePaused();
    if (memory.cancelled) break;
    const { cursor } = memory;
    const page = await untilDone(() =>
      helpScout.importPage(scope, {
        ...batch,
        mailboxIds: input.mailboxIds,
        modifiedSince: input.modifiedSince,
        page: cursor.page,
      }),
    );
    await classifying;
    if (!page) break;
    progress.total = page.total;
    progress.imported += page.changed.length;
    progress.unchanged += page.unchanged;
    progress.failed += page.failed.length;
    if (page.failed.length > 0) await house.startConversationSyncs(scope, page.failed);
    classifying = classify(page.changed);
    memory.cursor = nextCursor(cursor, page);
    if (cursor.page % PAGES_BETWEEN_REPORTS === 0) await tell('running', null);
  }
  await classifying;

  if (memory.cursor && !memory.cancelled) await continueAsNew<typeof scan>({ ...input, carried: memory });
  await finish(memory.cancelled ? 'cancelled' : 'completed');
  return progress;

  async function classify(conversationIds: number[]): Promise<void> {
    progress.classified += conversationIds.length;
    const shown = { ...progress };
    await untilDone(() => classifier.classifyConversations(scope, { ...batch, conversationIds, scan: shown }));
  }

  /** Runs a step until it works; undefined when the scan was cancelled meanwhile. */
  async function untilDone<T>(step: () => Promise<T>): Promise<T | undefined> {
    let waited = false; // reading and classifying run side by side: the one that goes on must not speak for the other
    while (!memory.cancelled) {
      try {
        const done = await step();
        if (waited) await tell('running', null);
        return done;
      } catch (error) {
        if (isCancellation(error)) throw error;
        const { code } = failureCause(error);
        waited = true;
        await tell('waiting', code);
        nudged = false;
        await condition(() => nudged || memory.cancelled, waitAfter(code));
      }
    }
    return undefined;
  }

  async function whilePaused(): Promise<void> {
    if (!memory.paused) return;
    await classifying;
    await tell('paused', null);
    await condition(() => !memory.paused || memory.cancelled);
    await tell('running', null);
  }

  async function finish(state: 'completed' | 'cancelled'): Promise<void> {
    progress.finishedAtMs = Date.now();
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
    await house.saveIntegration(scope, { scan: progress });
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

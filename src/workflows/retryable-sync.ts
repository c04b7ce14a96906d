import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../domain/sync-error-text.ts';
import { dismissSignal, type RetryOutcome, retryNowUpdate, retrySignal, SEARCH_ATTRIBUTES } from './contract.ts';
import { type FailureCause, failureCause } from './failure-code.ts';

/** Who made a try that nobody asked for. */
export const AUTOMATIC = 'automatic';
/** Temporal Web does not tell a workflow who sent a signal. */
const TEMPORAL_WEB = 'Temporal Web';
/** Of a row whose workflow was cancelled while it tried. */
const CANCELLED = 'Cancelled in Temporal';
/** How long a failed sync waits for a decision before its workflow fails with the same cause. */
const DECISION_TIME = '30 days';
/** Waits of a length that is known, one after another, before a person is asked: for the limit, two hours or so ... */
const MOST_LIMIT_WAITS = 120;
/** ... and for what was sent and cannot be seen yet. */
const MOST_OTHER_WAITS = 5;
/** ... and for another day's money: a backlog may need some. */
const MOST_CAP_WAITS = 60;
const DEFAULT_WAIT_MS = 60_000;

/** One try: who asked for it, and what names it among the row's attempts. */
export interface SyncTry {
  /** `automatic`, `Temporal Web`, or the address of the person who asked. */
  by: string;
  attemptKey: string;
}

export interface SyncEnd {
  status: 'success' | 'skipped';
  details: string;
  /** Of `skipped`: why. A person may think otherwise, so it can be retried for as long as a failure could be. */
  heldBack?: SyncErrorCode;
}

/** What the row has to show. */
export interface SyncOutcome {
  /** `retrying` while it waits for the account's limit and the like, `failed` while it waits for a person. */
  status: 'success' | 'failed' | 'skipped' | 'retrying';
  details: string;
  /** The try that ended so. Absent when none did, or when the activity that failed has noted its tries itself. */
  tried?: SyncTry;
  /** Of `failed` and `retrying`. */
  failure?: FailureCause;
  /** Of `skipped`, when a person may still have it done. */
  heldBack?: SyncErrorCode;
  /** Of one that a person gave up: who. */
  dismissedBy?: string;
}

export interface RetryableSync {
  /** Who asked for the first try; absent: nobody did. */
  askedBy?: string | undefined;
  /** One try; throws when it failed. Each step of it has to be safe to repeat, also by a reset of the workflow. */
  attempt(by: SyncTry): Promise<SyncEnd>;
  /** Writes the outcome to the row. Called again with the same outcome it changes nothing. */
  settle(outcome: SyncOutcome): Promise<unknown>;
  /** Why nobody needs to decide any more, while a failed sync waits: it then ends as skipped with this as its details. */
  superseded?(): string | undefined;
}

/**
 * Tries until it works: by itself as long as activities do, then whenever somebody asks (signal `retry` as Temporal Web
 * and its batches send it, update `retryNow` behind the page's button), until it is dismissed or 30 days are over.
 * Registers the handlers of these messages. @returns how it ended; @throws ApplicationFailure of the last cause when
 * nobody decided.
 */
export async function retryableSync({
  askedBy = AUTOMATIC,
  attempt,
  settle,
  superseded,
}: RetryableSync): Promise<'success' | 'skipped'> {
  let tries = 0;
  /** Between its beginning and its outcome a try cannot be asked for again ... */
  let trying = true;
  /** ... and this is so until the row shows the outcome. */
  let settling = false;
  let over = false;
  let waits = 0;
  let lastOutcome: RetryOutcome | undefined;
  let requestedBy: string | undefined;
  let dismissal: { reason: string; by: string } | undefined;

  const busy = () => over || trying || requestedBy !== undefined;
  setHandler(
    retrySignal,
    (by?: string) => {
      if (!busy()) requestedBy = by || TEMPORAL_WEB;
    },
    { description: 'Try again now. Needs no input.' },
  );
  setHandler(
    dismissSignal,
    (reason, by) => {
      dismissal ??= { reason: reason || 'without a reason', by: by || TEMPORAL_WEB };
    },
    { description: 'Give up on this; input: the reason.' },
  );
  setHandler(
    retryNowUpdate,
    async ({ by }) => {
      const before = tries;
      requestedBy = by;
      await condition(() => over || (tries > before && !trying && !settling));
      return lastOutcome ?? { status: 'failed', code: 'internalError' };
    },
    {
      description: 'Try again now and answer with the outcome; input: {"by": "your address"}.',
      validator: (_person) => {
        if (busy()) throw ApplicationFailure.nonRetryable('a try is running already', 'retryRunning');
      },
    },
  );

  try {
    return await untilItWorks();
  } catch (error) {
    // Temporal Web's own button: the row must not say for ever that something goes on. What waits for a person still does.
    if (isCancellation(error) && (trying || settling || waits > 0)) {
      const failure = { code: 'internalError' as const, message: CANCELLED };
      await CancellationScope.nonCancellable(() => settle({ status: 'failed', details: CANCELLED, failure }));
    }
    throw error;
  }

  async function untilItWorks(): Promise<SyncEnd['status']> {
    for (let by = askedBy; ; by = requestedBy ?? by) {
      trying = true;
      requestedBy = undefined;
      tries += 1;
      const current = { by, attemptKey: `${workflowInfo().runId}/${tries}` };
      let end: SyncEnd;
      try {
        if (tries > 1) showStatus('retrying');
        end = await attempt(current);
      } catch (error) {
        if (isCancellation(error)) throw error;
        const failure = failureCause(error);
        const most = mostWaits(failure);
        waits = waits < most ? waits + 1 : 0;
        await (waits > 0 ? waitAWhile(failure) : waitForDecision(current, failure));
        if (dismissal) return giveUp(dismissal);
        const reason = requestedBy === undefined ? superseded?.() : undefined;
        if (reason) return finish({ status: 'skipped', details: reason });
        if (waits === 0 && requestedBy === undefined) {
          throw ApplicationFailure.nonRetryable(failure.message, failure.code);
        }
        continue;
      }
      if (!end.heldBack) return finish(end, { ...end, tried: current });
      await waitForSecondThought(end, current);
      if (dismissal) return giveUp(dismissal);
      if (requestedBy === undefined) return end.status;
    }
  }

  /** Not a failure: the row says why it takes longer, and whoever asks may have it tried at once. */
  async function waitAWhile(failure: FailureCause): Promise<void> {
    lastOutcome = { status: 'failed', code: failure.code };
    // Whoever reads the row may ask at once, before this workflow hears that it was written.
    trying = false;
    if (waits === 1) {
      settling = true;
      const { message } = SYNC_ERROR_TEXT[failure.code];
      setCurrentDetails(`**Waiting:** ${message} The next try comes by itself.`);
      await settle({ status: 'retrying', details: 'Waiting; the next try comes by itself', failure });
      settling = false;
    }
    const decided = () => requestedBy !== undefined || dismissal !== undefined;
    await condition(decided, failure.waitMs ?? DEFAULT_WAIT_MS);
  }

  /** Skipped, and that is how it stays unless a person wants it otherwise. */
  async function waitForSecondThought(end: SyncEnd, tried: SyncTry): Promise<void> {
    lastOutcome = { status: end.status };
    trying = false;
    settling = true;
    await settle({ ...end, tried });
    settling = false;
    showStatus(end.status);
    setCurrentDetails(`Skipped: ${end.details}\n\nSend the signal \`retry\` to have it done all the same.`);
    await condition(() => requestedBy !== undefined || dismissal !== undefined, DECISION_TIME);
  }

  async function waitForDecision(current: SyncTry, failure: FailureCause): Promise<void> {
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
    trying = false;
    settling = true;
    const tried = failure.noted ? {} : { tried: current };
    await settle({ status: 'failed', details: failure.message, failure, ...tried });
    settling = false;
    await condition(
      () => requestedBy !== undefined || dismissal !== undefined || superseded?.() !== undefined,
      DECISION_TIME,
    );
  }

  function giveUp({ reason, by }: { reason: string; by: string }): Promise<SyncEnd['status']> {
    const details = `Dismissed: ${reason}`;
    const tried = { by, attemptKey: `${workflowInfo().runId}/dismissed` };
    return finish({ status: 'skipped', details }, { status: 'skipped', details, tried, dismissedBy: by });
  }

  async function finish(end: SyncEnd, outcome: SyncOutcome = end): Promise<SyncEnd['status']> {
    await settle(outcome);
    showStatus(end.status);
    setCurrentDetails(end.status === 'success' ? 'Done.' : `Skipped: ${end.details}`);
    lastOutcome = { status: end.status };
    over = true;
    await condition(allHandlersFinished);
    return end.status;
  }
}

function mostWaits({ code, waitMs }: FailureCause): number {
  if (code === 'rateLimited') return MOST_LIMIT_WAITS;
  if (code === 'costCapReached') return MOST_CAP_WAITS;
  return waitMs ? MOST_OTHER_WAITS : 0;
}

function showStatus(value: string): void {
  upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.syncStatus, value }]);
}

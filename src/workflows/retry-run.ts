import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { isOver, type RetryRunState } from '../domain/retry-run.ts';
import { helpScoutForRetryRuns, house, retrier } from './activity-profiles.ts';
import {
  approveRetryRunUpdate,
  cancelRetryRunUpdate,
  type RetryRunInput,
  type RetryRunMemory,
  retryRunStateQuery,
} from './contract.ts';

/** Rows looked up by one activity: a page that fills in, and a history that stays short. */
const PREVIEWED_AT_ONCE = 10;
/** Retries that wait for their outcome at the same time: a slow Help Scout makes a run slower, not wider. */
const MOST_AT_ONCE = 10;
/** A run that nobody decides about stops by itself; its rows are as they were. */
const DECISION_TIME = '7 days';

const newMemory = ({ review, canary }: RetryRunInput): RetryRunMemory => ({
  // A program that starts a run has decided: nobody would look at the preview.
  state: review ? 'preview' : canary ? 'canary' : 'running',
  previewed: 0,
  next: 0,
  approved: false,
  cancelled: false,
  decidedBy: null,
});

/**
 * Retries several rows together: looks up what each would send and waits for a go, tries one, and when that worked the
 * others at a chosen rate. Each row is asked by its own workflow's update, as by the page's button, so that whatever
 * else happens to it meanwhile is respected. Stopping leaves the rows that were not asked as they were.
 */
export async function retryRun(input: RetryRunInput): Promise<RetryRunState> {
  const memory = input.carried ?? newMemory(input);
  const { organizationId, retryRunId, total } = input;
  let underWay = 0;
  const waiting = () => memory.state === 'preview' || memory.state === 'review' || memory.state === 'canaryFailed';
  const decide = (by: string | undefined) => {
    memory.decidedBy = by || 'Temporal Web';
  };

  setHandler(
    approveRetryRunUpdate,
    (person) => {
      decide(person?.by);
      memory.approved = true;
      return memory.state;
    },
    {
      description: 'Go on, after the preview or although the first one failed; input: {"by": "your address"}.',
      validator: (_person) => {
        if (memory.cancelled || memory.approved || !waiting())
          throw ApplicationFailure.nonRetryable('nothing waits for a go', 'notPossibleNow');
      },
    },
  );
  setHandler(
    cancelRetryRunUpdate,
    (person) => {
      decide(person?.by);
      memory.cancelled = true;
      return memory.state;
    },
    {
      description: 'Stop; what is under way ends by itself. Input: {"by": "your address"}.',
      validator: (_person) => {
        if (memory.cancelled || isOver(memory.state))
          throw ApplicationFailure.nonRetryable('the run has ended', 'notPossibleNow');
      },
    },
  );
  setHandler(retryRunStateQuery, () => memory);

  try {
    await show();
    while (!isOver(memory.state)) {
      if (isHistoryLong(input)) {
        await condition(() => underWay === 0 && allHandlersFinished());
        await continueAsNew<typeof retryRun>({ ...input, carried: memory });
      }
      await step();
    }
  } catch (error) {
    // Temporal Web's own button: the page must not show a run that goes on for ever.
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => note('cancelled'));
    throw error;
  }
  await condition(allHandlersFinished);
  return memory.state;

  /** One step of the story; a long run is continued as new between two. */
  function step(): Promise<void> {
    if (memory.cancelled) return end('cancelled');
    switch (memory.state) {
      case 'preview':
        return lookUpSome();
      case 'review':
        return waitForGo(input.canary ? 'canary' : 'running');
      case 'canary':
        return tryOne();
      case 'canaryFailed':
        return waitForGo('running');
      default:
        return tryNext();
    }
  }

  async function lookUpSome(): Promise<void> {
    const rows = { retryRunId, from: memory.previewed, count: PREVIEWED_AT_ONCE };
    await helpScoutForRetryRuns(organizationId).previewRetries({ organizationId, ...rows });
    memory.previewed = Math.min(total, memory.previewed + PREVIEWED_AT_ONCE);
    // Whoever gives the go early has seen enough.
    if (memory.previewed >= total || memory.approved) await enter('review');
    else await save();
  }

  async function waitForGo(next: RetryRunState): Promise<void> {
    const decided = await condition(() => memory.approved || memory.cancelled, DECISION_TIME);
    if (memory.cancelled) return;
    if (!decided) {
      memory.cancelled = true;
      return;
    }
    memory.approved = false;
    await enter(next);
  }

  /** The first one that can be tried tells for the others; those that were dealt with meanwhile tell nothing. */
  async function tryOne(): Promise<void> {
    if (memory.next >= total) return end('finished');
    const outcome = await retryOne(memory.next);
    memory.next += 1;
    if (outcome === 'failed') await enter('canaryFailed');
    else if (outcome === 'success' || outcome === 'skipped' || outcome === 'restarted') await enter('running');
  }

  async function tryNext(): Promise<void> {
    if (memory.next >= total) return end('finished');
    await condition(() => underWay < MOST_AT_ONCE || memory.cancelled);
    if (memory.cancelled) return;
    const index = memory.next;
    memory.next += 1;
    underWay += 1;
    void retryOne(index)
      .catch(() => undefined) // only when the whole workflow is cancelled
      .finally(() => {
        underWay -= 1;
      });
    if (memory.next < total) await condition(() => memory.cancelled, 60_000 / input.perMinute);
  }

  /** A row that cannot even be asked is a result of that row, and no reason to stop the others. */
  async function retryOne(index: number): Promise<string> {
    try {
      return await retrier.retryRow({ organizationId, retryRunId, index, by: input.by });
    } catch (error) {
      if (isCancellation(error)) throw error;
      await house.giveUpRetry({ organizationId, retryRunId, index });
      return 'failed';
    }
  }

  async function end(state: 'finished' | 'cancelled'): Promise<void> {
    await condition(() => underWay === 0);
    await note(state);
  }

  async function note(state: 'finished' | 'cancelled'): Promise<void> {
    memory.state = state;
    await house.endRetryRun({ organizationId, retryRunId, state, decidedBy: memory.decidedBy });
    showDetails();
  }

  async function enter(state: RetryRunState): Promise<void> {
    memory.state = state;
    await show();
  }

  async function show(): Promise<void> {
    showDetails();
    await save();
  }

  function showDetails(): void {
    setCurrentDetails(`${STATE_LINES[memory.state]} ${memory.next} of ${total} asked to try again.`);
  }

  async function save(): Promise<void> {
    const { state, previewed, decidedBy } = memory;
    await house.saveRetryRun({ organizationId, retryRunId, state, previewed, decidedBy });
  }
}

const STATE_LINES: Record<RetryRunState, string> = {
  preview: 'Looks up what each row would send. The update `approve` goes on at once, `cancel` stops.',
  review: '**Waits for a go:** update `approve`, or `cancel`.',
  canary: 'Tries one before the others.',
  canaryFailed: '**The first one failed.** Update `approve` goes on anyway, `cancel` stops.',
  running: 'Retries the rows.',
  finished: 'Done.',
  cancelled: 'Stopped.',
};

const isHistoryLong = ({ maxHistoryEvents }: RetryRunInput) => {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength >= (maxHistoryEvents ?? Number.POSITIVE_INFINITY);
};

import { getClient } from '@temporalio/activity';
import {
  ApplicationFailure,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { RetryItem, RetryItemOutcome, RetryRun } from '../domain/retry-run.ts';
import { awaitsDecision, type SyncEvent } from '../domain/sync-event.ts';
import { retryNowUpdate } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { createRestart } from './restart-sync.ts';
import { createRetryPreview } from './retry-preview.ts';

/** A try that takes longer goes on; its row shows how it ends. */
const PATIENCE_MS = 3 * 60_000;

interface RunId {
  organizationId: string;
  retryRunId: string;
}
type Result = Pick<RetryItem, 'outcome' | 'code'> & { outcome: RetryItemOutcome };
const only = (outcome: RetryItemOutcome): Result => ({ outcome, code: null });

/** Retrying several rows: what is looked up before, each row's turn, and what the page shows of it. */
export function createRetryRunActivities(deps: ActivityDeps, connections: Connections) {
  const { storage, now } = deps;
  const preview = createRetryPreview(deps, connections);
  const restart = createRestart(deps);

  async function tryAgain(run: RunId, item: RetryItem, by: string): Promise<Result> {
    const { organizationId, retryRunId } = run;
    const row = await storage.syncEvents.get(organizationId, item.eventId);
    if (!row) return only('gone');
    if (!awaitsDecision(row)) return meanwhile(row, item, by);
    await storage.retryRuns.markTried(organizationId, retryRunId, item.index, now());
    const client = getClient();
    try {
      const outcome = await client.withDeadline(Date.now() + PATIENCE_MS, () =>
        client.workflow.getHandle(row.workflowId).executeUpdate(retryNowUpdate, {
          args: [{ by }],
          // An activity that is repeated meets the try that it asked for, instead of asking for another.
          updateId: `${retryRunId}/${item.index}`,
        }),
      );
      return { outcome: outcome.status, code: outcome.status === 'failed' ? outcome.code : null };
    } catch (error) {
      if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return only('running');
      const ended = error instanceof WorkflowNotFoundError;
      if (!ended && !(error instanceof WorkflowUpdateFailedError)) throw error;
      if (!ended && isRunning(error)) return only('running');
      // It may have been dealt with while we asked.
      const after = await storage.syncEvents.get(organizationId, item.eventId);
      if (after && !awaitsDecision(after)) return meanwhile(after, item, by);
      return ended && (await restart(row, by)) ? only('restarted') : only('gone');
    }
  }

  return {
    /** Looks up what some rows of a run would send, those apart that were looked up before. */
    async previewRetries({ organizationId, retryRunId, ...range }: RunId & { from: number; count: number }) {
      for (const item of await storage.retryRuns.items(organizationId, retryRunId, range)) {
        if (item.preview) continue;
        const row = await storage.syncEvents.get(organizationId, item.eventId);
        if (row) await storage.retryRuns.savePreview(organizationId, retryRunId, item.index, await preview(row));
      }
    },

    /** Has one row tried again by its own workflow. @returns what became of it; storage has it too */
    async retryRow({ index, by, ...run }: RunId & { index: number; by: string }): Promise<RetryItemOutcome> {
      const { organizationId, retryRunId } = run;
      const [item] = await storage.retryRuns.items(organizationId, retryRunId, { from: index, count: 1 });
      if (!item) return 'gone';
      if (item.outcome) return item.outcome;
      const result = await tryAgain(run, item, by);
      await storage.retryRuns.saveOutcome(organizationId, retryRunId, index, result);
      return result.outcome;
    },

    /** A row that could not even be asked. */
    async giveUpRetry({ organizationId, retryRunId, index }: RunId & { index: number }): Promise<void> {
      await storage.retryRuns.saveOutcome(organizationId, retryRunId, index, {
        outcome: 'failed',
        code: 'internalError',
      });
    },

    async saveRetryRun({
      organizationId,
      retryRunId,
      ...patch
    }: RunId & Pick<RetryRun, 'state' | 'previewed' | 'decidedBy'>): Promise<void> {
      await storage.retryRuns.update(organizationId, retryRunId, patch);
    },

    /** Rows that had no turn are left as they were, and say so. */
    async endRetryRun({
      organizationId,
      retryRunId,
      ...end
    }: RunId & Pick<RetryRun, 'state' | 'decidedBy'>): Promise<void> {
      await storage.retryRuns.leaveRest(organizationId, retryRunId);
      await storage.retryRuns.update(organizationId, retryRunId, { ...end, endedAt: now() });
    },
  };
}

/** A row that waits no longer: our own try ended it (and its answer was lost), or somebody else did. */
function meanwhile({ status, attempts }: SyncEvent, { triedAt }: RetryItem, by: string): Result {
  if (status === 'pending' || status === 'retrying') return only('running');
  const last = attempts.at(-1);
  const ours = triedAt !== null && last !== undefined && last.by === by && last.at >= triedAt;
  return only(ours && status !== 'failed' ? status : 'settled');
}

const isRunning = ({ cause }: WorkflowUpdateFailedError) =>
  cause instanceof ApplicationFailure && cause.type === 'retryRunning';

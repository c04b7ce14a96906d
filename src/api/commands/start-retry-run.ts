import { randomUUID } from 'node:crypto';
import { MOST_PER_MINUTE } from '../../domain/retry-run.ts';
import type { SyncErrorCode } from '../../domain/sync-error.ts';
import { awaitsDecision, type SyncEvent, type SyncEventType } from '../../domain/sync-event.ts';
import {
  RETRY_RUN_WORKFLOW,
  type RetryRunInput,
  retryRunWorkflowId,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
} from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { within } from '../temporal/deadline.ts';

const START_MS = 5_000;
/** Of one run; what is left can be chosen again when it has ended. */
const MOST_ROWS = 10_000;
const WRITTEN_AT_ONCE = 500;

type RunDeps = Pick<Deps, 'storage' | 'temporal' | 'now'>;

export interface RetryRunWish {
  organizationId: string;
  /** A member's address, or what names an API key: every retry of the run names it. */
  by: string;
  /** Rows of a cause, of a type, or of both; or single ones by their ids. Nothing given: everything that failed. */
  selection: {
    code?: SyncErrorCode | undefined;
    type?: SyncEventType | undefined;
    eventIds?: readonly string[] | undefined;
  };
  /** One is tried first; when it fails, the run waits for a person. */
  canary: boolean;
  /** At most so many rows a minute; from 1 to MOST_PER_MINUTE. */
  perMinute: number;
  /** Looks up what would be sent and waits for a go before anything is. Without it the run begins at once. */
  review?: boolean;
}

/**
 * Retries several rows together, by a workflow of its own (workflows/retry-run.ts).
 * @returns null when none of the chosen rows waits for a decision
 * @throws RequestProblem 503 when Temporal does not answer; nothing is left of the run then
 */
export async function startRetryRun(
  deps: RunDeps,
  { organizationId, by, selection, canary, perMinute, review = false }: RetryRunWish,
): Promise<{ retryRunId: string; total: number } | null> {
  const { storage, temporal, now } = deps;
  const retryRunId = randomUUID();
  const rate = Math.min(MOST_PER_MINUTE, Math.max(1, Math.trunc(perMinute)));
  let total = 0;
  for await (const rows of inChunks(chosenRows(deps, organizationId, selection))) {
    await storage.retryRuns.addItems(organizationId, retryRunId, total, rows);
    total += rows.length;
  }
  if (total === 0) return null;
  await storage.retryRuns.create({
    retryRunId,
    organizationId,
    by,
    selection: {
      code: selection.code ?? null,
      type: selection.type ?? null,
      rows: selection.eventIds !== undefined,
    },
    canary,
    perMinute: rate,
    total,
    state: review ? 'preview' : canary ? 'canary' : 'running',
    previewed: 0,
    decidedBy: null,
    createdAt: now(),
    endedAt: null,
  });
  const input: RetryRunInput = { organizationId, retryRunId, by, total, review, canary, perMinute: rate };
  try {
    await within(temporal, START_MS, () =>
      temporal.workflow.start(RETRY_RUN_WORKFLOW, {
        workflowId: retryRunWorkflowId(organizationId, retryRunId),
        taskQueue: TASK_QUEUE,
        args: [input],
        staticSummary: `Retry of ${total} ${total === 1 ? 'row' : 'rows'}`,
        typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.organizationId, value: organizationId }],
      }),
    );
  } catch (error) {
    await storage.retryRuns.remove(organizationId, retryRunId);
    throw error;
  }
  const target =
    [selection.code, selection.type].filter(Boolean).join(' ') || (selection.eventIds ? 'chosen rows' : 'all');
  await storage.auditTrail.record(organizationId, {
    at: now(),
    by,
    action: 'started a retry run',
    target: retryRunId,
    details: `${total} rows (${target}), ${rate} a minute${canary ? ', one first' : ''}`,
  });
  return { retryRunId, total };
}

/** What waits for a decision among the chosen rows, newest first, up to the most that one run takes. */
async function* chosenRows(
  { storage }: RunDeps,
  organizationId: string,
  { code, type, eventIds }: RetryRunWish['selection'],
): AsyncGenerator<SyncEvent> {
  let left = MOST_ROWS;
  if (eventIds) {
    for (const eventId of new Set(eventIds)) {
      const row = await storage.syncEvents.get(organizationId, eventId);
      if (row && awaitsDecision(row) && left-- > 0) yield row;
    }
    return;
  }
  const filter = { statuses: ['failed'] as const, ...(type && { types: [type] }), ...(code && { errorCode: code }) };
  for await (const row of storage.syncEvents.stream(organizationId, filter)) {
    if (!awaitsDecision(row)) continue;
    if (left-- === 0) return;
    yield row;
  }
}

async function* inChunks(rows: AsyncIterable<SyncEvent>): AsyncGenerator<SyncEvent[]> {
  let chunk: SyncEvent[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < WRITTEN_AT_ONCE) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

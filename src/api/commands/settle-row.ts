import { setTimeout } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { canBeRetried, isHeldTicket } from '../../domain/retryable-row.ts';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import type { SyncEvent } from '../../domain/sync-event.ts';
import type { Flash } from '../../ui/props.ts';
import { dismissSignal, type RetryOutcome, retryNowUpdate } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { ask, refusalText } from '../temporal/ask.ts';
import { within } from '../temporal/deadline.ts';
import { sendHeldSubmission } from './send-held-submission.ts';

const SIGNAL_MS = 5_000;
/** A retry against a Help Scout that is down goes on for a minute: nobody should look at a blank page that long. */
const PATIENCE_MS = 8_000;
/** A dismissed row is settled by its workflow: the page waits so long for it, looking so often. */
const SETTLING_MS = 2_000;
const LOOK_MS = 50;
const RUNNING = 'A try is running already. Wait for its outcome: the row shows it.';

export type CommandDeps = Pick<Deps, 'storage' | 'temporal' | 'now' | 'keyRing'>;

export type RowAnswer =
  /** No such row of the organization. */
  | { kind: 'unknown' }
  /** It does not wait for a decision any more. */
  | { kind: 'notWaiting' }
  /** A try runs already, or something else keeps it from being asked now: said in words. */
  | { kind: 'refused'; text: string }
  /** The row waits, and the workflow that would do it has ended or is gone: it can be started anew. */
  | { kind: 'orphaned' }
  | { kind: 'underWay' }
  /** A ticket that was held back is sent now, as a row of its own. */
  | { kind: 'sent'; eventId: string }
  | { kind: 'tried'; outcome: RetryOutcome }
  | { kind: 'dismissed' };

async function waitingRow({ storage }: CommandDeps, organizationId: string, eventId: string) {
  const row = await storage.syncEvents.get(organizationId, eventId);
  if (!row) return { kind: 'unknown' } as const;
  if (row.status === 'pending' || row.status === 'retrying') return { kind: 'refused', text: RUNNING } as const;
  const submission = row.submissionId ? await storage.submissions.get(organizationId, row.submissionId) : null;
  if (!canBeRetried(row, submission)) return { kind: 'notWaiting' } as const;
  return { kind: 'waiting', row, held: isHeldTicket(row, submission) } as const;
}

/** The row of a ticket that was held back stays as it is: sending it anyway is another row's business. */
async function sendAnyway(deps: CommandDeps, row: SyncEvent, by: string): Promise<RowAnswer> {
  const { organizationId, submissionId } = row;
  const sent = submissionId === null ? null : await sendHeldSubmission(deps, organizationId, submissionId, by);
  if (!sent) return { kind: 'notWaiting' };
  await audit(deps, row, by, 'sent a held ticket', sent.eventId);
  return { kind: 'sent', eventId: sent.eventId };
}

/**
 * Tries a failed sync again, or sends a ticket that was held back; every retry is in the audit trail.
 * @throws RequestProblem 503 when Temporal does not answer
 */
export async function retryRow(
  deps: CommandDeps,
  organizationId: string,
  eventId: string,
  by: string,
): Promise<RowAnswer> {
  const found = await waitingRow(deps, organizationId, eventId);
  if (found.kind !== 'waiting') return found;
  const { row } = found;
  if (found.held) return sendAnyway(deps, row, by);
  const answer = await Promise.race([
    ask(deps.temporal, row.workflowId, (workflow) => workflow.executeUpdate(retryNowUpdate, { args: [{ by }] })),
    setTimeout(PATIENCE_MS, null, { ref: false }),
  ]);
  if (answer && !answer.granted) {
    return answer.ended ? { kind: 'orphaned' } : { kind: 'refused', text: refusalText(answer) };
  }
  await audit(deps, row, by, 'retried', answer ? words(answer.value) : 'under way');
  return answer ? { kind: 'tried', outcome: answer.value } : { kind: 'underWay' };
}

/**
 * Gives a failed sync up, or agrees that a ticket was held back; the row becomes skipped, with the reason.
 * @throws RequestProblem 503 when Temporal does not answer
 */
export async function dismissRow(
  deps: CommandDeps,
  organizationId: string,
  eventId: string,
  by: string,
  reason: string,
): Promise<RowAnswer> {
  const found = await waitingRow(deps, organizationId, eventId);
  if (found.kind !== 'waiting') return found;
  const { row } = found;
  const handle = deps.temporal.workflow.getHandle(row.workflowId);
  try {
    await within(deps.temporal, SIGNAL_MS, () => handle.signal(dismissSignal, reason, by));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'orphaned' };
    throw error;
  }
  await audit(deps, row, by, 'dismissed', reason);
  await settled(deps, row);
  return { kind: 'dismissed' };
}

/** Resolves once the row is another than it was, so that the next page shows it; without that too, after a while. */
async function settled({ storage }: CommandDeps, { organizationId, eventId, revision }: SyncEvent): Promise<void> {
  for (let waited = 0; waited < SETTLING_MS; waited += LOOK_MS) {
    const row = await storage.syncEvents.get(organizationId, eventId);
    if (row?.revision !== revision) return;
    await setTimeout(LOOK_MS);
  }
}

const audit = ({ storage, now }: CommandDeps, row: SyncEvent, by: string, action: string, details: string) =>
  storage.auditTrail.record(row.organizationId, { at: now(), by, action, target: row.eventId, details });

const words = (outcome: RetryOutcome) => (outcome.status === 'failed' ? `failed: ${outcome.code}` : outcome.status);

/** What a person reads after asking for something to be done with a row; null for a row that nobody has. */
export function rowNotice(answer: RowAnswer): Flash | null {
  switch (answer.kind) {
    case 'unknown':
      return null;
    case 'notWaiting':
      return { kind: 'error', text: 'This row does not wait for a decision any more.' };
    case 'refused':
      return { kind: 'error', text: answer.text };
    case 'orphaned':
      return { kind: 'error', text: 'The workflow of this row has ended. It can be started anew from here.' };
    case 'underWay':
      return { kind: 'info', text: 'The retry is under way. The row shows how it ends.' };
    case 'sent':
      return { kind: 'success', text: 'The ticket is sent now. A row of its own shows how that ends.' };
    case 'dismissed':
      return { kind: 'success', text: 'Dismissed.' };
    case 'tried':
      return triedNotice(answer.outcome);
  }
}

function triedNotice(outcome: RetryOutcome): Flash {
  if (outcome.status === 'failed') {
    const { message, remedy } = SYNC_ERROR_TEXT[outcome.code];
    return { kind: 'error', text: `The retry failed. ${message} ${remedy}` };
  }
  return outcome.status === 'success'
    ? { kind: 'success', text: 'The retry worked.' }
    : { kind: 'info', text: 'There was nothing left to do.' };
}

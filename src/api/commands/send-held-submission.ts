import { ticketRow } from '../../domain/ticket-row.ts';
import {
  retrySignal,
  sentRowId,
  TICKET_SYNC_WORKFLOW,
  ticketSyncStart,
  ticketWorkflowId,
} from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { within } from '../temporal/deadline.ts';

const SIGNAL_MS = 5_000;

/**
 * Has a submission sent that was held back as a suspected duplicate. What was held back stays in the log as it was; the
 * sending gets a row of its own.
 * @returns that row's id, or null when the submission is not held (any more)
 * @throws RequestProblem 503 when Temporal does not answer: it stays held.
 */
export async function sendHeldSubmission(
  { storage, temporal, keyRing, now }: Pick<Deps, 'storage' | 'temporal' | 'keyRing' | 'now'>,
  organizationId: string,
  submissionId: string,
  by: string,
): Promise<{ eventId: string } | null> {
  const submission = await storage.submissions.get(organizationId, submissionId);
  if (submission?.state !== 'held') return null;
  const workflowId = ticketWorkflowId(organizationId, submissionId);
  const { integrationId, customerEmail } = submission;
  // The one that holds it back hears the signal; had it ended, the new one is told by its input.
  const again = { askedBy: by, sendsHeld: true };
  const input = { organizationId, integrationId, submissionId, eventId: workflowId, ...again };
  const start = ticketSyncStart(input, keyRing.emailHash(customerEmail));
  await within(temporal, SIGNAL_MS, () =>
    temporal.workflow.signalWithStart(TICKET_SYNC_WORKFLOW, { ...start, signal: retrySignal, signalArgs: [by] }),
  );
  const eventId = sentRowId(workflowId);
  const row = { ...ticketRow(submission, workflowId), eventId, createdAt: now() };
  await storage.syncEvents.open(organizationId, [{ ...row, details: 'Held back before' }]);
  return { eventId };
}

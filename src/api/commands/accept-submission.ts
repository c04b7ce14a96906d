import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Submission } from '../../domain/submission.ts';
import { submissionProblem } from '../../domain/submission-problem.ts';
import { ticketRow } from '../../domain/ticket-row.ts';
import { TICKET_SYNC_WORKFLOW, ticketSyncStart, ticketWorkflowId } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';

/** Who submits waits for this; what could not be started by then, the sweep starts. */
const START_MS = 3_000;

/**
 * Takes a submission for good: in the ledger, with its row in the log, before this resolves. Its workflow is started
 * too, unless Temporal cannot be reached: then a minute later. One that lacks something is taken as well; its row fails
 * and waits for a person. Of a repeated idempotency key the first submission is answered. The fingerprint is made here.
 * @throws what the database throws: then nothing was accepted.
 */
export async function acceptSubmission(
  { storage, temporal, keyRing, logger, now }: Pick<Deps, 'storage' | 'temporal' | 'keyRing' | 'logger' | 'now'>,
  given: Submission,
  idempotencyKey: string | null,
): Promise<{ submissionId: string; repeated: boolean }> {
  const { organizationId } = given;
  const checked = { ...given, problem: given.problem ?? submissionProblem(given) };
  const { submission, repeated } = await storage.submissions.accept(organizationId, checked, idempotencyKey);
  const { submissionId, integrationId, state, customerEmail } = submission;
  const eventId = ticketWorkflowId(organizationId, submissionId);
  // Also for one that was repeated: whoever took the first may have been stopped right after it.
  await storage.syncEvents.open(organizationId, [ticketRow(submission, eventId)]);

  // What fell into a form's trap as well: its workflow settles the row, so that a history has it.
  if (state === 'accepted' || (state === 'spam' && !repeated)) {
    const hash = keyRing.emailHash(customerEmail);
    const start = ticketSyncStart({ organizationId, integrationId, submissionId, eventId }, hash);
    try {
      await temporal.withDeadline(Date.now() + START_MS, () =>
        temporal.workflow.start(TICKET_SYNC_WORKFLOW, { ...start, workflowIdReusePolicy: 'REJECT_DUPLICATE' }),
      );
      await storage.submissions.markStarted(organizationId, submissionId, now());
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) {
        logger.warn(
          { submissionId, reason: error instanceof Error ? error.name : 'unknown' },
          'the sweep will start it',
        );
      }
    }
  }
  return { submissionId, repeated };
}

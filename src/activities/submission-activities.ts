import { getClient, heartbeat } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { ticketRow } from '../domain/ticket-row.ts';
import { TICKET_SYNC_WORKFLOW, ticketSyncStart, ticketWorkflowId } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';

/** Whoever accepts a submission starts its workflow too, within seconds. */
const OVERDUE_MS = 20_000;
/** A workflow that was started and has not begun by then may have been lost with its server. */
const LOST_MS = 10 * 60_000;
/** What is left over is the next sweep's. */
const MOST_AT_ONCE = 500;

/** Nothing accepted is forgotten. */
export function createSubmissionActivities({
  storage,
  keyRing,
  now,
}: Pick<ActivityDeps, 'storage' | 'keyRing' | 'now'>) {
  return {
    /** Starts what is accepted and not started, of all organizations. Safe to repeat: ids are the submissions'. */
    async startAcceptedSubmissions(): Promise<{ started: number }> {
      const nowMs = now().getTime();
      const overdue = await storage.submissions.unstarted(
        new Date(nowMs - OVERDUE_MS),
        new Date(nowMs - LOST_MS),
        MOST_AT_ONCE,
      );
      let started = 0;
      for (const submission of overdue) {
        const { organizationId, integrationId, submissionId, customerEmail } = submission;
        const eventId = ticketWorkflowId(organizationId, submissionId);
        await storage.syncEvents.open(organizationId, [ticketRow(submission, eventId)]);
        const input = { organizationId, integrationId, submissionId, eventId };
        const start = ticketSyncStart(input, keyRing.emailHash(customerEmail));
        try {
          await getClient().workflow.start(TICKET_SYNC_WORKFLOW, {
            ...start,
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
          });
          started += 1;
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        }
        await storage.submissions.markStarted(organizationId, submissionId, now());
        heartbeat(submissionId);
      }
      return { started };
    },
  };
}

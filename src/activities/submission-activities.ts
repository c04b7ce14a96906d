import { getClient, heartbeat } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Logged, LoggedRow } from '../domain/logged-row.ts';
import type { Submission } from '../domain/submission.ts';
import { ticketRow } from '../domain/ticket-row.ts';
import { sentRowId, TICKET_SYNC_WORKFLOW, ticketSyncStart, ticketWorkflowId } from '../workflows/contract.ts';
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
  /** @returns false when its workflow was started before, whether it still runs or not */
  async function start({ organizationId, integrationId, submissionId, customerEmail }: Submission, eventId: string) {
    const input = { organizationId, integrationId, submissionId, eventId };
    try {
      await getClient().workflow.start(TICKET_SYNC_WORKFLOW, {
        ...ticketSyncStart(input, keyRing.emailHash(customerEmail)),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      });
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  }

  /** One whose workflow somebody ended on its way waits for a person, who can have it started anew. */
  async function failIfEnded({ organizationId, submissionId }: Submission, workflowId: string): Promise<string[]> {
    const { status } = await getClient().workflow.getHandle(workflowId).describe();
    if (status.name === 'RUNNING') return [];
    const after = await storage.submissions.get(organizationId, submissionId);
    if (after?.state !== 'accepted' && after?.state !== 'sending') return [];
    await storage.submissions.settleState(organizationId, submissionId, 'failed');
    const eventIds = [workflowId, sentRowId(workflowId)];
    const end = {
      status: 'failed',
      details: 'Its workflow was ended in Temporal',
      error: { code: 'internalError' },
    } as const;
    await storage.syncEvents.settle(
      organizationId,
      eventIds.map((eventId) => ({ eventId, ...end })),
    );
    return eventIds;
  }

  return {
    /**
     * Starts what is accepted and not started, and takes care of what was stopped on its way, of all organizations. Safe
     * to repeat: ids are the submissions'.
     */
    async startAcceptedSubmissions(): Promise<Logged & { started: number }> {
      const nowMs = now().getTime();
      const overdue = await storage.submissions.unstarted(
        new Date(nowMs - OVERDUE_MS),
        new Date(nowMs - LOST_MS),
        MOST_AT_ONCE,
      );
      let started = 0;
      const log: LoggedRow[] = [];
      for (const submission of overdue) {
        const { organizationId, submissionId } = submission;
        const eventId = ticketWorkflowId(organizationId, submissionId);
        await storage.syncEvents.open(organizationId, [ticketRow(submission, eventId)]);
        if (await start(submission, eventId)) started += 1;
        else log.push(...(await storage.syncEvents.logged(organizationId, await failIfEnded(submission, eventId))));
        await storage.submissions.markStarted(organizationId, submissionId, now());
        heartbeat(submissionId);
      }
      return { started, log };
    },
  };
}

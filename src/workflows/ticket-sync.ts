import { workflowInfo } from '@temporalio/workflow';
import { helpScoutForPeople, helpScoutForWebhooks, house } from './activity-profiles.ts';
import { sentRowId, type TicketSyncInput } from './contract.ts';
import { AUTOMATIC, retryableSync } from './retryable-sync.ts';

/**
 * Makes one submission one conversation in Help Scout, never two: what was sent and not answered is looked for before
 * it is sent again. What fails, and what is held back as a suspected duplicate, waits for a person (retryable-sync.ts).
 */
export async function ticketSync({
  organizationId,
  integrationId,
  submissionId,
  eventId,
  askedBy,
  sendsHeld = false,
}: TicketSyncInput): Promise<'success' | 'skipped'> {
  const { workflowId, runId } = workflowInfo();
  const scope = { organizationId, integrationId };
  let wasHeldBack = sendsHeld;
  const row = () => ({ eventId: wasHeldBack ? sentRowId(eventId) : eventId, workflowId });

  return retryableSync({
    askedBy,
    async attempt({ by }) {
      const sent = { submissionId, ...row(), by };
      const ready = await house.prepareTicket(scope, { ...sent, sendsHeld: wasHeldBack });
      if (ready.kind === 'spam')
        return { status: 'skipped', details: 'Spam, not sent: the form’s trap for robots was filled in' };
      if (ready.kind === 'held') {
        const details = `Seems to repeat submission ${ready.duplicateOf}`;
        return { status: 'skipped', details, heldBack: 'duplicateSubmission' };
      }
      const helpScout = by === AUTOMATIC ? helpScoutForWebhooks(scope) : helpScoutForPeople(scope);
      const { conversationId, found } = await helpScout.createTicket(scope, { ...sent, tags: ready.tags });
      const marked = ready.tags.length > 0 ? ', marked as a suspected duplicate' : '';
      const details = found ? 'Found: an earlier try had created it' : 'Created';
      return { status: 'success', details: `${details}: conversation ${conversationId}${marked}` };
    },

    async settle(outcome) {
      const { status, details, tried, failure, heldBack, dismissedBy } = outcome;
      const code = failure?.code ?? heldBack;
      await house.settleTicket(scope, {
        ...{ submissionId, ...row(), status, details },
        state: dismissedBy ? 'dismissed' : heldBack ? 'held' : status === 'failed' ? 'failed' : null,
        by: tried?.by,
        attemptKey: tried?.attemptKey ?? `${runId}/waiting`,
        error: code && { code, httpStatus: failure?.httpStatus },
      });
      wasHeldBack ||= heldBack !== undefined;
    },
  });
}

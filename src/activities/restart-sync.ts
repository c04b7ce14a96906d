import { getClient } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { messageIdOfRow } from '../domain/record-message-row.ts';
import { syncErrorCodeSchema } from '../domain/sync-error.ts';
import type { SyncEvent } from '../domain/sync-event.ts';
import {
  CLOSE_LOOP_WORKFLOW,
  CUSTOMER_SYNC_WORKFLOW,
  closeLoopStart,
  customerSyncStart,
  sentRowId,
  TICKET_SYNC_WORKFLOW,
  ticketSyncStart,
  ticketWorkflowId,
} from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { createRetryActivities } from './retry-activities.ts';

/**
 * Starts the sync of a row anew whose workflow has ended (after its 30 days, or by somebody in Temporal Web) or is gone.
 * It has the same id as the one before, so that two who ask at once start one.
 */
export function createRestart(deps: ActivityDeps) {
  const { storage, keyRing } = deps;
  const { startConversationSyncs } = createRetryActivities(deps);

  async function ticket({ organizationId, eventId: rowId }: SyncEvent, submissionId: string, askedBy: string) {
    const submission = await storage.submissions.get(organizationId, submissionId);
    if (!submission) return false;
    const { integrationId, customerEmail } = submission;
    const eventId = ticketWorkflowId(organizationId, submissionId);
    const again = { askedBy, sendsHeld: rowId === sentRowId(eventId) };
    const input = { organizationId, integrationId, submissionId, eventId, ...again };
    await getClient().workflow.start(TICKET_SYNC_WORKFLOW, {
      ...ticketSyncStart(input, keyRing.emailHash(customerEmail)),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
    });
    return true;
  }

  async function customer({ organizationId }: SyncEvent, externalId: string, askedBy: string) {
    const record = await storage.customers.get(organizationId, externalId);
    if (!record) return false;
    await storage.customers.markRequested(organizationId, externalId, record.version, askedBy);
    const start = customerSyncStart(record, keyRing.emailHash(record.fields.email));
    await getClient().workflow.signalWithStart(CUSTOMER_SYNC_WORKFLOW, start);
    return true;
  }

  async function message(row: SyncEvent, messageId: string, askedBy: string) {
    const { organizationId, eventId } = row;
    const known = await storage.recordMessages.get(organizationId, messageId);
    if (!known) return false;
    const { integrationId, conversationId } = known;
    await getClient().workflow.start(CLOSE_LOOP_WORKFLOW, {
      ...closeLoopStart({ organizationId, integrationId, messageId, eventId, askedBy }, conversationId),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
    });
    return true;
  }

  async function conversation({ organizationId, integrationId, eventId, error }: SyncEvent, conversationId: number) {
    const code = syncErrorCodeSchema.catch('internalError').parse(error?.code);
    await startConversationSyncs({ organizationId, integrationId }, [{ eventId, conversationId, code }]);
    return true;
  }

  /** @returns whether something works on the row again; false when what it was made from is gone */
  return async (row: SyncEvent, by: string): Promise<boolean> => {
    try {
      if (row.submissionId !== null) return await ticket(row, row.submissionId, by);
      if (row.customerExternalId !== null) return await customer(row, row.customerExternalId, by);
      const messageId = messageIdOfRow(row);
      if (messageId) return await message(row, messageId, by);
      return row.conversationId !== null && (await conversation(row, row.conversationId));
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return true;
      throw error;
    }
  };
}

import { cancellationSignal, getClient } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { MESSAGE_KIND_TEXT } from '../domain/record-message.ts';
import { messageIdOfRow } from '../domain/record-message-row.ts';
import type { RetryPreview } from '../domain/retry-run.ts';
import { syncErrorCodeSchema } from '../domain/sync-error.ts';
import type { SyncEvent } from '../domain/sync-event.ts';
import type { HelpScoutClient } from '../helpscout/client.ts';
import type { Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { toApplicationFailure } from './failures.ts';
import { ticketSearch } from './ticket-marker.ts';

type Twin = Pick<RetryPreview, 'twin' | 'twinId' | 'problem'>;
const CANNOT_BE: Twin = { twin: 'cannotBe', twinId: null, problem: null };

/** Tells what a retry of a row would send, and whether Help Scout has it already. Sends nothing. */
export function createRetryPreview(
  { storage, helpScout }: Pick<ActivityDeps, 'storage' | 'helpScout'>,
  { withHelpScout }: Connections,
) {
  /** A look-up that fails says so: the retry itself looks again before it sends. */
  const lookUp = async (scope: Scope, find: (client: HelpScoutClient) => Promise<number | null>): Promise<Twin> => {
    try {
      const twinId = await withHelpScout(scope, find, 'interactive');
      return { twin: twinId === null ? 'none' : 'found', twinId, problem: null };
    } catch (error) {
      if (cancellationSignal().aborted) throw error;
      const code = syncErrorCodeSchema.catch('internalError').parse(toApplicationFailure(error).type);
      return { twin: 'unknown', twinId: null, problem: code };
    }
  };

  async function ticket(scope: Scope, submissionId: string) {
    const submission = await storage.submissions.get(scope.organizationId, submissionId);
    if (!submission) return nothing('nothing: the submission is not kept any more');
    const integration = await storage.integrations.get(scope.organizationId, scope.integrationId);
    const mailbox = integration?.mailboxes.find(({ mailboxId }) => mailboxId === submission.mailboxId)?.name;
    const { mailboxId } = submission;
    const sentAt = await storage.submissions.outstandingAt(scope.organizationId, submissionId);
    return {
      action: `creates a ticket in ${mailbox ?? `mailbox ${mailboxId}`}`,
      subject: submission.subject,
      safety: 'Help Scout is searched for it first; it is sent only if it is not there.',
      ...(sentAt
        ? await lookUp(scope, (client) =>
            client.conversations.findByMarker(ticketSearch(submission, sentAt, helpScout.clockDifferenceMs)),
          )
        : CANNOT_BE),
    };
  }

  async function customer(scope: Scope, externalId: string) {
    const record = await storage.customers.get(scope.organizationId, externalId);
    if (!record) return nothing('nothing: the customer is not kept any more');
    const { email } = record.fields;
    return {
      action: record.helpScoutCustomerId
        ? 'updates the customer'
        : 'creates the customer, or updates who has the address',
      subject: null,
      safety: 'What Help Scout has is compared first; only what differs is sent.',
      ...(await lookUp(scope, async (client) => (await client.customers.findByEmail(email))?.customerId ?? null)),
    };
  }

  async function message({ organizationId }: Scope, messageId: string, conversationId: number | null) {
    const known = await storage.recordMessages.get(organizationId, messageId);
    if (!known) return nothing('nothing: the message is not kept any more');
    const read = conversationId === null ? null : await storage.conversations.get(organizationId, conversationId);
    return {
      action: `writes a ${MESSAGE_KIND_TEXT[known.kind].toLowerCase()} in the conversation`,
      subject: read?.subject ?? null,
      safety: 'The conversation is searched for it first; it is written only if it is not there.',
      ...CANNOT_BE,
    };
  }

  async function conversation({ organizationId }: Scope, conversationId: number | null) {
    const known = conversationId === null ? null : await storage.conversations.get(organizationId, conversationId);
    return {
      action: 'reads the conversation again',
      subject: known?.subject ?? null,
      safety: 'It only reads from Help Scout.',
      ...CANNOT_BE,
    };
  }

  return async (row: SyncEvent): Promise<RetryPreview> => {
    const scope = { organizationId: row.organizationId, integrationId: row.integrationId };
    const orphaned = await isOrphaned(row.workflowId);
    if (row.submissionId !== null) return { ...(await ticket(scope, row.submissionId)), orphaned };
    if (row.customerExternalId !== null) return { ...(await customer(scope, row.customerExternalId)), orphaned };
    const messageId = messageIdOfRow(row);
    if (messageId) return { ...(await message(scope, messageId, row.conversationId)), orphaned };
    return { ...(await conversation(scope, row.conversationId)), orphaned };
  };
}

const nothing = (action: string) => ({ action, subject: null, safety: 'Nothing is sent.', ...CANNOT_BE });

/** Whether nothing is there that a retry could be asked of. */
async function isOrphaned(workflowId: string): Promise<boolean> {
  try {
    return (await getClient().workflow.getHandle(workflowId).describe()).status.name !== 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return true;
    throw error;
  }
}

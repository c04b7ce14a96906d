import { randomUUID } from 'node:crypto';
import type { Submission } from '../../domain/submission.ts';
import type { Deps } from '../deps.ts';
import { acceptSubmission } from './accept-submission.ts';

/** What a person, or a program of the organization's own, makes a ticket from. */
export type TicketByHand = Pick<
  Submission,
  | 'organizationId'
  | 'integrationId'
  | 'mailboxId'
  | 'assigneeId'
  | 'tags'
  | 'customerEmail'
  | 'customerName'
  | 'subject'
  | 'message'
>;

/**
 * Creates a ticket by hand; it goes the way of every other, so that it is in the log and can be retried. The first of an
 * idempotency key is noted in the audit trail.
 * @throws what the database throws: then nothing was accepted.
 */
export async function createTicket(
  deps: Pick<Deps, 'storage' | 'temporal' | 'keyRing' | 'logger' | 'now'>,
  ticket: TicketByHand,
  { by, idempotencyKey, details }: { by: string; idempotencyKey: string | null; details?: string },
): Promise<{ submissionId: string; repeated: boolean }> {
  const at = deps.now();
  const submission: Submission = {
    ...ticket,
    message: ticket.message.replace(/\r\n?/g, '\n').trim(),
    submissionId: randomUUID(),
    formId: null,
    source: 'manual',
    createdBy: by,
    autoReplyText: '',
    answers: [],
    problem: null,
    fingerprint: '',
    state: 'accepted',
    duplicateOf: null,
    conversationId: null,
    edits: [],
    receivedAt: at,
    firstSentAt: null,
  };
  const accepted = await acceptSubmission(deps, submission, idempotencyKey);
  if (!accepted.repeated) {
    await deps.storage.auditTrail.record(ticket.organizationId, {
      ...{ at, by, action: 'created a ticket by hand', target: accepted.submissionId },
      ...(details && { details }),
    });
  }
  return accepted;
}

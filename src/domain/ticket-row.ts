import { plainEmail } from './email.ts';
import type { Submission } from './submission.ts';

/** The log's row of a submission as it is opened, by whoever comes first: the web app, or the sweep after a crash. */
export const ticketRow = (submission: Submission, workflowId: string) => ({
  eventId: workflowId,
  integrationId: submission.integrationId,
  type: 'ticketCreated' as const,
  direction: 'outbound' as const,
  workflowId,
  submissionId: submission.submissionId,
  customerEmail: plainEmail(submission.customerEmail) || null,
  details: submission.source === 'manual' ? 'Ticket by hand' : 'From a contact form',
  createdAt: submission.receivedAt,
});

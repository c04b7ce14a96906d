import type { Submission } from './submission.ts';
import { awaitsDecision, type SyncEvent } from './sync-event.ts';

type Row = Pick<SyncEvent, 'status' | 'type' | 'workflowId'>;

/** Whether a row is of a ticket that was held back as a suspected duplicate, and still is: it can be sent anyway. */
export const isHeldTicket = (row: Row, submission: Pick<Submission, 'state'> | null) =>
  row.type === 'ticketCreated' && row.status === 'skipped' && submission?.state === 'held';

/** Whether a person can have a row tried again: it failed, or it was held back. */
export const canBeRetried = (row: Row, submission: Pick<Submission, 'state'> | null) =>
  awaitsDecision(row) || isHeldTicket(row, submission);

import { defineSignal } from '@temporalio/workflow';

export const ERASE_WORKFLOW = 'erase';
export const eraseWorkflowId = (organizationId: string, erasureId: string) => `erase:${organizationId}:${erasureId}`;

/** Ids alone: whose address it is about stays in MongoDB, encrypted. */
export interface EraseInput {
  organizationId: string;
  erasureId: string;
  kind: 'customer' | 'organization';
  /** Longer than anything under way may go on writing; after it is looked once more. */
  settleMs: number;
}

/** An activity that was ended from outside may go on for as long as it was given (activity-profiles.ts), and a little. */
export const SETTLE_MS = 11 * 60_000;

/** Asks a workflow without an end to go on as a new run, so that the history of the one before can be deleted. */
export const startAnewSignal = defineSignal('startAnew');

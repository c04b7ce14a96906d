import {
  ApplicationFailure,
  type Client,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { type SyncErrorCode, syncErrorCodeSchema } from '../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import { within } from './deadline.ts';

/** Updates answer when Help Scout has: its slowest documented calls, and one retry of ours. */
const UPDATE_MS = 45_000;

export interface Refusal {
  granted: false;
  /** Nobody is there to be asked: the workflow has ended, or never was. */
  ended: boolean;
  /** Null when the workflow refused before asking Help Scout. */
  code: SyncErrorCode | null;
  message: string;
  remedy: string;
}
export type Answer<T> = { granted: true; value: T } | Refusal;

/** What workflows refuse by themselves, by the type of their failure. */
const REFUSALS: Record<string, { message: string; remedy: string }> = {
  notPossibleNow: {
    message: 'This is not possible in the connection’s present state.',
    remedy: 'Load the page again to see what it does now.',
  },
  noMailbox: { message: 'No mailbox is chosen.', remedy: 'Choose at least one.' },
  badPeriod: { message: 'This period holds nothing.', remedy: 'Choose an end that is after its beginning.' },
  retryRunning: { message: 'A try is running already.', remedy: 'Wait for its outcome: the row shows it.' },
};
const NOT_RUNNING = {
  message: 'What this belongs to has ended.',
  remedy: 'Load the page again; a connection that has ended can be made anew.',
};

/**
 * Asks a workflow by an update and waits for its answer. Refusals are values, with words for people.
 * @throws RequestProblem 503 when Temporal or the worker does not answer in time.
 */
export function ask<T>(
  temporal: Client,
  workflowId: string,
  update: (workflow: WorkflowHandle) => Promise<T>,
): Promise<Answer<T>> {
  return answerOf(temporal, () => update(temporal.workflow.getHandle(workflowId)));
}

/** Runs an update and makes a value of a refusal. */
export async function answerOf<T>(temporal: Client, update: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { granted: true, value: await within(temporal, UPDATE_MS, update) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { granted: false, ended: true, code: null, ...NOT_RUNNING };
    if (error instanceof WorkflowUpdateFailedError) return refusalOf(error.cause);
    throw error;
  }
}

function refusalOf(cause: unknown): Refusal {
  const type = cause instanceof ApplicationFailure ? (cause.type ?? '') : '';
  const own = REFUSALS[type];
  if (own) return { granted: false, ended: false, code: null, ...own };
  const code = syncErrorCodeSchema.catch('internalError').parse(type);
  return { granted: false, ended: false, code, ...SYNC_ERROR_TEXT[code] };
}

/** A refusal as one line for a notice. */
export const refusalText = ({ message, remedy }: Refusal) => `${message} ${remedy}`;

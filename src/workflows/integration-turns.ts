import { ApplicationFailure, condition } from '@temporalio/workflow';
import type { IntegrationState } from '../domain/integration.ts';
import { updateFailure } from './failure-code.ts';
import { type IntegrationMemory, isPublished } from './integration-memory.ts';

/** In which states each request of people makes sense; elsewhere it is refused before it enters the history. */
const ALLOWED = {
  connect: ['connecting'],
  selectMailboxes: ['awaitingMailboxes', 'scanning', 'live'],
  connectDocs: ['awaitingMailboxes', 'scanning', 'live', 'paused'],
  mapDocs: ['awaitingMailboxes', 'scanning', 'live', 'paused'],
  rescan: ['live'],
  cancelScan: ['scanning', 'paused', 'needsReauthorization'],
  estimateScan: ['awaitingMailboxes', 'scanning', 'live', 'paused'],
  pause: ['scanning', 'live'],
  resume: ['paused'],
  reauthorized: ['awaitingMailboxes', 'scanning', 'live', 'paused', 'needsReauthorization'],
  retryFailed: ['scanning', 'live'],
  testConnection: ['awaitingMailboxes', 'scanning', 'live', 'paused', 'needsReauthorization'],
  disconnect: ['connecting', 'awaitingMailboxes', 'scanning', 'live', 'paused', 'needsReauthorization'],
} as const satisfies Record<string, readonly IntegrationState[]>;

type Request = keyof typeof ALLOWED;

/** Requests of people are answered one at a time, and only where they make sense. */
export function takeTurns(memory: IntegrationMemory) {
  let busy = false;

  /** For an update's validator. @throws ApplicationFailure `notPossibleNow` */
  const allowed = (name: Request) => () => {
    const states: readonly IntegrationState[] = ALLOWED[name];
    if (states.includes(memory.state)) return;
    throw ApplicationFailure.nonRetryable(
      `${name} is not possible while the integration is ${memory.state}`,
      'notPossibleNow',
    );
  };

  return {
    allowed,

    /** Each is checked again once it is its turn, as the one before may have changed the state. */
    async inTurn<T>(name: Request, work: () => Promise<T>): Promise<T> {
      while (busy) await condition(() => !busy);
      allowed(name)();
      busy = true;
      try {
        return await work();
      } finally {
        busy = false;
      }
    },

    /** Answers once pages show what was done. */
    published: () => condition(() => isPublished(memory)),
  };
}
export type Turns = ReturnType<typeof takeTurns>;

/** What a step of an update failed with, in words that its caller can show. */
export async function orUpdateFailure<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    throw updateFailure(error);
  }
}

import type { IntegrationResume } from '../domain/integration-resume.ts';
import type { IntegrationSettings } from './contract.ts';
import { type IntegrationMemory, isScanUnderWay, newIntegrationMemory } from './integration-memory.ts';

/**
 * What its loops still read and record until the connection has ended takes numbers too, after the count was taken:
 * the same numbers, given again, would name rows of the log that are there already. They never need as many.
 */
const NUMBERS_LEFT_FREE = 1_000;

/** What is kept of an integration that is disconnected now. */
export function resumeOf(memory: IntegrationMemory, settings: IntegrationSettings): IntegrationResume {
  const { mailboxIds, scansStarted, batches, events, reconciledUntilMs, waitingForBudget, reauthorizationEventId } =
    memory;
  return {
    ...{ mailboxIds, scansStarted, reconciledUntilMs },
    batches: batches + NUMBERS_LEFT_FREE,
    events: events + NUMBERS_LEFT_FREE,
    paused: memory.state === 'paused' || memory.returnTo === 'paused',
    scanQueue: unreadScans(memory, settings),
    waitingForBudget: waitingForBudget ?? [],
    ...(memory.waiting && { waiting: memory.waiting }),
    reauthorizationEventId: reauthorizationEventId ?? null,
  };
}

/** A scan that has not come to its end begins again: what it has read already changes nothing. */
function unreadScans(memory: IntegrationMemory, settings: IntegrationSettings): IntegrationResume['scanQueue'] {
  const waiting = memory.scanQueue ?? [];
  if (!isScanUnderWay(memory)) return waiting;
  const period = memory.scanPeriod ?? { days: settings.scanWindowDays };
  return [{ mailboxIds: memory.scanMailboxIds ?? memory.mailboxIds, period }, ...waiting];
}

/** What an integration begins with whose account was connected before: as it was, but for its tokens. */
export function resumedMemory({ paused, ...kept }: IntegrationResume): IntegrationMemory {
  const home = paused ? 'paused' : 'live';
  return { ...newIntegrationMemory(), ...kept, returnTo: kept.mailboxIds.length > 0 ? home : 'awaitingMailboxes' };
}

import type { IntegrationResume } from '../domain/integration-resume.ts';
import type { IntegrationSettings } from './contract.ts';
import { type IntegrationMemory, isScanUnderWay, newIntegrationMemory } from './integration-memory.ts';

/** What is kept of an integration that is disconnected now. */
export function resumeOf(memory: IntegrationMemory, settings: IntegrationSettings): IntegrationResume {
  const { mailboxIds, scansStarted, batches, events, reconciledUntilMs, waitingForBudget, reauthorizationEventId } =
    memory;
  return {
    ...{ mailboxIds, scansStarted, batches, events, reconciledUntilMs },
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

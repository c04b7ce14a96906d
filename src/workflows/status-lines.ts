import type { ScanProgress } from '../domain/integration.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../domain/sync-error-text.ts';
import type { IntegrationMemory } from './integration-memory.ts';

/** A scan in one line, for Temporal Web and the log. */
export function scanLine(progress: ScanProgress): string {
  const { total, imported, classified, unchanged, failed, state, waitingFor, inBatches = 0 } = progress;
  const later = inBatches > 0 ? `, ${inBatches} in message batches` : '';
  const counts = `${imported + unchanged + failed} of ${total ?? '?'} read, ${classified} classified, ${unchanged} unchanged, ${failed} failed${later}`;
  if (state === 'waiting' && waitingFor)
    return `${counts}; waiting: ${SYNC_ERROR_TEXT[waitingFor as SyncErrorCode].message}`;
  return state === 'paused' ? `${counts}; paused` : counts;
}

/** What an integration does now, or why it waits, in one line. */
export function integrationLine(memory: IntegrationMemory): string {
  switch (memory.state) {
    case 'connecting':
      return 'Connecting to Help Scout';
    case 'awaitingMailboxes':
      return 'Connected; waiting for mailboxes to be chosen';
    case 'scanning':
      return memory.scan ? `Scanning: ${scanLine(memory.scan)}` : 'Starting the scan';
    case 'live':
      return [
        `Following ${memory.mailboxIds.length} mailboxes`,
        ...(memory.pending.length > 0 ? [`${memory.pending.length} conversations wait for quiet`] : []),
        ...(forBudget(memory) > 0 ? [`${forBudget(memory)} wait: ${SYNC_ERROR_TEXT.costCapReached.message}`] : []),
      ].join('; ');
    case 'paused':
      return `Paused; ${memory.pending.length} conversations wait`;
    case 'needsReauthorization':
      return `${SYNC_ERROR_TEXT.authenticationFailed.message} ${SYNC_ERROR_TEXT.authenticationFailed.remedy} ${memory.pending.length} conversations wait.`;
    case 'disconnected':
      return 'Disconnected';
  }
}

const forBudget = ({ waitingForBudget = [] }: IntegrationMemory) =>
  waitingForBudget.reduce((sum, { conversationIds }) => sum + conversationIds.length, 0);

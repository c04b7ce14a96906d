import { workflowInfo } from '@temporalio/workflow';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import type { Direction, SyncEventType } from '../domain/sync-event.ts';
import { house } from './activity-profiles.ts';
import type { IntegrationSettings, Scope } from './contract.ts';
import type { IntegrationMemory } from './integration-memory.ts';

/** What the parts of one integration workflow share. */
export interface IntegrationRun {
  scope: Scope;
  settings: IntegrationSettings;
  memory: IntegrationMemory;
  /** Whether loops should come to rest: the integration has ended, or its history is long enough. */
  stopping: () => boolean;
}

/** Names the next batch of conversations, for its rows in the log. */
export function nextBatch({ memory }: IntegrationRun): { batchId: string; workflowId: string } {
  const { workflowId } = workflowInfo();
  memory.batches += 1;
  return { batchId: `${workflowId}/${memory.batches}`, workflowId };
}

/** Writes one row about the integration itself. @returns its id */
export async function record(
  { scope, memory }: IntegrationRun,
  event: { type: SyncEventType; direction?: Direction; details: string; error?: SyncErrorCode; missed?: number },
): Promise<string> {
  const { workflowId } = workflowInfo();
  memory.events += 1;
  const eventId = `${workflowId}/event-${memory.events}`;
  await house.recordIntegrationEvent(scope, { eventId, workflowId, direction: 'internal', ...event });
  return eventId;
}

/** The row that asked for an administrator is settled once one has reconnected. */
export async function settleReauthorization({ scope, memory }: IntegrationRun): Promise<void> {
  const eventId = memory.reauthorizationEventId;
  if (!eventId) return;
  memory.reauthorizationEventId = null;
  const { workflowId } = workflowInfo();
  const row = { eventId, workflowId, by: 'automatic', attemptKey: 'reconnected' };
  await house.settleSync(scope, { ...row, status: 'success', details: 'An administrator has reconnected Help Scout' });
}

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

/** Writes one row about the integration itself. */
export async function record(
  { scope, memory }: IntegrationRun,
  event: { type: SyncEventType; direction?: Direction; details: string; error?: SyncErrorCode },
): Promise<void> {
  const { workflowId } = workflowInfo();
  memory.events += 1;
  await house.recordIntegrationEvent(scope, {
    eventId: `${workflowId}/event-${memory.events}`,
    workflowId,
    direction: 'internal',
    ...event,
  });
}

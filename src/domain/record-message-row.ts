import { MESSAGE_KIND_TEXT, type RecordMessage } from './record-message.ts';
import type { SyncEvent } from './sync-event.ts';

/**
 * The log's row of a message as it is opened, by whoever comes first. A conversation of Help Scout's is changed by us:
 * the log's word for it is an update that goes out.
 */
export const messageRow = (
  { integrationId, conversationId, customerEmail, kind, marker, at }: RecordMessage,
  workflowId: string,
) => ({
  eventId: workflowId,
  type: 'conversationUpdated' as const,
  direction: 'outbound' as const,
  ...{ integrationId, workflowId, conversationId, customerEmail },
  details: `${MESSAGE_KIND_TEXT[kind]} about ${marker}`,
  createdAt: at,
});

/** The message that a row is of; null for every other row. */
export function messageIdOfRow({ organizationId, workflowId }: Pick<SyncEvent, 'organizationId' | 'workflowId'>) {
  const prefix = `message:${organizationId}:`;
  return workflowId.startsWith(prefix) ? workflowId.slice(prefix.length) : null;
}

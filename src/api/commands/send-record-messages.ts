import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { IssueRecord } from '../../domain/issue-record.ts';
import { type MessageKind, messageMarker, type RecordMessage } from '../../domain/record-message.ts';
import { messageRow } from '../../domain/record-message-row.ts';
import { CLOSE_LOOP_WORKFLOW, closeLoopStart, recordMessageWorkflowId } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';

const START_MS = 3_000;

type CommandDeps = Pick<Deps, 'storage' | 'temporal' | 'logger' | 'now'>;

/** What a person wants one conversation to be told. */
export interface WantedMessage {
  conversationId: number;
  integrationId: string;
  customerEmail: string | null;
  text: string;
}

/**
 * Sends notes or draft replies about a record, as a person chose and wrote them: each conversation gets one of each kind,
 * whoever sends how often. They are taken for good before this resolves; workflows write them, and keep what fails.
 * @returns how many are new
 */
export async function sendRecordMessages(
  deps: CommandDeps,
  record: IssueRecord,
  kind: MessageKind,
  wanted: readonly WantedMessage[],
  by: string,
): Promise<{ taken: number; repeated: number }> {
  let taken = 0;
  let reached = true;
  for (const { conversationId, integrationId, customerEmail, text } of wanted) {
    const { message, repeated } = await deps.storage.recordMessages.accept(record.organizationId, {
      ...{ integrationId, recordId: record.recordId, conversationId, kind, customerEmail, by, at: deps.now() },
      text: text.replace(/\r\n?/g, '\n').trim(),
      marker: messageMarker(record),
    });
    if (!repeated) taken += 1;
    // Where Temporal does not answer, nobody waits for each of many messages: the sweep starts them.
    if (message.state === 'accepted' && reached) reached = await start(deps, message);
  }
  return { taken, repeated: wanted.length - taken };
}

/** @returns false when Temporal could not be reached */
async function start({ storage, temporal, logger, now }: CommandDeps, message: RecordMessage): Promise<boolean> {
  const { organizationId, integrationId, messageId, conversationId, by } = message;
  const eventId = recordMessageWorkflowId(organizationId, messageId);
  await storage.syncEvents.open(organizationId, [messageRow(message, eventId)]);
  const input = { organizationId, integrationId, messageId, eventId, askedBy: by };
  try {
    await temporal.withDeadline(Date.now() + START_MS, () =>
      temporal.workflow.start(CLOSE_LOOP_WORKFLOW, {
        ...closeLoopStart(input, conversationId),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      }),
    );
    await storage.recordMessages.markStarted(organizationId, messageId, now());
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return true;
    const reason = error instanceof Error ? error.name : 'unknown';
    logger.warn({ messageId, reason }, 'the sweep will start it');
    return false;
  }
}

import { ApplicationFailure } from '@temporalio/common';
import type { RecordMessage } from '../domain/record-message.ts';
import type { HelpScoutClient } from '../helpscout/client.ts';
import { HelpScoutError, HelpScoutUncertain } from '../helpscout/errors.ts';
import { findMarkedThread, markerLine } from '../helpscout/resources/conversation-marker.ts';
import type { ApiConversation } from '../helpscout/schemas.ts';
import type { ActivityDeps } from './deps.ts';

/** A write that was on its way may still arrive; Help Scout does not say how far its lists lag behind. */
const LAG_MS = 180_000;
/** A conversation keeps the status it has: what we add is no work for the team by itself. */
const KEPT_STATUSES = ['active', 'closed', 'pending'] as const;

type Client = Pick<HelpScoutClient, 'conversations'>;

/** Sends a note or draft at most once for as long as it is not known what became of it. */
export function createLoopSending({ storage, helpScout, now }: Pick<ActivityDeps, 'storage' | 'helpScout' | 'now'>) {
  const messages = storage.recordMessages;
  const lagMs = helpScout.searchLagMs ?? LAG_MS;

  /** Unknown what became of it: `waitMs` is how long it may take to be seen. */
  const uncertain = (message: string, sentAt: Date, httpStatus?: number) => {
    const waitMs = Math.max(1_000, sentAt.getTime() + lagMs - now().getTime());
    const details = [{ httpStatus, waitMs }];
    return ApplicationFailure.create({ message, type: 'uncertain', nonRetryable: true, details });
  };

  /** What is to be written. @throws ApplicationFailure when Help Scout would refuse it */
  function writing({ conversations }: Client, conversation: ApiConversation, { kind, text, marker }: RecordMessage) {
    const status = KEPT_STATUSES.find((kept) => kept === conversation.status);
    const thread = {
      conversationId: conversation.id,
      text: `${text.trim()}\n\n${markerLine(marker)}`,
      ...(status && { status }),
    };
    if (kind === 'note') return () => conversations.createNote(thread);
    const customerId = conversation.primaryCustomer?.id;
    if (!customerId) throw ApplicationFailure.nonRetryable('the conversation has no customer', 'requiredFieldMissing');
    return () => conversations.createReply({ ...thread, customerId, draft: true });
  }

  return {
    /** @throws HelpScoutError, or ApplicationFailure `uncertain` when it may be there and cannot be seen yet */
    async send(client: Client, message: RecordMessage): Promise<{ threadId: number; found: boolean }> {
      const { organizationId, messageId, kind, marker } = message;
      // Followed to where it was merged; a reply needs the customer's id besides.
      const conversation = await client.conversations.get(message.conversationId);
      const outstanding = await messages.outstandingAt(organizationId, messageId);
      if (outstanding) {
        const type = kind === 'note' ? 'note' : 'message';
        const threadId = findMarkedThread(await client.conversations.threads(conversation.id), type, marker);
        if (threadId !== null) {
          await messages.markSent(organizationId, messageId, threadId);
          return { threadId, found: true };
        }
        if (now().getTime() < outstanding.getTime() + lagMs) {
          throw uncertain('sent before, and not to be seen yet', outstanding);
        }
      }
      const write = writing(client, conversation, message);
      const sentAt = now();
      if (!(await messages.markOutgoing(organizationId, messageId, outstanding, sentAt))) {
        throw uncertain('another try sends it this moment', sentAt);
      }
      try {
        const threadId = await write();
        await messages.markSent(organizationId, messageId, threadId);
        return { threadId, found: false };
      } catch (error) {
        if (error instanceof HelpScoutUncertain) throw uncertain(error.message, sentAt, error.status);
        // Anything else that Help Scout answers means that nothing was written; an error of ours means nothing.
        if (error instanceof HelpScoutError) await messages.markRefused(organizationId, messageId, sentAt);
        throw error;
      }
    },
  };
}

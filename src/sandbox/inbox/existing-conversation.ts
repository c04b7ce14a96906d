import { ApiError, notFound } from '../http/envelope.ts';
import type { HiddenMode } from '../store/events/conversation-events.ts';
import type { Conversation } from '../store/model.ts';
import type { Store } from '../store/store.ts';

/**
 * The conversation that a call is about. Throws 404 for one that never was, was deleted or was merged into another one;
 * in a mailbox that is hidden, 404 or 403.
 */
export function existingConversation({ conversations }: Store, id: number): Conversation {
  const conversation = conversations.get(id);
  if (!conversation) throw notFound();
  refuseHidden(conversations.hiddenMode(conversation.mailboxId));
  return conversation;
}

/** Throws what a mailbox that is hidden answers, for it and for everything in it. */
export function refuseHidden(mode: HiddenMode | undefined): void {
  if (mode === 'deleted') throw notFound();
  if (mode === 'forbidden') throw new ApiError(403, 'Forbidden');
}

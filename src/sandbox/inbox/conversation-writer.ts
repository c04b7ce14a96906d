import type { Deliverer } from '../deliveries/deliverer.ts';
import { floorToSecond } from '../http/time.ts';
import type { ConversationChange, ThreadChange } from '../store/events/conversation-events.ts';
import type { Attachment, Conversation, ConversationStatus, StoredConversation, Thread } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';
import { assignmentItem, customerItem, movedItem, statusItem } from './line-items.ts';
import type { TagJson } from './tags.ts';
import { changeEvents, threadEvent } from './told-events.ts';

export interface ConversationWriterDeps {
  store: Store;
  deliverer: Deliverer;
  switches: Switches;
  tagJson: TagJson;
  now: () => number;
}

/** A thread's effect on its conversation. */
export interface ThreadEffect {
  /** What the status becomes; null leaves it. */
  status: ConversationStatus | null;
  /** Whose it becomes; null takes it from everybody, undefined leaves it. */
  assigneeId?: number | null | undefined;
}

/**
 * What the Inbox API's calls do to conversations: stored first, then told to the webhooks, the caller's own among them.
 * Changes of status, assignee, inbox and customer leave a line item, as in the original.
 */
export function createConversationWriter({ store, deliverer, switches, tagJson, now }: ConversationWriterDeps) {
  const { conversations, directory } = store;
  const time = () => floorToSecond(now());

  function current(id: number): Conversation {
    const conversation = conversations.get(id);
    if (!conversation) throw new Error(`conversation ${id} is not stored`);
    return conversation;
  }

  const isTold = (imported: boolean) => !imported || switches.values.conversations.importedWebhooks;

  function unknownTags(names: readonly string[]): string[] {
    const known = new Set(directory.tags.all().map((tag) => tag.name.toLowerCase()));
    return names.filter((name) => !known.has(name.toLowerCase()));
  }

  function tellNewTags(names: readonly string[]): void {
    for (const name of names) {
      const tag = directory.tag(name);
      deliverer.publish('tag.created', { id: tag.id, mailboxId: null, body: tagJson(tag) });
    }
  }

  function commitThread(conversationId: number, thread: Thread, conversationStatus: ConversationStatus | null): void {
    store.commit({ kind: 'threadAdded', conversationId, thread, conversationStatus, atMs: time() });
  }

  function commitChange(conversationId: number, change: ConversationChange, byUserId: number | null): void {
    store.commit({ kind: 'conversationChanged', conversationId, byUserId, atMs: time(), change });
  }

  /** Changes and their line items; answers the events that follow from what really changed. */
  function apply(before: Conversation, change: ConversationChange, byUserId: number | null): string[] {
    const events = changeEvents(before, change);
    commitChange(before.id, change, byUserId);
    const who = directory.users.get(byUserId ?? -1);
    if (!who) return events;
    const item = () => ({ id: conversations.nextThreadId(), atMs: time(), who });
    const after = current(before.id);
    if (events.includes('convo.status')) commitThread(after.id, statusItem(item(), after.status), null);
    if (events.includes('convo.assigned')) commitThread(after.id, assignmentItem(item(), assigneeName(after)), null);
    if (events.includes('convo.moved')) commitThread(after.id, movedItem(item(), before.mailboxId), null);
    if (after.customerId !== before.customerId) commitThread(after.id, customerItem(item()), null);
    return events;
  }

  function assigneeName({ assigneeId }: Conversation): string | null {
    const user = directory.users.get(assigneeId ?? -1);
    return user ? `${user.first} ${user.last}` : (directory.teams.get(assigneeId ?? -1)?.name ?? null);
  }

  function tell(events: readonly string[], id: number): void {
    for (const event of events) deliverer.publish(event, current(id));
  }

  return {
    /** Nothing is told of a draft until it is published. */
    create(conversation: StoredConversation, { imported }: { imported: boolean }): Conversation {
      const newTags = unknownTags(conversation.tags);
      store.commit({ kind: 'conversationCreated', conversation, atMs: time() });
      tellNewTags(newTags);
      if (conversation.state === 'published' && isTold(imported)) tell(['convo.created'], conversation.id);
      return current(conversation.id);
    },

    /** A draft changes nothing but its own conversation's threads until it is published. */
    addThread({ id }: Conversation, thread: Thread, effect: ThreadEffect): void {
      if (thread.state === 'draft') {
        commitThread(id, thread, null);
        return;
      }
      const before = { ...current(id) };
      commitThread(id, thread, effect.status);
      const events = [threadEvent(thread.type)];
      if (current(id).status !== before.status) events.push('convo.status');
      const byUserId = thread.author.type === 'user' ? thread.author.id : null;
      const { assigneeId } = effect;
      // Else the store decides: a reply of nobody's conversation makes it its author's.
      if (assigneeId !== undefined && assigneeId !== current(id).assigneeId) commitChange(id, { assigneeId }, byUserId);
      if (current(id).assigneeId !== before.assigneeId) events.push('convo.assigned');
      if (isTold(thread.imported)) tell(events, id);
    },

    change(conversation: Conversation, change: ConversationChange, byUserId: number): void {
      const newTags = unknownTags(change.tags ?? []);
      const events = apply({ ...conversation }, change, byUserId);
      tellNewTags(newTags);
      tell(events, conversation.id);
    },

    /** Publishes the conversation, if it is a draft, and its drafted replies, with what these do to it. */
    publishDraft(conversation: Conversation, byUserId: number): void {
      const { id, state, assigneeId } = conversation;
      const drafts = conversation.threads.filter((thread) => thread.state === 'draft');
      const last = drafts.at(-1);
      if (!last) return;
      const status = state === 'draft' || last.status === 'nochange' ? conversation.status : last.status;
      const change = { state: 'published' as const, status, assigneeId: assigneeId ?? last.author.id };
      const events = apply({ ...conversation }, change, byUserId);
      const written = drafts.map(({ type }) => threadEvent(type));
      tell(state === 'draft' ? ['convo.created'] : [...written, ...events], id);
    },

    /** No event tells of changed threads. */
    changeThread({ id }: Conversation, threadId: number, change: ThreadChange): void {
      store.commit({ kind: 'threadChanged', conversationId: id, threadId, atMs: time(), change });
    },

    addAttachment({ id }: Conversation, threadId: number, attachment: Attachment): void {
      store.commit({ kind: 'attachmentAdded', conversationId: id, threadId, atMs: time(), attachment });
    },

    removeAttachment({ id }: Conversation, attachmentId: number): void {
      store.commit({ kind: 'attachmentRemoved', conversationId: id, attachmentId, atMs: time() });
    },

    delete(conversation: Conversation): void {
      store.commit({ kind: 'conversationDeleted', conversationId: conversation.id, atMs: time() });
      deliverer.publish('convo.deleted', conversation);
    },
  };
}

export type ConversationWriter = ReturnType<typeof createConversationWriter>;

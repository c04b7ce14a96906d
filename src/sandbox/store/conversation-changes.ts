import { activityOf } from './activity.ts';
import type { SandboxEvent } from './events.ts';
import type { Conversation, Thread } from './model.ts';
import { plainThread } from './plain-thread.ts';

type Event<K extends SandboxEvent['kind']> = Extract<SandboxEvent, { kind: K }>;
const CHANGES = [
  'threadAdded',
  'conversationChanged',
  'threadChanged',
  'attachmentAdded',
  'attachmentRemoved',
  'conversationDeleted',
] as const;
export type ChangeEvent = Event<(typeof CHANGES)[number]>;

/** Whether an event changes one conversation that is there, and nothing else. */
export function isChange(event: SandboxEvent): event is ChangeEvent {
  return CHANGES.some((kind) => kind === event.kind);
}

/** What an event does to its conversation. */
export function changeConversation(conversation: Conversation, event: ChangeEvent): void {
  if (event.kind === 'threadAdded') addThread(conversation, event);
  if (event.kind === 'conversationChanged') changeFields(conversation, event);
  if (event.kind === 'conversationDeleted') conversation.state = 'deleted';
  if (event.kind === 'threadChanged') Object.assign(threadOf(conversation, event.threadId) ?? {}, event.change);
  if (event.kind === 'attachmentAdded') {
    threadOf(conversation, event.threadId)?.attachments.push(event.attachment);
  }
  if (event.kind === 'attachmentRemoved') {
    for (const thread of conversation.threads) {
      thread.attachments = thread.attachments.filter(({ id }) => id !== event.attachmentId);
    }
  }
  refreshActivity(conversation, event.atMs);
  const isByUser = event.kind === 'conversationChanged' && event.byUserId !== null;
  if (isByUser) conversation.activity.userUpdatedAtMs = Math.max(event.atMs, conversation.createdAtMs);
}

/** Moves the threads of one conversation into another one; each leaves a line item there that says where it was. */
export function mergeConversations(from: Conversation, into: Conversation, event: Event<'conversationMerged'>): void {
  const moved = from.threads;
  const atMs = Math.max(event.atMs, into.activity.modifiedAtMs);
  const lineItems = moved
    .filter(({ type }) => type !== 'lineitem')
    .map((_, index) => lineItem(event.firstLineItemId + index, { ...event, atMs, originalId: from.id }));
  into.threads = [...into.threads, ...moved].sort(byTime).concat(lineItems);
  refreshActivity(into, event.atMs);
  from.threads = [];
  from.mergedInto = { id: into.id, atMs: event.atMs };
}

function addThread(conversation: Conversation, { thread, conversationStatus, atMs }: Event<'threadAdded'>): void {
  const { author } = thread;
  // A corpus may have threads in the future; the order of arrival must hold all the same, but for what is imported.
  const createdAtMs = thread.imported
    ? thread.createdAtMs
    : Math.max(thread.createdAtMs, conversation.activity.modifiedAtMs);
  conversation.threads.push({ ...thread, createdAtMs });
  conversation.threads.sort(byTime);
  if (thread.type === 'message' && thread.state === 'published' && author.type === 'user') {
    conversation.assigneeId ??= author.id;
  }
  if (author.type === 'customer' && conversation.snooze?.unsnoozeOnCustomerReply) conversation.snooze = null;
  if (conversationStatus !== null) {
    setStatus(conversation, conversationStatus, atMs, author.type === 'user' ? author.id : 0);
  }
}

function changeFields(conversation: Conversation, event: Event<'conversationChanged'>): void {
  const { change, atMs, byUserId } = event;
  Object.assign(conversation, change);
  if (change.status !== undefined) setStatus(conversation, change.status, atMs, byUserId ?? 0);
  // A draft that is published is sent now.
  if (change.state === 'published') {
    for (const thread of conversation.threads) if (thread.state === 'draft') thread.state = 'published';
  }
}

function setStatus(conversation: Conversation, status: Conversation['status'], atMs: number, byUserId: number): void {
  conversation.status = status;
  if (status === 'closed') conversation.closed = { atMs, byUserId };
}

/** What follows from the threads, and that the conversation was changed at the moment, whatever they say. */
function refreshActivity(conversation: Conversation, atMs: number): void {
  const { modifiedAtMs } = conversation.activity;
  const activity = activityOf(conversation.threads, conversation.createdAtMs);
  conversation.activity = { ...activity, modifiedAtMs: Math.max(modifiedAtMs, activity.modifiedAtMs, atMs) };
}

function threadOf(conversation: Conversation, threadId: number): Thread | undefined {
  return conversation.threads.find(({ id }) => id === threadId);
}

function byTime(one: Thread, other: Thread): number {
  return one.createdAtMs - other.createdAtMs || one.id - other.id;
}

function lineItem(id: number, of: { byUserId: number; atMs: number; originalId: number }): Thread {
  return plainThread({
    id,
    type: 'lineitem',
    text: '',
    author: { type: 'user', id: of.byUserId },
    createdAtMs: of.atMs,
    action: {
      type: 'merged',
      text: 'A message of another conversation was moved here',
      associatedEntities: { originalConversation: of.originalId },
    },
  });
}

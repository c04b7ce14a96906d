import type { ConversationChange } from '../store/events/conversation-events.ts';
import type { Conversation, ThreadType } from '../store/model.ts';

/** The event of a written thread. Calls and chats are what a customer said, so they are told as a customer's reply. */
export function threadEvent(type: ThreadType): string {
  if (type === 'message') return 'convo.agent.reply.created';
  if (type === 'note') return 'convo.note.created';
  return 'convo.customer.reply.created';
}

/** The events of a change: of what really differs, and nothing for what has no event (subject, customer, snooze). */
export function changeEvents(before: Conversation, change: ConversationChange): string[] {
  const { status, assigneeId, mailboxId, tags, fields } = change;
  const events: string[] = [];
  if (status !== undefined && status !== before.status) events.push('convo.status');
  // The original has no event for taking a conversation from somebody; that it uses this one is an assumption.
  if (assigneeId !== undefined && assigneeId !== before.assigneeId) events.push('convo.assigned');
  if (mailboxId !== undefined && mailboxId !== before.mailboxId) events.push('convo.moved');
  if (tags && !isSameSet(tags.map(lowerCase), before.tags.map(lowerCase))) events.push('convo.tags');
  if (fields && !isSameSet(fields.map(fieldKey), before.fields.map(fieldKey))) events.push('convo.custom-fields');
  return events;
}

const lowerCase = (name: string) => name.toLowerCase();
const fieldKey = ({ id, value }: { id: number; value: string }) => `${id}:${value}`;

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const wanted = new Set(a);
  return wanted.size === new Set(b).size && b.every((item) => wanted.has(item));
}

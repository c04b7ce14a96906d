import { z } from 'zod';
import { type RecordAddress, recordName } from './issue-record.ts';

/** What a customer's conversation can be told: a note that only the team sees, or a reply that an agent still sends. */
export const MESSAGE_KINDS = ['note', 'reply'] as const;
export const messageKindSchema = z.enum(MESSAGE_KINDS);
export type MessageKind = z.infer<typeof messageKindSchema>;

export const MESSAGE_KIND_TEXT: Record<MessageKind, string> = { note: 'Private note', reply: 'Draft reply' };

export const MESSAGE_STATES = ['accepted', 'sent', 'failed', 'dismissed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** A note or draft reply in one conversation about one record, as a person sent it: each kind once. */
export const recordMessageSchema = z.object({
  messageId: z.string(),
  organizationId: z.string(),
  integrationId: z.string(),
  recordId: z.string(),
  conversationId: z.number().int(),
  kind: messageKindSchema,
  /** Plain text, without the line that it is found by. */
  text: z.string(),
  /** What it is found by when the answer to it was lost. */
  marker: z.string(),
  /** Who sent it. */
  by: z.string(),
  at: z.date(),
  customerEmail: z.string().nullable(),
  state: z.enum(MESSAGE_STATES),
  /** Help Scout's id of it. */
  threadId: z.number().int().nullable().default(null),
});
export type RecordMessage = z.infer<typeof recordMessageSchema>;

/** One record, conversation and kind: one message, however often it is sent. */
export const messageIdOf = ({
  recordId,
  conversationId,
  kind,
}: Pick<RecordMessage, 'recordId' | 'conversationId' | 'kind'>) => `${recordId}.${conversationId}.${kind}`;

/** Readable in a mail, and not given to another record: numbers of one kind are never used twice. */
export const messageMarker = ({ kind, number }: RecordAddress): string => `${kind}-${String(number).padStart(4, '0')}`;

/** How one conversation is addressed. */
interface Addressed {
  customerName: string | null;
}

const INITIALS = /^\p{L}\p{M}*(?:[.-]+\p{L}\p{M}*)*\.?$/u;

/** What somebody is called in a greeting: nobody is greeted by an initial. */
function firstNameOf(name: string | null): string | null {
  const first = name?.trim().split(/\s+/)[0] ?? '';
  return first === '' || INITIALS.test(first) ? null : first;
}

/** What is proposed to a person, who reads and changes it before it is sent. */
export function preparedText(
  kind: MessageKind,
  record: RecordAddress & { title: string; status: string },
  { customerName }: Addressed,
): string {
  const isDone = record.status === 'done';
  if (kind === 'note') {
    const state = isDone
      ? 'It is done: the customer can be told.'
      : 'It is being looked after; the customer will be told here.';
    return `This conversation is part of ${recordName(record).toLowerCase()}, “${record.title}”. ${state}`;
  }
  const firstName = firstNameOf(customerName);
  const thanks = record.kind === 'bug' ? 'you told us about a problem' : 'you asked us for something';
  const news = isDone
    ? record.kind === 'bug'
      ? 'We have fixed it. If you still see it, please tell us here.'
      : 'It is there now. We would like to hear what you think of it.'
    : 'We are working on it, and will tell you here as soon as there is something to see.';
  return `Hello${firstName ? ` ${firstName}` : ''},\n\nsome time ago ${thanks}: ${record.title}.\n\n${news}`;
}

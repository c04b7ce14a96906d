import { textToHtml } from '../text-to-html.ts';
import { markerLine } from './conversation-marker.ts';
import { fitted, present } from './customer-limits.ts';

export interface NewConversation {
  mailboxId: number;
  subject: string;
  /** A known customer, or an address; Help Scout makes a customer for one that it does not know. */
  customer: { id: number } | { email: string; firstName?: string; lastName?: string };
  /** Plain text, in the customer's name. */
  text: string;
  /** What the conversation can be found by when the answer is lost: unique, letters, digits and `._-`. */
  marker: string;
  /** Plain text of an answer that goes out to the customer at once, with the same call. */
  reply?: string;
  tags?: readonly string[];
  status?: 'active' | 'closed' | 'pending';
  /** A user or team; null keeps it unassigned, absent leaves it to the mailbox's own settings. */
  assignTo?: number | null;
}

/** The body of a create. The marker is the last line of the text, for people to read as well. */
export function conversationBody(conversation: NewConversation) {
  const { mailboxId, subject, customer, text, marker, reply, tags, status = 'active', assignTo } = conversation;
  const reference = 'id' in customer ? { id: customer.id } : { email: customer.email };
  return {
    subject,
    mailboxId,
    type: 'email',
    status,
    customer: 'id' in customer ? reference : { ...reference, ...present(fitted(customer)) },
    threads: [
      { type: 'customer', customer: reference, text: textToHtml(`${text}\n\n${markerLine(marker)}`) },
      // Whom a reply is for has to be said: Help Scout documents it as accepted, and mails it.
      ...(reply === undefined ? [] : [{ type: 'reply', customer: reference, text: textToHtml(reply) }]),
    ],
    tags,
    assignTo,
  };
}

import type { ConversationStatus, Person, Thread } from '../store/model.ts';
import { plainThread } from '../store/plain-thread.ts';

interface ItemBase {
  id: number;
  atMs: number;
  /** The user who did it. */
  who: Person;
}

const STATUS_WORDS: Record<ConversationStatus, string> = {
  active: 'marked as Active',
  closed: 'marked as Closed',
  pending: 'marked as Pending',
  spam: 'marked as Spam',
};

interface ItemAction {
  /** An internal name of the original; those for status and assignee are not known, and are ours. */
  type: string;
  /** What is said after the user's name. */
  did: string;
  /** Ids of what it is about, besides the user. */
  about?: Record<string, number>;
}

/** The trace of an action in the list of threads. */
function lineItem({ id, atMs, who }: ItemBase, { type, did, about }: ItemAction): Thread {
  return plainThread({
    id,
    type: 'lineitem',
    text: '',
    author: { type: 'user', id: who.id },
    source: 'api',
    createdAtMs: atMs,
    action: { type, text: `${who.first} ${who.last} ${did}`, associatedEntities: { user: who.id, ...about } },
  });
}

export function statusItem(item: ItemBase, status: ConversationStatus): Thread {
  return { ...lineItem(item, { type: 'changedStatus', did: STATUS_WORDS[status] }), status };
}

/** `assignee` is null where it was taken from somebody. */
export function assignmentItem(item: ItemBase, assignee: string | null): Thread {
  const did = assignee === null ? 'unassigned' : `assigned to ${assignee}`;
  return lineItem(item, { type: 'assigned', did });
}

export function movedItem(item: ItemBase, fromMailboxId: number): Thread {
  return lineItem(item, {
    type: 'movedFromMailbox',
    did: 'moved it from another inbox',
    about: { mailbox: fromMailboxId },
  });
}

export function customerItem(item: ItemBase): Thread {
  return lineItem(item, { type: 'changedTicketCustomer', did: 'changed the customer' });
}

import type { CustomerWrites } from './customer-writes.ts';
import type { Deliverer } from './deliveries/deliverer.ts';
import { floorToSecond } from './http/time.ts';
import type { ConversationWriter } from './inbox/conversation-writer.ts';
import { numberOf } from './store/corpus-conversations.ts';
import type { HiddenMode } from './store/events/conversation-events.ts';
import type { Author, Conversation, ConversationStatus } from './store/model.ts';
import { plainThread } from './store/plain-thread.ts';
import type { Store } from './store/store.ts';

/** What a person can write in the sandbox. */
export const WRITTEN_TYPES = ['customer', 'message', 'note'] as const;
type WrittenType = (typeof WRITTEN_TYPES)[number];

export interface NewConversation {
  mailboxId: number;
  subject: string;
  text: string;
  customerEmail: string;
  tags?: string[];
}

export interface NewThread {
  type: WrittenType;
  text: string;
  status?: ConversationStatus | undefined;
}

export interface WritesDeps {
  store: Store;
  deliverer: Deliverer;
  writer: ConversationWriter;
  customerWrites: CustomerWrites;
  now: () => number;
}

/** What people write on the sandbox's pages and over its control API: as mails of customers, and by agents at work. */
export function createWrites({ store, deliverer, writer, customerWrites, now }: WritesDeps) {
  const { conversations, directory } = store;
  const time = () => floorToSecond(now());

  function authorOf({ customerId, assigneeId }: Conversation, type: WrittenType): Author {
    if (type === 'customer') return { type, id: customerId };
    return { type: 'user', id: (directory.users.get(assigneeId ?? 0) ?? directory.owner()).id };
  }

  return {
    createConversation({ mailboxId, subject, text, customerEmail, tags = [] }: NewConversation): Conversation {
      const createdAtMs = floorToSecond(now());
      const { id: customerId } = customerWrites.findOrCreate({ email: customerEmail });
      const author = { type: 'customer' as const, id: customerId };
      const id = conversations.nextConversationId();
      return writer.create(
        {
          id,
          number: numberOf(id),
          corpusId: null,
          type: 'email',
          state: 'published',
          status: 'active',
          subject,
          mailboxId,
          customerId,
          assigneeId: null,
          tags,
          fields: [],
          snooze: null,
          cc: [],
          bcc: [],
          source: 'email',
          createdAtMs,
          closed: null,
          threads: [plainThread({ id: conversations.nextThreadId(), type: 'customer', text, author, createdAtMs })],
        },
        { imported: false },
      );
    },
    /** Without a status, a reply from either side makes the conversation active and a note leaves it. Answers the thread's id. */
    addThread(conversation: Conversation, { type, text, status }: NewThread): number {
      const id = conversations.nextThreadId();
      const author = authorOf(conversation, type);
      const thread = plainThread({ id, type, text, author, createdAtMs: floorToSecond(now()) });
      const becomes = status ?? (type === 'note' ? null : 'active');
      writer.addThread(conversation, { ...thread, status: becomes ?? 'nochange' }, { status: becomes });
      return id;
    },
    deleteConversation: writer.delete,
    /**
     * Moves a conversation's threads into another one and answers that, which is also what the webhooks are told. Throws a
     * `RangeError` when both are the same.
     */
    mergeConversations(from: Conversation, into: Conversation): Conversation {
      if (from.id === into.id) throw new RangeError('a conversation cannot be merged into itself');
      store.commit({
        kind: 'conversationMerged',
        conversationId: from.id,
        intoId: into.id,
        firstLineItemId: conversations.nextThreadId(),
        byUserId: directory.owner().id,
        atMs: time(),
      });
      const survivor = conversations.get(into.id);
      if (!survivor) throw new Error(`conversation ${into.id} is not stored`);
      deliverer.publish('convo.merged', survivor);
      return survivor;
    },
    /** No webhook tells of mailboxes. */
    hideMailbox(mailboxId: number, mode: HiddenMode): void {
      store.commit({ kind: 'mailboxHidden', mailboxId, mode, atMs: time() });
    },
    showMailbox(mailboxId: number): void {
      store.commit({ kind: 'mailboxShown', mailboxId, atMs: time() });
    },
  };
}

export type Writes = ReturnType<typeof createWrites>;

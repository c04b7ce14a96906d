import type { Deliverer } from './deliveries/deliverer.ts';
import { floorToSecond } from './http/time.ts';
import type { Conversation, ConversationStatus, ThreadType } from './store/model.ts';
import type { Store } from './store/store.ts';

export interface NewConversation {
  mailboxId: number;
  subject: string;
  text: string;
  customerEmail: string;
  tags?: string[];
}

export interface NewThread {
  type: ThreadType;
  text: string;
  status?: ConversationStatus | undefined;
}

const EVENT_OF: Record<ThreadType, string> = {
  customer: 'convo.customer.reply.created',
  message: 'convo.agent.reply.created',
  note: 'convo.note.created',
};

/** What people write, whichever way it comes in: stored first, then told to the webhooks. */
export function createWrites({ store, deliverer, now }: { store: Store; deliverer: Deliverer; now: () => number }) {
  return {
    createConversation({ tags = [], ...conversation }: NewConversation): Conversation {
      const conversationId = store.conversations.nextConversationId();
      store.commit({
        kind: 'conversationCreated',
        conversationId,
        threadId: store.conversations.nextThreadId(),
        ...conversation,
        tags,
        atMs: floorToSecond(now()),
      });
      const created = store.conversations.get(conversationId);
      if (!created) throw new Error('the new conversation was not stored');
      deliverer.publish('convo.created', created);
      return created;
    },
    /** Without a status, a reply from either side makes the conversation active and a note leaves it. Answers the thread's id. */
    addThread(conversation: Conversation, { type, text, status }: NewThread): number {
      const threadId = store.conversations.nextThreadId();
      store.commit({
        kind: 'threadAdded',
        conversationId: conversation.id,
        threadId,
        type,
        text,
        status: status ?? (type === 'note' ? null : 'active'),
        atMs: floorToSecond(now()),
      });
      deliverer.publish(EVENT_OF[type], conversation);
      return threadId;
    },
  };
}

export type Writes = ReturnType<typeof createWrites>;

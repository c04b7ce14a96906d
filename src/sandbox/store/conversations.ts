import type { Corpus } from '../corpus/corpus-line.ts';
import { activityOf } from './activity.ts';
import { corpusConversations, FIRST_CONVERSATION_ID, FIRST_THREAD_ID } from './corpus-conversations.ts';
import type { Directory } from './directory.ts';
import type { SandboxEvent } from './events.ts';
import type { Conversation, Person, Thread } from './model.ts';
import { createSortedViews } from './sorted-views.ts';

/** All conversations: those of the corpus, and what events added. */
export function createConversations(corpus: Corpus, directory: Directory, referenceMs: number) {
  const byId = new Map<number, Conversation>();
  let lastThreadId = FIRST_THREAD_ID - 1;
  for (const conversation of corpusConversations(corpus, directory, referenceMs)) {
    byId.set(conversation.id, conversation);
    lastThreadId += conversation.threads.length;
  }
  const views = createSortedViews(() => byId.values(), directory);

  function create(event: Extract<SandboxEvent, { kind: 'conversationCreated' }>): void {
    const customer = directory.customer(event.customerEmail);
    const threads: Thread[] = [
      { id: event.threadId, type: 'customer', text: event.text, authorId: customer.id, createdAtMs: event.atMs },
    ];
    const conversation: Conversation = {
      id: event.conversationId,
      number: event.conversationId - FIRST_CONVERSATION_ID + 1,
      corpusId: null,
      mailboxId: event.mailboxId,
      subject: event.subject,
      status: 'active',
      customerId: customer.id,
      assigneeId: null,
      tags: event.tags.map((name) => directory.tag(name)),
      createdAtMs: event.atMs,
      closed: null,
      threads,
      activity: activityOf(threads, event.atMs),
    };
    byId.set(conversation.id, conversation);
    lastThreadId = Math.max(lastThreadId, event.threadId);
    views.added(conversation);
  }

  function addThread(event: Extract<SandboxEvent, { kind: 'threadAdded' }>): void {
    const conversation = byId.get(event.conversationId);
    if (!conversation) return;
    const author = authorOf(conversation, event.type);
    conversation.threads.push({
      id: event.threadId,
      type: event.type,
      text: event.text,
      authorId: author.id,
      // A corpus may have threads in the future; the order of arrival must hold all the same.
      createdAtMs: Math.max(event.atMs, conversation.activity.modifiedAtMs),
    });
    conversation.activity = activityOf(conversation.threads, conversation.createdAtMs);
    if (event.type === 'message') conversation.assigneeId ??= author.id;
    if (event.status !== null) {
      conversation.status = event.status;
      conversation.closed = event.status === 'closed' ? { atMs: event.atMs, byUserId: author.id } : conversation.closed;
    }
    lastThreadId = Math.max(lastThreadId, event.threadId);
    views.changed();
  }

  function authorOf(conversation: Conversation, type: Thread['type']): Person {
    if (type !== 'customer') return directory.users.get(conversation.assigneeId ?? 0) ?? directory.owner();
    const customer = directory.customers.get(conversation.customerId);
    if (!customer) throw new Error(`conversation ${conversation.id} has no customer`);
    return customer;
  }

  return {
    get: (id: number): Conversation | undefined => byId.get(id),
    all: (): Conversation[] => [...byId.values()],
    count: (): number => byId.size,
    ascending: views.ascending,
    nextConversationId: (): number => FIRST_CONVERSATION_ID + byId.size,
    nextThreadId: (): number => lastThreadId + 1,
    apply(event: SandboxEvent): void {
      if (event.kind === 'conversationCreated') create(event);
      if (event.kind === 'threadAdded') addThread(event);
    },
  };
}

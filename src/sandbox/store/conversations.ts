import type { Corpus } from '../corpus/corpus-line.ts';
import { activityOf } from './activity.ts';
import { changeConversation, isChange, mergeConversations } from './conversation-changes.ts';
import { corpusConversations, FIRST_CONVERSATION_ID, FIRST_THREAD_ID } from './corpus-conversations.ts';
import type { Directory } from './directory.ts';
import type { HiddenMode } from './events/conversation-events.ts';
import type { SandboxEvent } from './events.ts';
import type { GeneratedAccount } from './generated/generated-account.ts';
import { indexEntryOf, isGone } from './index-columns.ts';
import type { Conversation } from './model.ts';
import { createSearchIndex, type Selection } from './search-index.ts';

export interface ConversationsOptions {
  corpus: Corpus;
  directory: Directory;
  referenceMs: number;
  /** Conversations that come after those of the corpus and are made when somebody reads them. */
  generated: GeneratedAccount | null;
  now: () => number;
  searchLagMs: () => number;
}

/**
 * All conversations: those of the corpus, generated ones, and what events made of them. Ids and numbers go up by one, so a
 * row of the search index is an id less the first one. Only what events touched is kept of the generated ones.
 */
export function createConversations(options: ConversationsOptions) {
  const { corpus, directory, referenceMs, generated, now, searchLagMs } = options;
  const kept = new Map<number, Conversation>();
  const hiddenMailboxes = new Map<number, HiddenMode>();
  const fromCorpus = corpusConversations(corpus, directory, referenceMs);
  const firstGeneratedRow = fromCorpus.length;
  let rows = firstGeneratedRow + (generated?.count ?? 0);
  let goneCount = 0;
  let lastThreadId = FIRST_THREAD_ID - 1;
  let lastAttachmentId = generated?.lastAttachmentId ?? 0;

  const index = createSearchIndex({
    expectedRows: rows,
    now,
    lagMs: searchLagMs,
    textOf: (field, row) => {
      if (field === 'subject') return subjectOf(row).toLowerCase();
      const customer = directory.customers.get(index.columns.customerId(row));
      const text = field === 'customerEmail' ? customer?.email : `${customer?.first} ${customer?.last}`;
      return (text ?? '').toLowerCase();
    },
  });

  for (const [row, conversation] of fromCorpus.entries()) {
    kept.set(conversation.id, conversation);
    lastThreadId += conversation.threads.length;
    index.load(row, indexEntryOf(conversation));
  }
  const firstGeneratedThreadId = lastThreadId + 1;
  for (let position = 0; position < (generated?.count ?? 0); position += 1) {
    const entry = generated?.entry(position);
    if (entry) index.load(firstGeneratedRow + position, entry);
  }
  lastThreadId += generated?.reservedThreadIds ?? 0;

  const rowOf = (id: number) => id - FIRST_CONVERSATION_ID;
  const idOf = (row: number) => FIRST_CONVERSATION_ID + row;

  function find(id: number): Conversation | undefined {
    const known = kept.get(id);
    const row = rowOf(id);
    if (known || generated === null || row < firstGeneratedRow) return known;
    return generated.conversation(row - firstGeneratedRow, { id, number: row + 1, firstGeneratedThreadId });
  }

  function subjectOf(row: number): string {
    const known = kept.get(idOf(row));
    return known?.subject ?? generated?.subject(row - firstGeneratedRow) ?? '';
  }

  /** Runs a change of one conversation, with the index told before and after it. */
  function change(id: number, make: (conversation: Conversation) => void): void {
    const conversation = find(id);
    if (!conversation) return;
    index.keepSeen(rowOf(id), conversation);
    kept.set(id, conversation);
    const wasGone = isGone(conversation);
    make(conversation);
    conversation.tags = conversation.tags.map((name) => directory.tag(name).name);
    if (!wasGone && isGone(conversation)) goneCount += 1;
    noteIds(conversation);
    index.update(rowOf(id), conversation);
  }

  function noteIds({ threads }: Conversation): void {
    for (const thread of threads) {
      lastThreadId = Math.max(lastThreadId, thread.id);
      for (const { id } of thread.attachments) lastAttachmentId = Math.max(lastAttachmentId, id);
    }
  }

  function create({ conversation, atMs }: Extract<SandboxEvent, { kind: 'conversationCreated' }>): void {
    const activity = activityOf(conversation.threads, conversation.createdAtMs);
    const created: Conversation = {
      ...conversation,
      tags: conversation.tags.map((name) => directory.tag(name).name),
      activity: { ...activity, modifiedAtMs: Math.max(activity.modifiedAtMs, atMs) },
      mergedInto: null,
    };
    kept.set(created.id, created);
    rows = Math.max(rows, rowOf(created.id) + 1);
    noteIds(created);
    index.keepSeen(rowOf(created.id), null);
    index.update(rowOf(created.id), created);
  }

  function apply(event: SandboxEvent): void {
    index.textsChanged();
    if (event.kind === 'conversationCreated') create(event);
    if (event.kind === 'mailboxHidden') hiddenMailboxes.set(event.mailboxId, event.mode);
    if (event.kind === 'mailboxShown') hiddenMailboxes.delete(event.mailboxId);
    if (event.kind === 'conversationMerged') {
      const { conversationId, intoId } = event;
      change(conversationId, (from) => {
        change(intoId, (into) => mergeConversations(from, into, event));
      });
    }
    if (isChange(event)) {
      change(event.conversationId, (conversation) => changeConversation(conversation, event));
    }
  }

  /** Whether a list may show the row, whatever it asks for. */
  const isVisible = (row: number) => hiddenMailboxes.size === 0 || !hiddenMailboxes.has(index.columns.mailboxId(row));

  return {
    /** As it is now, unless it was deleted or merged away; read it again after a commit that changes it. */
    get(id: number): Conversation | undefined {
      const conversation = find(id);
      return conversation === undefined || isGone(conversation) ? undefined : conversation;
    },
    /** Also what was deleted or merged into another one. */
    find,
    /** All that `get` answers, by id, one at a time. */
    *all(): Iterable<Conversation> {
      for (let row = 0; row < rows; row += 1) {
        const conversation = find(idOf(row));
        if (conversation && !isGone(conversation)) yield conversation;
      }
    },
    count: (): number => rows - goneCount,
    nextConversationId: (): number => idOf(rows),
    nextThreadId: (): number => lastThreadId + 1,
    nextAttachmentId: (): number => lastAttachmentId + 1,
    /** How a hidden mailbox answers; undefined for one that is there. */
    hiddenMode: (mailboxId: number): HiddenMode | undefined => hiddenMailboxes.get(mailboxId),
    /** How many of the customer's conversations lists have. */
    countOfCustomer(customerId: number): number {
      const { columns } = index;
      let count = 0;
      for (let row = 0; row < columns.length(); row += 1) {
        if (columns.customerId(row) === customerId && columns.isListed(row)) count += 1;
      }
      return count;
    },
    /** The columns of the search index. */
    columns: index.columns,
    idOf,
    /** What the words of a row are searched in, which may be older than what is stored; null when there is nothing yet. */
    indexed(row: number): Conversation | null {
      const seen = index.seen(row);
      return seen === undefined ? (find(idOf(row)) ?? null) : seen;
    },
    /** As `indexed`, of the subject alone, which is had for less. */
    indexedSubject(row: number): string {
      const seen = index.seen(row);
      return seen === undefined ? subjectOf(row) : (seen?.subject ?? '');
    },
    /** A page of the search index, of conversations in mailboxes that are not hidden. */
    select(selection: Selection): { total: number; conversations: Conversation[] } {
      const { total, rows: found } = index.select({
        ...selection,
        matches: (row) => isVisible(row) && selection.matches(row),
      });
      return { total, conversations: found.flatMap((row) => find(idOf(row)) ?? []) };
    },
    apply,
  };
}

import { createHash } from 'node:crypto';
import type { Corpus, CorpusLine } from '../corpus/corpus-line.ts';
import { cutText } from '../cut-text.ts';
import { floorToSecond } from '../http/time.ts';
import { activityOf } from './activity.ts';
import { DEFAULT_MAILBOX, type Directory } from './directory.ts';
import type { Conversation, Thread } from './model.ts';
import { plainThread } from './plain-thread.ts';

export const FIRST_CONVERSATION_ID = 7001;
export const FIRST_THREAD_ID = 990_001;
const SPREAD_MS = 25 * 24 * 60 * 60 * 1000;
const THREAD_STEP_MS = 37 * 60 * 1000;
const SUBJECT_LENGTH = 60;

/** Numbers count the conversations as ids do. */
export function numberOf(conversationId: number): number {
  return conversationId - FIRST_CONVERSATION_ID + 1;
}

/** Goes up when events are kept in another form: a folder with older ones is then refused like one of another corpus. */
const DATA_VERSION = 2;

/** Changes when the corpus's conversations change, whatever their dates: ids in the data folder refer to positions in it. */
export function corpusFingerprint(corpus: Corpus, generatedCount: number): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([DATA_VERSION, generatedCount]));
  for (const line of corpus.conversations) {
    hash.update(JSON.stringify([line.id, line.text, (line.threads ?? []).map((thread) => [thread.type, thread.text])]));
  }
  return hash.digest('hex');
}

/** The corpus as conversations; missing dates are spread over the 25 days before the reference time, in corpus order. */
export function corpusConversations(corpus: Corpus, directory: Directory, referenceMs: number): Conversation[] {
  const total = corpus.conversations.length;
  let nextThreadId = FIRST_THREAD_ID;
  if (total === 0) directory.mailbox(DEFAULT_MAILBOX);
  return corpus.conversations.map((line, index) => {
    const defaultMs = floorToSecond(referenceMs - SPREAD_MS + Math.floor((SPREAD_MS * index) / total));
    const conversation = fromLine(line, index, directory, { defaultMs, referenceMs, firstThreadId: nextThreadId });
    nextThreadId += conversation.threads.length;
    return conversation;
  });
}

interface Placement {
  defaultMs: number;
  referenceMs: number;
  firstThreadId: number;
}

function fromLine(line: CorpusLine, index: number, directory: Directory, place: Placement): Conversation {
  const id = FIRST_CONVERSATION_ID + index;
  const customer = directory.customer(line.customerEmail ?? `customer-${index + 1}@example.com`);
  const source = line.threads ?? [{ type: 'customer' as const, text: line.text }];
  const createdAtMs = millisecondsOf(line.createdAt ?? source[0]?.createdAt) ?? place.defaultMs;
  const stepMs = Math.max(1000, Math.min(THREAD_STEP_MS, (place.referenceMs - createdAtMs) / source.length));

  let previousMs = createdAtMs - stepMs;
  const threads = source.map((thread, position): Thread => {
    const threadMs = millisecondsOf(thread.createdAt) ?? floorToSecond(previousMs + stepMs);
    previousMs = threadMs;
    return plainThread({
      id: place.firstThreadId + position,
      type: thread.type,
      text: thread.text,
      author:
        thread.type === 'customer'
          ? { type: 'customer', id: customerAuthor(thread.from) }
          : { type: 'user', id: agentAuthor(thread.from) },
      createdAtMs: threadMs,
    });
  });
  threads.sort((a, b) => a.createdAtMs - b.createdAtMs || a.id - b.id);

  function customerAuthor(from: string | undefined): number {
    return from?.includes('@') ? directory.customer(from).id : customer.id;
  }
  function agentAuthor(from: string | undefined): number {
    return (from === undefined ? directory.agent(index) : directory.user(from)).id;
  }

  const lastAnswer = threads.findLast((thread) => thread.type === 'message');
  const activity = activityOf(threads, createdAtMs);
  // As in a tended inbox: what an agent answered last is closed, what waits for an answer is active.
  const isClosed = activity.latestReplyFrom === 'user' && lastAnswer !== undefined;
  return {
    id,
    number: index + 1,
    corpusId: line.id,
    type: 'email',
    state: 'published',
    mailboxId: directory.mailbox(line.mailbox ?? DEFAULT_MAILBOX).id,
    subject: line.subject ?? subjectOf(line.text),
    status: isClosed ? 'closed' : 'active',
    customerId: customer.id,
    assigneeId: lastAnswer?.author.id ?? null,
    tags: [],
    fields: [],
    snooze: null,
    cc: [],
    bcc: [],
    source: 'email',
    createdAtMs,
    closed: isClosed ? { atMs: lastAnswer.createdAtMs, byUserId: lastAnswer.author.id } : null,
    threads,
    activity,
    mergedInto: null,
  };
}

function millisecondsOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : floorToSecond(Date.parse(date));
}

/** The first words of a text, at most 60 characters. */
function subjectOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= SUBJECT_LENGTH) return line === '' ? '(no subject)' : line;
  const lastSpace = line.lastIndexOf(' ', SUBJECT_LENGTH);
  return lastSpace > 0 ? line.slice(0, lastSpace) : cutText(line, SUBJECT_LENGTH);
}

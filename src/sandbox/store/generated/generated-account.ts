import { ISSUES } from '../../corpus/issues/all-issues.ts';
import { activityOf, isReplyType, type ThreadOutline } from '../activity.ts';
import type { Directory } from '../directory.ts';
import type { IndexEntry } from '../index-columns.ts';
import type { Attachment, Author, Conversation, Thread } from '../model.ts';
import { plainThread } from '../plain-thread.ts';
import type { GeneratedPeople } from './generated-people.ts';
import { MOST_THREADS, type Outline, outlineOf, TAGS } from './outline.ts';
import { randomOf } from './random-of.ts';
import { createWords, type Words } from './words.ts';

const FIRST_ATTACHMENT_ID = 71;

export interface GeneratedOptions {
  seed: number;
  count: number;
  referenceMs: number;
  people: GeneratedPeople;
  directory: Directory;
}

/** Where a generated conversation stands among all. */
interface Place {
  id: number;
  number: number;
  /** Of the first generated conversation's first thread. */
  firstGeneratedThreadId: number;
}

/**
 * The conversations of a large account. None is kept: each follows from the seed and its position whenever somebody reads it,
 * and always in the same way.
 */
export function createGeneratedAccount({ seed, count, referenceMs, people, directory }: GeneratedOptions) {
  const outline = (position: number) => outlineOf({ seed, count, customers: people.count, referenceMs }, position);
  const [systemUser] = directory.systemUsers.all();
  for (const tag of TAGS) directory.tag(tag);

  const agentIds = [0, 1, 2].map((turn) => directory.agent(turn).id);
  const agentIdOf = ({ agent }: Outline) => agentIds[agent] ?? directory.owner().id;
  const mailboxIds = new Map(ISSUES.map(({ mailbox }) => [mailbox, directory.mailbox(mailbox).id]));
  const mailboxIdOf = ({ issue }: Outline) => mailboxIds.get(issue.mailbox) ?? 0;

  function wordsOf(position: number, of: Outline): Words {
    return createWords(randomOf(seed, position, 'words'), of, people.writer(of.customer));
  }

  function authorOf(of: Outline, by: Author['type']): Author {
    if (by === 'customer') return { type: by, id: people.idOf(of.customer) };
    if (by === 'system_user' && systemUser) return { type: by, id: systemUser.id };
    return { type: 'user', id: agentIdOf(of) };
  }

  /** The threads but for their words. */
  function threadOutlines(of: Outline): ThreadOutline[] {
    return of.threads.map(({ type, by, atMs }) => ({
      type,
      state: 'published',
      author: authorOf(of, by),
      createdAtMs: atMs,
    }));
  }

  function assigneeOf(of: Outline): number | null {
    return of.threads.some(({ type, by }) => by !== 'customer' && isReplyType(type)) ? agentIdOf(of) : null;
  }

  return {
    count,
    /** Every conversation has ids for as many threads as one may have, so that none depends on the others. */
    reservedThreadIds: count * MOST_THREADS,
    lastAttachmentId: FIRST_ATTACHMENT_ID - 1 + count,
    entry(position: number): IndexEntry {
      const of = outline(position);
      const activity = activityOf(threadOutlines(of), of.createdAtMs);
      // Field by field: this runs for every conversation at the start, and a spread costs ten times as much.
      return {
        createdAtMs: of.createdAtMs,
        modifiedAtMs: activity.modifiedAtMs,
        waitingSinceMs: activity.waitingSinceMs,
        status: of.status,
        mailboxId: mailboxIdOf(of),
        customerId: people.idOf(of.customer),
        assigneeId: assigneeOf(of),
        tags: of.tags,
        hasAttachments: of.hasAttachment,
        hasFields: false,
        hasCopies: false,
        isListed: true,
      };
    },
    subject: (position: number): string => wordsOf(position, outline(position)).subject,
    conversation(position: number, { id, number, firstGeneratedThreadId }: Place): Conversation | undefined {
      if (position < 0 || position >= count) return undefined;
      const of = outline(position);
      const words = wordsOf(position, of);
      const source = of.type === 'chat' ? 'beacon' : of.type === 'phone' ? 'web' : 'email';
      const firstThreadId = firstGeneratedThreadId + position * MOST_THREADS;
      const outlines = threadOutlines(of);
      const activity = activityOf(outlines, of.createdAtMs);
      return {
        id,
        number,
        corpusId: null,
        type: of.type,
        state: 'published',
        status: of.status,
        subject: words.subject,
        mailboxId: mailboxIdOf(of),
        customerId: people.idOf(of.customer),
        assigneeId: assigneeOf(of),
        tags: of.tags,
        fields: [],
        snooze: null,
        cc: [],
        bcc: [],
        source,
        createdAtMs: of.createdAtMs,
        closed: of.status === 'closed' ? { atMs: activity.modifiedAtMs, byUserId: agentIdOf(of) } : null,
        threads: outlines.map(({ type, author, createdAtMs }, index) =>
          plainThread({
            id: firstThreadId + index,
            type,
            text: textOf(words, { type, author }, index),
            author,
            createdAtMs,
            source: type === 'lineitem' ? 'workflows' : source,
            attachments: index === 0 && of.hasAttachment ? [attachment(FIRST_ATTACHMENT_ID + position)] : [],
            action: type === 'lineitem' ? lineItemAction(author) : null,
          }),
        ),
        activity,
        mergedInto: null,
      };
    },
  };
}

export type GeneratedAccount = ReturnType<typeof createGeneratedAccount>;

function textOf(words: Words, { type, author }: Pick<Thread, 'type' | 'author'>, index: number): string {
  if (type === 'lineitem') return '';
  if (type === 'note') return words.note();
  if (index === 0) return words.opening();
  return author.type === 'customer' ? words.fromCustomer() : words.fromAgent();
}

function lineItemAction({ type, id }: Author): Thread['action'] {
  if (type === 'user') return { type: 'assigned', text: 'Assigned to a colleague', associatedEntities: { user: id } };
  return { type: 'workflow', text: 'A workflow changed the status', associatedEntities: { workflow: 11 } };
}

function attachment(id: number): Attachment {
  const text = `log of attachment ${id}\n`;
  return {
    id,
    fileName: 'log.txt',
    mimeType: 'text/plain',
    size: text.length,
    data: Buffer.from(text).toString('base64'),
  };
}

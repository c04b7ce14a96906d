import { createHash } from 'node:crypto';
import {
  type Attachment,
  type Conversation,
  type Person,
  type Thread,
  threadTypeSchema,
} from '../domain/conversation.ts';
import { htmlToText } from './html-to-text.ts';
import type { ApiConversation, ApiPerson, ApiThread } from './schemas.ts';

/** Threads people wrote and can see; line items are Help Scout's own notes about status changes. */
const isShown = (thread: ApiThread) => thread.type !== 'lineitem' && (thread.state ?? 'published') === 'published';

/**
 * Whether the thread list must be read, because the embedded threads are cut short: those of chats are on purpose, in a
 * form nobody documents, so that their number alone may not tell.
 */
export function hasMissingThreads(conversation: ApiConversation): boolean {
  if (conversation.type === 'chat') return true;
  const embedded = (conversation._embedded?.threads ?? []).filter(
    (thread) => isShown(thread) && thread.type !== 'note',
  );
  return embedded.length < conversation.threads;
}

/** All of a conversation's threads: those it came with, or its thread list where they are cut short. */
export async function allThreads(
  conversation: ApiConversation,
  readList: (conversationId: number) => Promise<ApiThread[]>,
): Promise<readonly ApiThread[]> {
  return hasMissingThreads(conversation) ? await readList(conversation.id) : (conversation._embedded?.threads ?? []);
}

/**
 * A conversation as we keep it, from Help Scout's reply and (where embedded ones are cut short) its thread list. A thread
 * that came twice, as it may when pages move while they are read, is kept as it came last.
 */
export function toConversation(
  api: ApiConversation,
  apiThreads: readonly ApiThread[],
  owner: { organizationId: string; integrationId: string; importedAt: Date },
): Conversation {
  const shown = [...new Map(apiThreads.map((thread) => [thread.id, thread])).values()]
    .filter(isShown)
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id);
  const isForward = FORWARD_SUBJECT.test(api.subject ?? '');
  const threads = shown.map((thread, index) => toThread(thread, isForward && index === 0));
  const webUrl = api._links?.web?.href ?? '';
  return {
    organizationId: owner.organizationId,
    integrationId: owner.integrationId,
    conversationId: api.id,
    number: api.number,
    mailboxId: api.mailboxId,
    subject: api.subject ?? '',
    status: api.status,
    customer: { ...toPerson(api.primaryCustomer), kind: 'customer' },
    createdAt: new Date(api.createdAt),
    webUrl: /^https?:\/\//.test(webUrl) ? webUrl : `https://secure.helpscout.net/conversation/${api.id}/${api.number}`,
    threads,
    contentHash: contentHash(api.subject ?? '', threads),
    importedAt: owner.importedAt,
  };
}

/** What mail programs put before the subject of a message that is passed on. */
const FORWARD_SUBJECT = /^\s*(fwd?|wg|tr|rv|enc|doorst|vb|pd|vl|转发|轉寄|転送)\s*[:：]/iu;

function toThread(api: ApiThread, isForward: boolean): Thread {
  const type = threadTypeSchema.catch('note').parse(api.type);
  return {
    threadId: api.id,
    type,
    author: toAuthor(api, type),
    createdAt: new Date(api.createdAt),
    attachments: (api._embedded?.attachments ?? []).map(toAttachment),
    ...htmlToText(api.body ?? '', { isForward }),
  };
}

/**
 * Who wrote a thread. A `customer` thread is a customer's and a `message` a user's, whoever entered it; calls, chats and
 * forwards may be of either. Persons often come without names, and a thread's `customer` without a type.
 */
function toAuthor({ createdBy, customer }: ApiThread, type: Thread['type']): Person {
  if (type === 'customer') {
    return {
      ...toPerson(createdBy?.type === 'user' ? (customer ?? createdBy) : (createdBy ?? customer)),
      kind: 'customer',
    };
  }
  if (type === 'message') return { ...toPerson(createdBy), kind: 'user' };
  const isCustomers = createdBy?.type
    ? createdBy.type === 'customer'
    : type === 'phone' || type === 'chat' || type === 'beaconchat';
  return { ...toPerson(createdBy ?? (isCustomers ? customer : null)), kind: isCustomers ? 'customer' : 'user' };
}

type ApiAttachment = NonNullable<NonNullable<ApiThread['_embedded']>['attachments']>[number];

function toAttachment({ filename, mimeType, size }: ApiAttachment): Attachment {
  return {
    name: filename || 'Unnamed file',
    mimeType: mimeType || 'application/octet-stream',
    ...(size && Number.isSafeInteger(size) && size > 0 && { size }),
  };
}

function toPerson(api: ApiPerson | null | undefined): Omit<Person, 'kind'> {
  const name = [api?.first, api?.last].filter(Boolean).join(' ');
  return {
    ...(api?.id && { id: api.id }),
    ...(name && { name }),
    ...(api?.email && { email: api.email.toLowerCase() }),
  };
}

/** Of what a classification depends on: subject, and who wrote what. Notes and status do not change it. */
function contentHash(subject: string, threads: readonly Thread[]): string {
  const hash = createHash('sha256').update(subject);
  for (const thread of threads) {
    if (thread.type !== 'note') hash.update(`\u0000${thread.threadId}\u0000${thread.author.kind}\u0000${thread.text}`);
  }
  return hash.digest('base64url');
}

import { createHash } from 'node:crypto';
import { type Conversation, type Person, type Thread, threadTypeSchema } from '../domain/conversation.ts';
import { htmlToText } from './html-to-text.ts';
import type { ApiConversation, ApiPerson, ApiThread } from './schemas.ts';

/** Threads people wrote and can see; line items are Help Scout's own notes about status changes. */
const isShown = (thread: ApiThread) => thread.type !== 'lineitem' && (thread.state ?? 'published') === 'published';

/** Whether the embedded threads are cut short (Help Scout does so for chats): then the thread list must be read. */
export function hasMissingThreads(conversation: ApiConversation): boolean {
  const embedded = (conversation._embedded?.threads ?? []).filter(
    (thread) => isShown(thread) && thread.type !== 'note',
  );
  return embedded.length < conversation.threads;
}

/** A conversation as we keep it, from Help Scout's reply and (where embedded ones are cut short) its thread list. */
export function toConversation(
  api: ApiConversation,
  apiThreads: readonly ApiThread[],
  owner: { organizationId: string; integrationId: string; importedAt: Date },
): Conversation {
  const threads = apiThreads
    .filter(isShown)
    .map(toThread)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || a.threadId - b.threadId);
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
    webUrl: api._links?.web?.href ?? `https://secure.helpscout.net/conversation/${api.id}/${api.number}`,
    threads,
    contentHash: contentHash(api.subject ?? '', threads),
    importedAt: owner.importedAt,
  };
}

function toThread(api: ApiThread): Thread {
  const type = threadTypeSchema.catch('note').parse(api.type);
  const author = api.createdBy ?? api.customer;
  const fallback = type === 'customer' || type === 'phone' || type === 'chat' ? 'customer' : 'user';
  return {
    threadId: api.id,
    type,
    author: { ...toPerson(author), kind: author?.type === 'customer' ? 'customer' : author?.type ? 'user' : fallback },
    text: htmlToText(api.body ?? ''),
    createdAt: new Date(api.createdAt),
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

import { formatDistance } from 'date-fns';
import { cutText } from '../cut-text.ts';
import { isoSeconds } from '../http/time.ts';
import type { Conversation, Mailbox, Person, Thread } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import { messageHtml } from './message-html.ts';

const PREVIEW_LENGTH = 100;
const TAG_COLOR = '#a5b2bd';

export interface ShapeOptions {
  store: Store;
  baseUrl: string;
  now: () => number;
}

/** The objects of the Inbox API, as JSON. `modifiedAt` of a conversation is kept but never shown, as in the original. */
export function createJsonShapes({ store, baseUrl, now }: ShapeOptions) {
  const { directory, faults } = store;
  const link = (path: string) => ({ href: `${baseUrl}${path}` });
  const customerLink = (id: number) => link(`/v2/customers/${id}`);
  const userLink = (id: number) => link(`/v2/users/${id}`);
  const photoUrl = `${baseUrl}/assets/person.svg`;

  const person = (type: 'user' | 'customer', { id, first, last, email }: Person) => ({ id, type, first, last, email });

  function authorOf(thread: Thread): { type: 'user' | 'customer'; who: Person } {
    const type = thread.type === 'customer' ? 'customer' : 'user';
    const table = type === 'customer' ? directory.customers : directory.users;
    return { type, who: known(table.get(thread.authorId)) };
  }

  function thread(conversation: Conversation, item: Thread): object {
    const { type, who } = authorOf(item);
    const customer = type === 'customer' ? who : known(directory.customers.get(conversation.customerId));
    const assignee = directory.users.get(conversation.assigneeId ?? -1);
    const mailbox = known(directory.mailboxes.get(conversation.mailboxId));
    const to = { customer: [mailbox.email], message: [customer.email], note: [] }[item.type];
    return {
      id: item.id,
      type: item.type,
      status: item.type === 'note' ? 'nochange' : 'active',
      state: 'published',
      action: { type: 'default', associatedEntities: {} },
      body: messageHtml(item.text),
      source: { type: item.type === 'customer' ? 'email' : 'web', via: type },
      customer: { id: customer.id, first: customer.first, last: customer.last, photoUrl, email: customer.email },
      createdBy: { ...person(type, who), photoUrl },
      ...(assignee && { assignedTo: person('user', assignee) }),
      savedReplyId: 0,
      to,
      cc: [],
      bcc: [],
      createdAt: isoSeconds(item.createdAtMs),
      _embedded: { attachments: [] },
      _links: {
        ...(type === 'customer' ? { createdByCustomer: customerLink(who.id) } : { createdByUser: userLink(who.id) }),
        customer: customerLink(customer.id),
        ...(assignee && { assignedTo: userLink(assignee.id) }),
      },
    };
  }

  /** Newest first. Empty while the conversation's threads are made unreadable. */
  function embeddedThreads(conversation: Conversation): object[] {
    if (faults.areThreadsBroken(conversation.id)) return [];
    return conversation.threads.toReversed().map((item) => thread(conversation, item));
  }

  function conversation(item: Conversation, { withThreads = false } = {}): object {
    const { activity } = item;
    const customer = known(directory.customers.get(item.customerId));
    const assignee = directory.users.get(item.assigneeId ?? -1);
    const closer = directory.users.get(item.closed?.byUserId ?? -1);
    const lastReply = item.threads.findLast((entry) => entry.type !== 'note');
    const first = item.threads[0];
    const createdBy = first ? authorOf(first) : { type: 'customer' as const, who: customer };
    return {
      id: item.id,
      number: item.number,
      threads: activity.publishedThreads,
      type: 'email',
      folderId: folderIdOf(item),
      status: item.status,
      state: 'published',
      subject: item.subject,
      preview: cutText((lastReply?.text ?? '').replace(/\s+/g, ' '), PREVIEW_LENGTH),
      mailboxId: item.mailboxId,
      ...(assignee && { assignee: person('user', assignee) }),
      createdBy: person(createdBy.type, createdBy.who),
      createdAt: isoSeconds(item.createdAtMs),
      closedBy: closer?.id ?? 0,
      ...(item.closed &&
        closer && { closedByUser: { ...person('user', closer), photoUrl }, closedAt: isoSeconds(item.closed.atMs) }),
      userUpdatedAt: isoSeconds(activity.userUpdatedAtMs),
      customerWaitingSince: {
        time: isoSeconds(activity.waitingSinceMs),
        friendly: formatDistance(activity.waitingSinceMs, now(), { addSuffix: true }),
        latestReplyFrom: activity.latestReplyFrom,
      },
      source: { type: 'email', via: createdBy.type },
      tags: item.tags.map((tag) => ({ id: tag.id, color: TAG_COLOR, tag: tag.name })),
      cc: [],
      bcc: [],
      primaryCustomer: person('customer', customer),
      customFields: [],
      _embedded: { threads: withThreads ? embeddedThreads(item) : [] },
      _links: {
        self: link(`/v2/conversations/${item.id}`),
        mailbox: link(`/v2/mailboxes/${item.mailboxId}`),
        primaryCustomer: customerLink(customer.id),
        ...(createdBy.type === 'customer'
          ? { createdByCustomer: customerLink(createdBy.who.id) }
          : { createdByUser: userLink(createdBy.who.id) }),
        ...(assignee && { assignee: userLink(assignee.id) }),
        ...(closer && { closedBy: userLink(closer.id) }),
        threads: link(`/v2/conversations/${item.id}/threads/`),
        web: link(`/conversation/${item.id}/${item.number}`),
      },
    };
  }

  function mailbox(item: Mailbox, createdAtMs: number): object {
    return {
      id: item.id,
      name: item.name,
      slug: item.slug,
      email: item.email,
      createdAt: isoSeconds(createdAtMs),
      updatedAt: isoSeconds(createdAtMs),
      _links: {
        self: link(`/v2/mailboxes/${item.id}`),
        fields: link(`/v2/mailboxes/${item.id}/fields/`),
        folders: link(`/v2/mailboxes/${item.id}/folders/`),
      },
    };
  }

  return { conversation, thread, mailbox, link, photoUrl };
}

export type JsonShapes = ReturnType<typeof createJsonShapes>;

/** Each mailbox has a folder for what is open and one for what is closed. */
export function folderIdOf(conversation: Conversation): number {
  return conversation.mailboxId * 10 + (conversation.status === 'closed' ? 2 : 1);
}

/** Ids inside the store always resolve; a miss is a fault of the sandbox itself. */
function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the store refers to something it does not have');
  return value;
}

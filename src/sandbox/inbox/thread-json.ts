import { cutText } from '../cut-text.ts';
import { isoSeconds } from '../http/time.ts';
import type { Attachment, Conversation, Thread } from '../store/model.ts';
import { plainText } from '../store/plain-text.ts';
import type { Store } from '../store/store.ts';
import { messageHtml } from './message-html.ts';
import type { ApiVersion, PersonJson } from './person-json.ts';

const CUT_LENGTH = 60;

export interface ThreadShapeOptions {
  version: ApiVersion;
  /** Whether only the beginning of the text is told. */
  isCut?: boolean;
}

export interface ThreadShapeDeps {
  store: Store;
  people: PersonJson;
  link: (path: string) => { href: string };
  photoUrl: string;
}

/** A thread as the Inbox API shows it. */
export function createThreadJson({ store, people, link, photoUrl }: ThreadShapeDeps) {
  const { mailboxes } = store.directory;

  function attachmentJson(conversationId: number, { id, fileName, mimeType, size }: Attachment): object {
    const path = `/v2/conversations/${conversationId}/attachments/${id}`;
    return {
      id,
      filename: fileName,
      mimeType,
      size,
      state: 'valid',
      _links: { self: link(path), data: link(`${path}/data`), web: link(`${path}/file`) },
    };
  }

  /** What a line item does not have. */
  function message(conversation: Conversation, item: Thread, customerEmail: string, isCut: boolean): object {
    const to = { customer: [mailboxes.get(conversation.mailboxId)?.email ?? ''], message: [customerEmail] };
    const cut = () => messageHtml(cutText(plainText(item), CUT_LENGTH));
    return {
      body: isCut ? cut() : item.isHtml ? item.text : messageHtml(item.text),
      to: item.type === 'customer' || item.type === 'message' ? to[item.type] : [],
      cc: item.cc,
      bcc: item.bcc,
    };
  }

  /** Only on a user's reply, and only once it was rated: whoever rates has opened it, nobody else is known to have. */
  function rated({ id, type }: Thread): object {
    const rating = type === 'message' ? store.ratings.ofThread(id) : undefined;
    if (!rating) return {};
    const { customerId, comments, createdAtMs } = rating;
    return { openedAt: isoSeconds(createdAtMs), rating: { customerId, rating: rating.rating, comments } };
  }

  return (conversation: Conversation, item: Thread, { version, isCut = false }: ThreadShapeOptions): object => {
    const author = people.author(item.author, version);
    const isFromCustomer = item.author.type === 'customer';
    const customer = isFromCustomer ? author.who : people.customer(item.customerId ?? conversation.customerId);
    const assignee = people.assignee(conversation.assigneeId);
    return {
      id: item.id,
      type: item.type,
      status: item.status,
      state: item.state,
      action: item.action ?? { type: 'default', associatedEntities: {} },
      ...(item.type !== 'lineitem' && message(conversation, item, customer.email, isCut)),
      source: { type: item.source, via: author.via },
      customer: { id: customer.id, first: customer.first, last: customer.last, photoUrl, email: customer.email },
      createdBy: { ...author.json, photoUrl },
      ...(assignee && { assignedTo: assignee.json }),
      savedReplyId: 0,
      createdAt: isoSeconds(item.createdAtMs),
      ...rated(item),
      _embedded: { attachments: item.attachments.map((attachment) => attachmentJson(conversation.id, attachment)) },
      _links: {
        ...(isFromCustomer
          ? { createdByCustomer: people.customerLink(author.who.id) }
          : { createdByUser: people.userLink(author.who.id) }),
        customer: people.customerLink(customer.id),
        ...(assignee && { assignedTo: assignee.link }),
      },
    };
  };
}

export type ThreadJson = ReturnType<typeof createThreadJson>;

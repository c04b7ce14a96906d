import { formatDistance } from 'date-fns';
import { cutText } from '../cut-text.ts';
import { isoSeconds } from '../http/time.ts';
import { isReply } from '../store/activity.ts';
import { mailboxFieldsOf } from '../store/mailbox-fields.ts';
import type { Conversation } from '../store/model.ts';
import { plainText } from '../store/plain-text.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';
import type { ApiVersion, PersonJson } from './person-json.ts';
import type { ThreadJson } from './thread-json.ts';

const PREVIEW_LENGTH = 100;
const TAG_COLOR = '#a5b2bd';
/** How many of a chat's threads are embedded while the others are left out. */
const EMBEDDED_CHAT_THREADS = 2;

export interface ConversationShapeOptions {
  withThreads?: boolean;
  version?: ApiVersion;
}

export interface ConversationShapeDeps {
  store: Store;
  switches: Switches;
  people: PersonJson;
  threadJson: ThreadJson;
  link: (path: string) => { href: string };
  photoUrl: string;
  now: () => number;
}

/** A conversation as the Inbox API shows it. `modifiedAt` is kept but never shown, as in the original. */
export function createConversationJson(deps: ConversationShapeDeps) {
  const { store, switches, people, threadJson, link, photoUrl, now } = deps;
  const { directory, faults } = store;

  /** Newest first. Empty while the conversation's threads are made unreadable; how a chat's are cut is a switch. */
  function embeddedThreads(conversation: Conversation, version: ApiVersion): object[] {
    if (faults.areThreadsBroken(conversation.id)) return [];
    const form = conversation.type === 'chat' ? switches.values.conversations.chatEmbedding : 'full';
    const newestFirst = conversation.threads.toReversed();
    const shown = form === 'fewer' ? newestFirst.slice(0, EMBEDDED_CHAT_THREADS) : newestFirst;
    return shown.map((item) => threadJson(conversation, item, { version, isCut: form === 'cut' }));
  }

  function customFields({ mailboxId, fields }: Conversation): object[] {
    const definitions = mailboxFieldsOf(mailboxId);
    return fields.map(({ id, value }) => {
      const definition = definitions.find((candidate) => candidate.id === id);
      const option = definition?.options.find((candidate) => String(candidate.id) === value);
      return { id, name: definition?.name ?? '', value, text: option?.label ?? value };
    });
  }

  function snoozed({ snooze }: Conversation): object {
    if (snooze === null || snooze.untilMs <= now()) return {};
    const until = isoSeconds(snooze.untilMs);
    const { byUserId, unsnoozeOnCustomerReply } = snooze;
    return {
      snooze: { snoozedBy: byUserId, snoozedUntil: until, unsnoozeOnCustomerReply },
      nextEvent: { time: until, eventType: 'snooze', userId: byUserId, cancelOnCustomerReply: unsnoozeOnCustomerReply },
    };
  }

  return (item: Conversation, { withThreads = false, version = 'v2' }: ConversationShapeOptions = {}): object => {
    const { activity } = item;
    const customer = people.customer(item.customerId);
    const assignee = people.assignee(item.assigneeId);
    const closer = directory.users.get(item.closed?.byUserId ?? -1);
    const lastReply = item.threads.findLast(isReply);
    const createdBy = people.author(item.threads[0]?.author ?? { type: 'customer', id: customer.id }, version);
    return {
      id: item.id,
      number: item.number,
      threads: activity.publishedThreads,
      type: item.type,
      folderId: folderIdOf(item),
      status: item.status,
      state: item.state,
      subject: item.subject,
      preview: cutText((lastReply ? plainText(lastReply) : '').replace(/\s+/g, ' '), PREVIEW_LENGTH),
      mailboxId: item.mailboxId,
      ...(assignee && { assignee: assignee.json }),
      createdBy: createdBy.json,
      createdAt: isoSeconds(item.createdAtMs),
      closedBy: closer?.id ?? 0,
      ...(closer && { closedByUser: { ...people.json('user', closer), photoUrl } }),
      ...(item.closed && { closedAt: isoSeconds(item.closed.atMs) }),
      userUpdatedAt: isoSeconds(activity.userUpdatedAtMs),
      customerWaitingSince: {
        time: isoSeconds(activity.waitingSinceMs),
        friendly: formatDistance(activity.waitingSinceMs, now(), { addSuffix: true }),
        latestReplyFrom: activity.latestReplyFrom,
      },
      source: { type: item.source, via: createdBy.via },
      tags: item.tags.map((name) => ({ id: directory.tag(name).id, color: TAG_COLOR, tag: name })),
      cc: item.cc,
      bcc: item.bcc,
      primaryCustomer: people.json('customer', customer),
      ...snoozed(item),
      customFields: customFields(item),
      _embedded: { threads: withThreads ? embeddedThreads(item, version) : [] },
      _links: {
        self: link(`/${version}/conversations/${item.id}`),
        mailbox: link(`/v2/mailboxes/${item.mailboxId}`),
        primaryCustomer: people.customerLink(customer.id),
        ...(createdBy.via === 'customer'
          ? { createdByCustomer: people.customerLink(createdBy.who.id) }
          : { createdByUser: people.userLink(createdBy.who.id) }),
        ...(assignee && { assignee: assignee.link }),
        ...(closer && { closedBy: people.userLink(closer.id) }),
        threads: link(`/${version}/conversations/${item.id}/threads/`),
        web: link(`/conversation/${item.id}/${item.number}`),
      },
    };
  };
}

/** Each mailbox has a folder for what is open and one for what is closed. */
export function folderIdOf({ mailboxId, status }: Pick<Conversation, 'mailboxId' | 'status'>): number {
  return mailboxId * 10 + (status === 'closed' ? 2 : 1);
}

import type { Webhook } from '../store/events/webhook-events.ts';
import type { Conversation } from '../store/model.ts';

/** Something that happened to one resource, as webhooks are told. */
export interface Publication {
  /** The resource's id: a conversation's, customer's, tag's ... */
  id: number;
  /** Whose subscriptions are told; null tells all, as for customers and tags, which belong to no mailbox. */
  mailboxId: number | null;
  /** What a delivery carries. */
  body: object;
  /** Where the resource is read, for notification webhooks; by default the address that the event's name implies. */
  url?: string;
}

/** A conversation stands for its own publication: the conversation object, or only the id once it is deleted. */
export type Published = Publication | Conversation;

/** How the event's resource is called: in the journal, and in the address where it is read. */
const RESOURCES = [
  { prefix: 'convo.', idName: 'conversationId', path: 'conversations' },
  { prefix: 'customer.', idName: 'customerId', path: 'customers' },
  { prefix: 'tag.', idName: 'tagId', path: 'tags' },
  { prefix: 'organization.', idName: 'organizationId', path: 'organizations' },
  { prefix: 'satisfaction.', idName: 'ratingId', path: 'ratings' },
] as const;

/** Names of the ids in journal entries of deliveries. */
export type ResourceIdName = (typeof RESOURCES)[number]['idName'] | 'resourceId';

export function resourceOf(event: string): { idName: ResourceIdName; path: string } {
  return RESOURCES.find(({ prefix }) => event.startsWith(prefix)) ?? { idName: 'resourceId', path: 'resources' };
}

/** A publication whose bodies, one for each payload version, are already the bytes to sign. */
export type Told = Omit<Publication, 'body'> & { bodies: Record<Webhook['payloadVersion'], string> };

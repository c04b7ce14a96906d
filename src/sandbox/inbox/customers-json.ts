import { isoSeconds } from '../http/time.ts';
import {
  type Address,
  type Customer,
  ENTRY_KINDS,
  type Entry,
  type EntryKind,
} from '../store/events/customer-events.ts';
import type { Store } from '../store/store.ts';
import { createConversationsOfCustomers } from './customers-conversations.ts';

export interface CustomerJsonDeps {
  store: Store;
  baseUrl: string;
}

/** How a kind is called in addresses and links. */
export const ENTRY_PATHS: Record<EntryKind, string> = {
  emails: 'emails',
  phones: 'phones',
  chats: 'chats',
  socialProfiles: 'social-profiles',
  websites: 'websites',
};

/** How a kind is called where it is embedded: the original writes an underscore here, unlike in links. */
export const EMBEDDED_NAMES: Record<EntryKind, string> = { ...ENTRY_PATHS, socialProfiles: 'social_profiles' };

/** Customers as the Inbox API shows them: in a get, in lists and in webhooks alike, with what they have embedded. */
export function createCustomerJson({ store, baseUrl }: CustomerJsonDeps) {
  const link = (path: string) => ({ href: `${baseUrl}${path}` });
  const conversations = createConversationsOfCustomers(store);

  function customerWith(item: Customer, conversationCount: number): object {
    const self = `/v2/customers/${item.id}`;
    const organizationId = store.customers.organizations.idOf(item.organization);
    return {
      id: item.id,
      firstName: item.firstName,
      lastName: item.lastName,
      gender: item.gender,
      jobTitle: item.jobTitle,
      location: item.location,
      organization: item.organization,
      ...(organizationId !== null && { organizationId }),
      photoType: item.photoType,
      photoUrl: item.photoUrl === '' ? `${baseUrl}/assets/person.svg` : item.photoUrl,
      age: item.age,
      background: item.background,
      conversationCount,
      draft: item.draft,
      createdAt: isoSeconds(item.createdAtMs),
      updatedAt: isoSeconds(item.updatedAtMs),
      _embedded: {
        ...Object.fromEntries(ENTRY_KINDS.map((kind) => [EMBEDDED_NAMES[kind], item[kind].map(entryJson)])),
        ...(item.address && { address: addressJson(item.address) }),
        properties: propertiesOf(item),
      },
      _links: {
        self: link(self),
        ...Object.fromEntries(ENTRY_KINDS.map((kind) => [ENTRY_PATHS[kind], link(`${self}/${ENTRY_PATHS[kind]}/`)])),
        ...(item.address && { address: link(`${self}/address`) }),
      },
    };
  }

  /** The values of the properties that are defined: what a deleted definition left is not shown. */
  function propertiesOf(item: Customer): object[] {
    return store.customers.properties.all().flatMap(({ type, slug, name, options }) => {
      const value = item.properties[slug];
      if (value === undefined) return [];
      const text = options?.find(({ id }) => id === value)?.label ?? value;
      return [{ type, slug, name, value, text, source: { name: 'api' } }];
    });
  }

  /** What makes JSON of any of these customers: their conversations are counted all at once. */
  function among(items: readonly Customer[]): (item: Customer) => object {
    const counts = conversations.counts(items.map(({ id }) => id));
    return (item) => customerWith(item, counts.get(item.id) ?? 0);
  }

  return { customer: (item: Customer): object => among([item])(item), among, link };
}

export type CustomerJson = ReturnType<typeof createCustomerJson>;

/** Without a type where the kind has none. */
export function entryJson({ id, type, value }: Entry): object {
  return { id, value, ...(type !== null && { type }) };
}

export function addressJson({ city, state, postalCode, country, lines }: Address): object {
  return { city, state, postalCode, country, lines };
}

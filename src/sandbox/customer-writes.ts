import type { Deliverer } from './deliveries/deliverer.ts';
import { floorToSecond } from './http/time.ts';
import type { CustomerFields } from './inbox/customers-input.ts';
import type { CustomerJson } from './inbox/customers-json.ts';
import { emptyCustomer } from './store/customers.ts';
import { nameOf } from './store/directory.ts';
import { type Customer, ENTRY_KINDS } from './store/events/customer-events.ts';
import type { Conversation } from './store/model.ts';
import type { Store } from './store/store.ts';

export interface CustomerWriteDeps {
  store: Store;
  deliverer: Deliverer;
  customerJson: CustomerJson;
  now: () => number;
}

/** Changes of customers, whichever way they come in: stored first, then told to the webhooks. */
export function createCustomerWrites({ store, deliverer, customerJson, now }: CustomerWriteDeps) {
  const { customers } = store;

  function save(customer: Customer, event: 'customer.created' | 'customer.updated'): Customer {
    const atMs = now();
    const saved = { ...customer, updatedAtMs: floorToSecond(atMs) };
    store.commit({ kind: 'customerSaved', customer: saved, atMs });
    // Not a mailbox's matter: every subscription to the event gets it.
    deliverer.publish(event, {
      id: saved.id,
      mailboxId: null,
      body: customerJson.customer(saved),
    });
    return saved;
  }

  function create(fields: CustomerFields): Customer {
    const {
      phone,
      phones = [],
      address,
      properties = [],
      emails,
      chats,
      socialProfiles,
      websites,
      ...scalars
    } = fields;
    const lists = {
      emails: emails ?? [],
      phones: phone === undefined ? phones : [{ type: 'work', value: phone }, ...phones],
      chats: chats ?? [],
      socialProfiles: socialProfiles ?? [],
      websites: websites ?? [],
    };
    const customer: Customer = {
      ...emptyCustomer(customers.nextId(), floorToSecond(now())),
      ...scalars,
      address: address ?? null,
      properties: Object.fromEntries(properties.map(({ slug, value }) => [slug, value])),
    };
    let entryId = customers.nextEntryId();
    for (const kind of ENTRY_KINDS) {
      customer[kind] = lists[kind].map((entry) => {
        const made = { id: entryId, ...entry };
        entryId += 1;
        return made;
      });
    }
    return save(customer, 'customer.created');
  }

  return {
    create,
    /** Stores a customer as it is now. */
    change: (customer: Customer): Customer => save(customer, 'customer.updated'),
    /**
     * Whose address it is, without case; the other fields then do not matter. A new customer is made with them, and is
     * named after the address if they say no name.
     */
    findOrCreate({ email, emails = [], ...fields }: CustomerFields & { email: string }): Customer {
      const known = customers.findByEmail(email);
      if (known) return known;
      const { first, last } = nameOf(email);
      const isNamed = fields.firstName !== undefined || fields.lastName !== undefined;
      const others = emails.filter(({ value }) => !customers.findByEmail(value));
      return create({
        ...(!isNamed && { firstName: first, lastName: last }),
        ...fields,
        emails: [
          { type: 'work', value: email.trim() },
          ...others.filter(({ value }) => value.toLowerCase() !== email.trim().toLowerCase()),
        ],
      });
    },
    /** Their conversations go with them. */
    remove(customerId: number, conversations: readonly Conversation[]): void {
      for (const conversation of conversations) {
        store.commit({ kind: 'conversationDeleted', conversationId: conversation.id, atMs: floorToSecond(now()) });
        deliverer.publish('convo.deleted', conversation);
      }
      store.commit({ kind: 'customerDeleted', customerId, atMs: now() });
      deliverer.publish('customer.deleted', { id: customerId, mailboxId: null, body: { id: customerId } });
    },
  };
}

export type CustomerWrites = ReturnType<typeof createCustomerWrites>;

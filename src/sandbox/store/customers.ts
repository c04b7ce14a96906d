import { createChangeHistory } from './customers-history.ts';
import { createOrganizations } from './customers-organizations.ts';
import { type Directory, FIRST_CUSTOMER_ID } from './directory.ts';
import { type Customer, type CustomerProperty, ENTRY_KINDS } from './events/customer-events.ts';
import type { SandboxEvent } from './events.ts';
import type { Person } from './model.ts';

const FIRST_ENTRY_ID = 2001;
/** Entries of profiles that are worked out have ids above this, by their customer; those of the sequence stay below. */
const VIRTUAL_ENTRY_IDS = 10_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const KNOWN_FOR_MS = 365 * DAY_MS;

/** What the account has from the start. */
const PROPERTIES: CustomerProperty[] = [
  { type: 'text', slug: 'plan', name: 'Plan', options: null },
  {
    type: 'dropdown',
    slug: 'region',
    name: 'Region',
    options: [
      { id: '5f0c1a', label: 'Europe' },
      { id: '5f0c1b', label: 'Americas' },
    ],
  },
];

export interface CustomersOptions {
  directory: Directory;
  referenceMs: number;
  now: () => number;
  /** How long after a change lists have it; asked anew each time. */
  searchLagMs: () => number;
}

/**
 * The customers' profiles. Somebody of whom only a name and an address are known (the corpus, the generated account) has a
 * profile worked out from these until it is changed. The people themselves are the directory's, which follows every change.
 */
export function createCustomers({ directory, referenceMs, now, searchLagMs }: CustomersOptions) {
  const people = directory.customers;
  const changed = new Map<number, Customer>();
  const properties = new Map(PROPERTIES.map((property) => [property.slug, property]));
  const organizations = createOrganizations();
  const history = createChangeHistory();
  let lastEntryId = FIRST_ENTRY_ID - 1;

  function profileOf({ id, first, last, email }: Person): Customer {
    // A customer per second, so that the order of ids is the order of creation.
    const atMs = referenceMs - KNOWN_FOR_MS + (((id - FIRST_CUSTOMER_ID) * 1000) % KNOWN_FOR_MS);
    return {
      ...emptyCustomer(id, atMs),
      firstName: first,
      lastName: last,
      emails: [{ id: VIRTUAL_ENTRY_IDS + id, type: 'work', value: email }],
    };
  }

  function get(id: number): Customer | undefined {
    const known = changed.get(id);
    if (known) return known;
    const person = people.get(id);
    return person && profileOf(person);
  }

  function save(customer: Customer, atMs: number): void {
    const { id, firstName, lastName, emails } = customer;
    history.add(id, atMs, get(id) ?? null);
    changed.set(id, customer);
    organizations.note(customer.organization, customer.updatedAtMs);
    const addresses = emails.map(({ value }) => value);
    people.put({ id, first: firstName, last: lastName, email: addresses[0] ?? '' }, addresses);
    for (const kind of ENTRY_KINDS) for (const entry of customer[kind]) noteEntry(entry.id);
  }

  function noteEntry(id: number): void {
    if (id < VIRTUAL_ENTRY_IDS) lastEntryId = Math.max(lastEntryId, id);
  }

  function* all(): Iterable<Customer> {
    for (const person of people.all()) yield changed.get(person.id) ?? profileOf(person);
  }

  return {
    get,
    all,
    /** Those who were made or changed here: everybody of whom more is known than a name and an address. */
    saved: (): Customer[] => [...changed.values()],
    /** By any address, without case. */
    findByEmail(address: string): Customer | undefined {
      const person = people.find(address);
      return person && get(person.id);
    },
    /** Everybody as lists show them: they may not have seen the latest changes, deletions among them. */
    *indexed(): Iterable<Customer> {
      const before = history.before(now() - searchLagMs());
      for (const customer of all()) if (!before.has(customer.id)) yield customer;
      for (const past of before.values()) if (past) yield past;
    },
    organizations,
    nextId: people.nextId,
    /** The id of the next entry of any customer; further ones follow it. */
    nextEntryId: (): number => lastEntryId + 1,
    properties: {
      get: (slug: string): CustomerProperty | undefined => properties.get(slug),
      all: (): CustomerProperty[] => [...properties.values()],
    },
    apply(event: SandboxEvent): void {
      if (event.kind === 'customerSaved') save(event.customer, event.atMs);
      if (event.kind === 'customerDeleted') {
        history.add(event.customerId, event.atMs, get(event.customerId) ?? null);
        changed.delete(event.customerId);
        people.remove(event.customerId);
      }
      if (event.kind === 'customerPropertySaved') properties.set(event.property.slug, event.property);
      if (event.kind === 'customerPropertyDeleted') properties.delete(event.slug);
    },
  };
}

/** Somebody of whom nothing is known. */
export function emptyCustomer(id: number, atMs: number): Customer {
  return {
    id,
    firstName: '',
    lastName: '',
    gender: 'Unknown',
    jobTitle: '',
    location: '',
    organization: '',
    photoUrl: '',
    photoType: 'unknown',
    age: '',
    background: '',
    draft: false,
    address: null,
    emails: [],
    phones: [],
    chats: [],
    socialProfiles: [],
    websites: [],
    properties: {},
    createdAtMs: atMs,
    updatedAtMs: atMs,
  };
}

import type { Person } from './model.ts';

/** People who are worked out when somebody asks, so that a large account takes no memory. */
export interface VirtualPeople {
  get(id: number): Person | undefined;
  /** By address, in lower case. */
  find(address: string): Person | undefined;
  all(): Iterable<Person>;
}

/** The customers as people, by id and by each of their addresses (without case). What is kept here hides the virtual ones. */
export function createCustomerPeople(firstId: number, virtual: VirtualPeople | null) {
  const byId = new Map<number, Person>();
  const byAddress = new Map<string, Person>();
  const addressesOf = new Map<number, string[]>();
  /** Virtual people who were deleted must not come back. */
  const removed = new Set<number>();
  let nextId = firstId;

  function forgetAddresses(id: number): void {
    for (const address of addressesOf.get(id) ?? []) {
      if (byAddress.get(address)?.id === id) byAddress.delete(address);
    }
    addressesOf.delete(id);
  }

  /** Keeps a person under these addresses and no others. */
  function put(person: Person, addresses: readonly string[]): void {
    forgetAddresses(person.id);
    const keys = addresses.map(keyOf);
    byId.set(person.id, person);
    addressesOf.set(person.id, keys);
    for (const key of keys) byAddress.set(key, person);
    removed.delete(person.id);
    // Virtual people have ids of another range and leave the sequence alone.
    if (person.id === nextId) nextId += 1;
  }

  function find(address: string): Person | undefined {
    const key = keyOf(address);
    const kept = byAddress.get(key);
    if (kept) return kept;
    const hidden = virtual?.find(key);
    return hidden === undefined || byId.has(hidden.id) || removed.has(hidden.id) ? undefined : hidden;
  }

  function get(id: number): Person | undefined {
    return byId.get(id) ?? (removed.has(id) ? undefined : virtual?.get(id));
  }

  return {
    get,
    find,
    put,
    nextId: (): number => nextId,
    remove(id: number): void {
      forgetAddresses(id);
      byId.delete(id);
      removed.add(id);
    },
    /** Everybody, one at a time: those who are kept first. */
    *all(): Iterable<Person> {
      yield* byId.values();
      for (const person of virtual?.all() ?? []) {
        if (!byId.has(person.id) && !removed.has(person.id)) yield person;
      }
    },
  };
}

const keyOf = (address: string) => address.trim().toLowerCase();

import { plainEmail } from '../../domain/email.ts';
import { ENDPOINTS, ENTRY_ENDPOINTS, type EntryKind } from '../endpoints.ts';
import { HelpScoutNotFound, HelpScoutRejected } from '../errors.ts';
import { cursorItems, entriesOf, pagedItems } from '../paging.ts';
import { createdId, parseReply, type Request } from '../request.ts';
import { quoted } from '../search-terms.ts';
import {
  customerBody,
  customerOperations,
  entryBody,
  touchedFields,
  type WantedCustomer,
  type WantedEntry,
} from './customer-changes.ts';
import {
  type ApiCustomer,
  type CustomerEntry,
  customerSchema,
  entrySchema,
  type KnownCustomer,
  SOCIAL_PROFILES,
} from './customer-shape.ts';

/** Of one search: a server that does not know the filter lists everybody, and that is no way to find somebody. */
const MAX_LOOKED_AT = 200;

export function createCustomerResource(request: Request) {
  const entriesOfKind = async (customerId: number, kind: EntryKind): Promise<CustomerEntry[]> => {
    const endpoint = ENTRY_ENDPOINTS[kind].list;
    const schema = entriesOf(kind === 'social-profiles' ? SOCIAL_PROFILES : [kind], entrySchema);
    return parseReply(schema, await request({ endpoint, params: { id: customerId } }), endpoint);
  };

  /** Reads the entries that came without. */
  const complete = async ({ id, entries, ...texts }: ApiCustomer): Promise<KnownCustomer> => ({
    customerId: id,
    ...texts,
    entries: {
      emails: entries.emails ?? (await entriesOfKind(id, 'emails')),
      phones: entries.phones ?? (await entriesOfKind(id, 'phones')),
      chats: entries.chats ?? (await entriesOfKind(id, 'chats')),
      'social-profiles': entries['social-profiles'] ?? (await entriesOfKind(id, 'social-profiles')),
      websites: entries.websites ?? (await entriesOfKind(id, 'websites')),
    },
  });

  /** Searches match parts of addresses too, so the addresses themselves decide. */
  const withAddress = async (found: AsyncIterable<ApiCustomer>, address: string): Promise<KnownCustomer | null> => {
    let looked = 0;
    for await (const customer of found) {
      if (++looked > MAX_LOOKED_AT) return null;
      const emails = customer.entries.emails ?? (await entriesOfKind(customer.id, 'emails'));
      if (emails.some(({ value }) => value.toLowerCase() === address)) {
        return complete({ ...customer, entries: { ...customer.entries, emails } });
      }
    }
    return null;
  };

  return {
    /**
     * The customer who has the address, or null. Both searches lag behind writes, and only the first matches of each
     * are looked at: null proves nothing, and a create says so (see there).
     */
    async findByEmail(email: string): Promise<KnownCustomer | null> {
      const address = plainEmail(email);
      const search = { endpoint: ENDPOINTS.searchCustomers, query: { email: address } };
      const exact = await unlessRefused(() =>
        withAddress(cursorItems(request, search, 'customers', customerSchema), address),
      );
      if (exact) return exact;
      const list = { endpoint: ENDPOINTS.listCustomers, query: { query: `(email:${quoted(address)})` } };
      return withAddress(pagedItems(request, list, 'customers', customerSchema), address);
    },

    async get(customerId: number): Promise<KnownCustomer> {
      const endpoint = ENDPOINTS.getCustomer;
      const reply = await request({ endpoint, params: { id: customerId } });
      return complete(parseReply(customerSchema, reply, endpoint));
    },

    /**
     * Texts are cut to what Help Scout takes. @returns the customer's id
     * @throws HelpScoutConflict, or HelpScoutRejected with a problem at `emails`, when somebody has the address: look
     * them up and update them instead
     */
    async create(wanted: WantedCustomer): Promise<number> {
      const endpoint = ENDPOINTS.createCustomer;
      return createdId(await request({ endpoint, body: customerBody(wanted) }), endpoint);
    },

    /** Brings a customer to what is wanted, in one call or none. @returns the fields that were changed */
    async update(known: KnownCustomer, wanted: WantedCustomer): Promise<string[]> {
      const operations = customerOperations(known, wanted);
      if (operations.length > 0) {
        await request({
          endpoint: ENDPOINTS.updateCustomer,
          params: { id: known.customerId },
          body: operations,
          repeatable: operations.every(({ op }) => op !== 'add'),
        });
      }
      return touchedFields(operations);
    },

    /** @returns the entry's id */
    async addEntry(customerId: number, kind: EntryKind, entry: WantedEntry): Promise<number> {
      const endpoint = ENTRY_ENDPOINTS[kind].add;
      const call = { endpoint, params: { id: customerId }, body: entryBody(kind, entry) };
      return createdId(await request(call), endpoint);
    },

    async changeEntry(customerId: number, kind: EntryKind, entryId: number, entry: WantedEntry): Promise<void> {
      const params = { id: customerId, entryId };
      await request({ endpoint: ENTRY_ENDPOINTS[kind].change, params, body: entryBody(kind, entry) });
    },

    /** One that is gone already is fine. */
    async removeEntry(customerId: number, kind: EntryKind, entryId: number): Promise<void> {
      try {
        await request({ endpoint: ENTRY_ENDPOINTS[kind].remove, params: { id: customerId, entryId } });
      } catch (error) {
        if (!(error instanceof HelpScoutNotFound)) throw error;
      }
    },
  };
}

/** Version 3 has one documented endpoint; an account where it is not there is searched as before. */
async function unlessRefused<T>(search: () => Promise<T>): Promise<T | null> {
  try {
    return await search();
  } catch (error) {
    if (error instanceof HelpScoutNotFound || error instanceof HelpScoutRejected) return null;
    throw error;
  }
}

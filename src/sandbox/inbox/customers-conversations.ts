import type { Conversation } from '../store/model.ts';
import type { Store } from '../store/store.ts';

/** Which conversations are whose, answered from the search index's columns: a pass over them is cheap in a large account. */
export function createConversationsOfCustomers({ conversations }: Store) {
  const { columns } = conversations;

  function* listedRows(): Iterable<number> {
    for (let row = 0; row < columns.length(); row += 1) if (columns.isListed(row)) yield row;
  }

  return {
    /** How many each of the customers has. */
    counts(customerIds: readonly number[]): Map<number, number> {
      const counts = new Map(customerIds.map((id) => [id, 0]));
      for (let row = 0; row < columns.length(); row += 1) {
        const count = counts.get(columns.customerId(row));
        if (count !== undefined && columns.isListed(row)) counts.set(columns.customerId(row), count + 1);
      }
      return counts;
    },
    /** Those of any of the customers, in the order of their ids. */
    of(customerIds: ReadonlySet<number>): Conversation[] {
      const found: Conversation[] = [];
      for (const row of listedRows()) {
        const conversation = customerIds.has(columns.customerId(row))
          ? conversations.get(conversations.idOf(row))
          : null;
        if (conversation) found.push(conversation);
      }
      return found;
    },
    /** Who has a conversation in the mailbox. */
    customersIn(mailboxId: number): Set<number> {
      const customerIds = new Set<number>();
      for (const row of listedRows()) {
        if (columns.mailboxId(row) === mailboxId) customerIds.add(columns.customerId(row));
      }
      return customerIds;
    },
  };
}

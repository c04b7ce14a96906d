import type { CustomerFields, CustomerRecord } from '../domain/customer-record.ts';
import type { WantedCustomer } from '../helpscout/resources/customer-changes.ts';
import type { CustomerEntry, KnownCustomer } from '../helpscout/resources/customer-shape.ts';

const LISTED = { emails: 'email', phones: 'phone', websites: 'website' } as const;
type Listed = keyof typeof LISTED;
const LISTED_KINDS = ['emails', 'phones', 'websites'] as const satisfies Listed[];

/** An entry of ours whose value is another one now; empty: it is to go. */
export interface EntryChange {
  kind: Listed;
  entry: CustomerEntry;
  value: string;
}

/** What a customer should be in Help Scout, by its names. Empty texts are cleared. */
export function wantedOf({ email, phone, website, ...texts }: CustomerFields): WantedCustomer {
  return {
    ...texts,
    entries: {
      emails: [{ value: email }],
      ...(phone && { phones: [{ value: phone }] }),
      ...(website && { websites: [{ value: website }] }),
    },
  };
}

/**
 * Entries that we put there and that say something else now: changed in place, so that an address moves instead of
 * becoming a second one. Entries that people added stay.
 */
export function entryChanges(known: KnownCustomer, { fields, syncedFields }: CustomerRecord): EntryChange[] {
  return LISTED_KINDS.flatMap((kind) => {
    const before = syncedFields?.[LISTED[kind]];
    const value = fields[LISTED[kind]];
    if (!before || value === undefined || isSame(before, value)) return [];
    const entry = known.entries[kind].find((candidate) => isSame(candidate.value, before));
    const isThere = known.entries[kind].some((candidate) => isSame(candidate.value, value));
    return entry && !isThere ? [{ kind, entry, value }] : [];
  });
}

/** The customer as they will be after the changes. */
export function withEntryChanges(known: KnownCustomer, changes: readonly EntryChange[]): KnownCustomer {
  const entries = { ...known.entries };
  for (const { kind, entry, value } of changes) {
    entries[kind] = entries[kind].flatMap((candidate) => {
      if (candidate.id !== entry.id) return [candidate];
      return value === '' ? [] : [{ ...candidate, value }];
    });
  }
  return { ...known, entries };
}

const isSame = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

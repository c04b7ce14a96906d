import { ENTRY_KINDS, type EntryKind } from '../endpoints.ts';
import { CUSTOMER_FIELDS, type CustomerTexts, fitted, present } from './customer-limits.ts';
import type { KnownCustomer } from './customer-shape.ts';

export interface WantedEntry {
  value: string;
  /** As Help Scout names them: `work`, `home`, `other`, `mobile` ...; websites have none. */
  type?: string;
}

/** What a customer should have. Absent means: whatever there is; null clears a text. */
export type WantedCustomer = CustomerTexts & {
  /** These at least: others, which people may have added, stay. */
  entries?: { [Kind in EntryKind]?: readonly WantedEntry[] };
};

export type CustomerOperation =
  | { op: 'add' | 'replace'; path: string; value: string | { type?: string; value: string } }
  | { op: 'remove'; path: string };

/** Types that Help Scout surely takes. */
const DEFAULT_TYPE: Record<EntryKind, string | null> = {
  emails: 'work',
  phones: 'work',
  chats: 'other',
  'social-profiles': 'other',
  websites: null,
};

/** An entry as it is sent: the address is called `value`, whatever it is. */
export function entryBody(kind: EntryKind, { value, type }: WantedEntry): { type?: string; value: string } {
  const sent = DEFAULT_TYPE[kind] === null ? undefined : (type ?? DEFAULT_TYPE[kind] ?? undefined);
  return { ...(sent !== undefined && { type: sent }), value: value.trim() };
}

/** The body of a create. */
export function customerBody(wanted: WantedCustomer) {
  const lists = ENTRY_KINDS.flatMap((kind) => {
    const entries = wantedEntries(kind, wanted).map((entry) => entryBody(kind, entry));
    return entries.length > 0 ? [[kind === 'social-profiles' ? 'socialProfiles' : kind, entries]] : [];
  });
  return { ...present(fitted(wanted)), ...Object.fromEntries(lists) };
}

/** What has to be done so that `known` has everything that is `wanted`: the array of a PATCH, empty when nothing. */
export function customerOperations(known: KnownCustomer, wanted: WantedCustomer): CustomerOperation[] {
  const texts = fitted(wanted);
  const operations: CustomerOperation[] = [];
  for (const field of CUSTOMER_FIELDS) {
    const text = texts[field];
    // What is there in full is left alone, longer than we would send it or not.
    if (text === undefined || text === known[field] || wanted[field]?.trim() === known[field]) continue;
    const path = `/${field}`;
    operations.push(text === null ? { op: 'remove', path } : { op: 'replace', path, value: text });
  }
  for (const kind of ENTRY_KINDS) operations.push(...entryOperations(kind, known, wanted));
  return operations;
}

/** Which fields operations touch, for people: `jobTitle`, `emails`. */
export const touchedFields = (operations: readonly CustomerOperation[]): string[] => [
  ...new Set(operations.map(({ path }) => path.split('/')[1] ?? '')),
];

function entryOperations(kind: EntryKind, known: KnownCustomer, wanted: WantedCustomer): CustomerOperation[] {
  const operations: CustomerOperation[] = [];
  for (const entry of wantedEntries(kind, wanted)) {
    const same = known.entries[kind].find(({ value }) => comparable(kind, value) === comparable(kind, entry.value));
    const body = entryBody(kind, entry);
    if (same === undefined) {
      operations.push({ op: 'add', path: `/${kind}`, value: body });
    } else if (entry.type !== undefined && body.type !== undefined && body.type !== same.type) {
      // Segments are ids of entries, not positions.
      operations.push({ op: 'replace', path: `/${kind}/${same.id}/type`, value: body.type });
    }
  }
  return operations;
}

/** Those that say something, each once. */
function wantedEntries(kind: EntryKind, wanted: WantedCustomer): WantedEntry[] {
  const distinct = new Map<string, WantedEntry>();
  for (const entry of wanted.entries?.[kind] ?? []) {
    const key = comparable(kind, entry.value);
    if (key !== '' && !distinct.has(key)) distinct.set(key, entry);
  }
  return [...distinct.values()];
}

/** Under which two entries are the same one. */
function comparable(kind: EntryKind, value: string): string {
  if (kind === 'phones') return value.replace(/[^\d+]/g, '') || value.trim();
  return kind === 'websites' ? value.trim() : value.trim().toLowerCase();
}

import type { Directory } from './directory.ts';
import type { Conversation } from './model.ts';

export const SORT_FIELDS = [
  'createdAt',
  'customerEmail',
  'customerName',
  'mailboxid',
  'modifiedAt',
  'number',
  'score',
  'status',
  'subject',
  'waitingSince',
] as const;
export type SortField = (typeof SORT_FIELDS)[number];

type Key = (conversation: Conversation) => string | number;

/**
 * One ascending list of all conversations per sort field, made on first use. A change only marks the lists: sorting a
 * list in which one item moved is close to linear, so a page of 10,000 conversations stays cheap while they change.
 */
export function createSortedViews(conversations: () => Iterable<Conversation>, directory: Directory) {
  const keys: Record<SortField, Key> = {
    createdAt: (conversation) => conversation.createdAtMs,
    customerEmail: (conversation) => directory.customers.get(conversation.customerId)?.email.toLowerCase() ?? '',
    customerName: (conversation) => {
      const customer = directory.customers.get(conversation.customerId);
      return `${customer?.first} ${customer?.last}`.toLowerCase();
    },
    mailboxid: (conversation) => conversation.mailboxId,
    modifiedAt: (conversation) => conversation.activity.modifiedAtMs,
    number: (conversation) => conversation.number,
    // Relevance needs a search expression; without one all are equal and the id decides.
    score: () => 0,
    status: (conversation) => conversation.status,
    subject: (conversation) => conversation.subject.toLowerCase(),
    waitingSince: (conversation) => conversation.activity.waitingSinceMs,
  };
  const views = new Map<SortField, { list: Conversation[]; stale: boolean }>();

  function viewOf(field: SortField) {
    const known = views.get(field);
    if (known) return known;
    const view = { list: [...conversations()], stale: true };
    views.set(field, view);
    return view;
  }

  return {
    added(conversation: Conversation): void {
      for (const view of views.values()) {
        view.list.push(conversation);
        view.stale = true;
      }
    },
    changed(): void {
      for (const view of views.values()) view.stale = true;
    },
    ascending(field: SortField): readonly Conversation[] {
      const view = viewOf(field);
      if (view.stale) {
        const key = keys[field];
        view.list.sort((a, b) => compare(key(a), key(b)) || a.id - b.id);
        view.stale = false;
      }
      return view.list;
    },
  };
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

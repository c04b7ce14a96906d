import type { Customer } from './events/customer-events.ts';

/** How far back a search index can lag behind. */
const KEPT_MS = 60 * 60 * 1000;

/** What customers were before their latest changes: null means that there was no such customer. */
export function createChangeHistory() {
  let changes: { id: number; atMs: number; before: Customer | null }[] = [];
  return {
    add(id: number, atMs: number, before: Customer | null): void {
      const [oldest] = changes;
      if (oldest && oldest.atMs < atMs - 2 * KEPT_MS)
        changes = changes.filter((change) => change.atMs >= atMs - KEPT_MS);
      changes.push({ id, atMs, before });
    },
    /** By id, the customers who changed after `ms`, as they were then. */
    before(ms: number): Map<number, Customer | null> {
      const result = new Map<number, Customer | null>();
      for (const change of changes) {
        if (change.atMs > ms && !result.has(change.id)) result.set(change.id, change.before);
      }
      return result;
    },
  };
}

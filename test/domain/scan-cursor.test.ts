import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextCursor, type ScanCursor } from '../../src/domain/scan-cursor.ts';

const PAGE_SIZE = 5;

/** Reads a list to its end while `change` alters it between two pages. */
function scan(list: number[], change: (list: number[], step: number) => void): { seen: Set<number>; calls: number } {
  const seen = new Set<number>();
  let calls = 0;
  for (let cursor: ScanCursor | null = { page: 1, total: null }; cursor; calls++) {
    assert(calls < 200, 'the scan ends');
    for (const id of list.slice((cursor.page - 1) * PAGE_SIZE, cursor.page * PAGE_SIZE)) seen.add(id);
    const read = { total: list.length, pages: Math.ceil(list.length / PAGE_SIZE) };
    cursor = nextCursor(cursor, read);
    change(list, calls);
  }
  return { seen, calls };
}

describe('scan cursor', () => {
  it('reads every page of a list that stays as it is, once', () => {
    const { seen, calls } = scan(
      Array.from({ length: 23 }, (_, id) => id),
      () => {},
    );
    assert.equal(seen.size, 23);
    assert.equal(calls, 5);
  });

  it('reads one page of an empty list', () => {
    assert.equal(scan([], () => {}).calls, 1);
  });

  it('misses none of the conversations that stay, while others are deleted, added and enter the window', () => {
    const changes = fc.array(
      fc.record({
        kind: fc.constantFrom('delete', 'append', 'none', 'none'),
        at: fc.nat({ max: 60 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), changes, (size, plan) => {
        const list = Array.from({ length: size }, (_, id) => id);
        const { seen } = scan(list, (live, step) => {
          const change = plan[step];
          if (change?.kind === 'delete' && live.length > 0) live.splice(change.at % live.length, 1);
          if (change?.kind === 'append') live.push(1000 + step);
        });
        // What is appended after the last page was read is the webhooks' to tell.
        for (const id of list.filter((candidate) => candidate < 1000)) assert(seen.has(id), `missed ${id}`);
      }),
      { numRuns: 1000 },
    );
  });
});

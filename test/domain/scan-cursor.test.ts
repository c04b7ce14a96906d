import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FIRST_PAGE, nextCursor, type ScanCursor } from '../../src/domain/scan-cursor.ts';

const PAGE_SIZE = 5;

interface Item {
  id: number;
  createdAt: string;
}

const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const itemsAt = (seconds: readonly number[]): Item[] => seconds.map((second, id) => ({ id, createdAt: at(second) }));

/** Reads a list to its end while `change` alters it between two pages. */
function scan(list: Item[], change: (list: Item[], call: number) => void): { read: number[]; calls: number } {
  const read: number[] = [];
  let calls = 0;
  for (let cursor: ScanCursor | null = FIRST_PAGE; cursor; calls++) {
    assert(calls < 300, 'the scan ends');
    const { createdFrom, page, seen }: ScanCursor = cursor;
    const asked = list
      .filter(({ createdAt }) => createdFrom === null || createdAt >= createdFrom)
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id - b.id);
    const items = asked.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    for (const { id } of items) if (!seen.includes(id)) read.push(id);
    cursor = nextCursor(cursor, { items, pages: Math.ceil(asked.length / PAGE_SIZE) });
    change(list, calls);
  }
  return { read, calls };
}

const unchanged = () => undefined;

describe('scan cursor', () => {
  it('reads a list that stays as it is once, each page repeating one conversation of the one before', () => {
    const { read, calls } = scan(itemsAt(Array.from({ length: 100 }, (_, second) => second)), unchanged);
    assert.equal(read.length, 100);
    assert.equal(new Set(read).size, 100);
    assert.equal(calls, Math.ceil((100 - 1) / (PAGE_SIZE - 1)));
  });

  it('reads one page of an empty list', () => {
    assert.equal(scan([], unchanged).calls, 1);
  });

  it('gets past a second in which more conversations were created than a page holds', () => {
    const { read } = scan(itemsAt([1, 2, ...Array.from({ length: 23 }, () => 3), 4, 5]), unchanged);
    assert.equal(new Set(read).size, 27);
  });

  it('goes on when a page has nothing readable, and ends at one that has nothing', () => {
    assert.deepEqual(nextCursor(FIRST_PAGE, { items: [{ id: 7 }], pages: 3 }), { ...FIRST_PAGE, page: 2 });
    assert.equal(nextCursor(FIRST_PAGE, { items: [], pages: 1e15 }), null);
  });

  it('reads a list by its page numbers where it is not filtered by time', () => {
    const list = itemsAt([1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11]);
    const read = new Set<number>();
    let calls = 0;
    for (let cursor: ScanCursor | null = FIRST_PAGE; cursor; calls++) {
      assert(calls < 20, 'the scan ends');
      const { page }: ScanCursor = cursor;
      const items = list.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
      for (const { id } of items) read.add(id);
      cursor = nextCursor(cursor, { items, pages: 3 });
    }
    assert.equal(read.size, list.length);
  });

  it('compares times, however they are written', () => {
    const items = ['2026-01-01T10:00:00Z', '2026-01-01T11:00:00.200+01:00'].map((createdAt, id) => ({ id, createdAt }));
    const cursor = nextCursor(FIRST_PAGE, { items, pages: 2 });
    assert.deepEqual(cursor?.seen, [0, 1]);
    assert.deepEqual(nextCursor({ ...FIRST_PAGE, ...cursor }, { items, pages: 2 }), { ...cursor, page: 2 });
  });

  it('misses none of the conversations that stay, whatever is deleted and added between two pages', () => {
    const change = fc.record({ deleted: fc.array(fc.nat({ max: 80 })), added: fc.array(fc.nat({ max: 80 })) });
    const seconds = fc.uniqueArray(fc.nat({ max: 80 }), { maxLength: 60 });
    fc.assert(
      fc.property(seconds, fc.array(change, { maxLength: 30 }), (created, plan) => {
        const list = itemsAt(created);
        let nextId = 1000;
        const { read } = scan(list, (live, call) => {
          const { deleted = [], added = [] } = plan[call] ?? {};
          for (const place of deleted) if (live.length > 0) live.splice(place % live.length, 1);
          for (const second of added) live.push({ id: nextId++, createdAt: at(second) });
        });
        // What enters behind the cursor was modified after the scan began: others tell of it.
        for (const { id } of list.filter((item) => item.id < 1000)) assert(read.includes(id), `missed ${id}`);
      }),
      { numRuns: 1000 },
    );
  });
});

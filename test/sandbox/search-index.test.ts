import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createIndexColumns } from '../../src/sandbox/store/index-columns.ts';
import { createSortedRows } from '../../src/sandbox/store/sorted-rows.ts';

describe('sandbox: search index', () => {
  it('keeps rows in order whatever changes, as if they were sorted anew', () => {
    const change = fc.record({ row: fc.nat(40), key: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 20 }), fc.array(change, { maxLength: 60 }), (start, changes) => {
        const keys = [...start];
        const rows = createSortedRows((row) => keys[row] ?? 0);
        rows.ascending(keys.length);
        for (const { row, key } of changes) {
          // A row that is not there yet is added at the end, as new conversations are.
          const place = Math.min(row, keys.length);
          if (place < keys.length) rows.remove(place);
          keys[place] = key;
          rows.insert(place);
        }
        const sorted = [...keys.keys()].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
        assert.deepEqual([...rows.ascending(keys.length)], sorted);
      }),
    );
  });

  it('gives back what was written, beyond the rows it was made for', () => {
    const columns = createIndexColumns(0);
    const entryOf = (row: number) => ({
      createdAtMs: row * 1000,
      modifiedAtMs: row * 2000,
      waitingSinceMs: row * 3000,
      status: (['active', 'pending', 'closed', 'spam'] as const)[row % 4] ?? 'active',
      mailboxId: 310 + (row % 3),
      customerId: 88_001 + row,
      assigneeId: row % 2 === 0 ? null : 501,
      tags: row % 5 === 0 ? [] : ['Late', `t${row % 5}`],
      hasAttachments: row % 7 === 0,
      hasFields: row % 11 === 0,
      hasCopies: row % 3 === 0,
      isListed: row % 13 !== 0,
    });
    for (let row = 0; row < 3000; row += 1) columns.write(row, entryOf(row));
    for (let row = 0; row < 3000; row += 1) {
      const { tags, ...entry } = entryOf(row);
      assert.deepEqual(
        {
          createdAtMs: columns.createdAtMs(row),
          modifiedAtMs: columns.modifiedAtMs(row),
          waitingSinceMs: columns.waitingSinceMs(row),
          status: columns.status(row),
          mailboxId: columns.mailboxId(row),
          customerId: columns.customerId(row),
          assigneeId: columns.assigneeId(row),
          hasAttachments: columns.hasAttachments(row),
          hasFields: columns.hasFields(row),
          hasCopies: columns.hasCopies(row),
          isListed: columns.isListed(row),
        },
        entry,
      );
      assert.deepEqual([...columns.tags(row)].sort(), tags.map((tag) => tag.toLowerCase()).sort());
    }
  });
});

/**
 * The rows of an index in ascending order of a number, ties by row. Made on first use and then kept in order row by row:
 * a change moves one row, it does not sort anew.
 */
export function createSortedRows(keyOf: (row: number) => number) {
  let order = new Uint32Array(0);
  let length = 0;
  let isMade = false;

  /** Where a row with this key is, or would be. */
  function placeOf(row: number, key: number): number {
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = order[middle] ?? 0;
      const otherKey = keyOf(other);
      if (otherKey < key || (otherKey === key && other < row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    /** Call it before the row's key changes, with what it is until then. */
    remove(row: number): void {
      if (!isMade) return;
      const place = placeOf(row, keyOf(row));
      if (order[place] !== row) return;
      order.copyWithin(place, place + 1, length);
      length -= 1;
    },
    /** Call it when the row has its new key. */
    insert(row: number): void {
      if (!isMade) return;
      if (length === order.length) {
        const larger = new Uint32Array(Math.max(1024, order.length * 2));
        larger.set(order);
        order = larger;
      }
      const place = placeOf(row, keyOf(row));
      order.copyWithin(place + 1, place, length);
      order[place] = row;
      length += 1;
    },
    /** All rows, ascending; valid until the next change. `rows` says how many there are, for the first use. */
    ascending(rows: number): Uint32Array {
      if (!isMade) {
        order = Uint32Array.from({ length: rows }, (_, row) => row).sort(
          (one, other) => keyOf(one) - keyOf(other) || one - other,
        );
        length = rows;
        isMade = true;
      }
      return order.subarray(0, length);
    },
  };
}

export type SortedRows = ReturnType<typeof createSortedRows>;

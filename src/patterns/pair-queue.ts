/** Two patterns and how near they are. */
interface Pair {
  a: string;
  b: string;
  similarity: number;
}

/** A binary heap, most similar pair first; equal ones by their ids, so that nothing depends on what came when. */
export function createPairQueue() {
  const heap: (Pair & { version: number })[] = [];
  const before = (x: Pair, y: Pair) =>
    x.similarity !== y.similarity ? x.similarity > y.similarity : x.a !== y.a ? x.a < y.a : x.b < y.b;
  const swap = (i: number, j: number) => {
    const [x, y] = [heap[i], heap[j]];
    if (x && y) [heap[i], heap[j]] = [y, x];
  };
  const isBefore = (i: number, j: number) => {
    const [x, y] = [heap[i], heap[j]];
    return x !== undefined && y !== undefined && before(x, y);
  };
  return {
    push(pair: Pair, version: number): void {
      let at = heap.push({ ...pair, version }) - 1;
      for (let up = (at - 1) >> 1; at > 0 && isBefore(at, up); up = (at - 1) >> 1) {
        swap(at, up);
        at = up;
      }
    },
    pop(): (Pair & { version: number }) | undefined {
      swap(0, heap.length - 1);
      const first = heap.pop();
      for (let at = 0; ; ) {
        const child = isBefore(2 * at + 2, 2 * at + 1) ? 2 * at + 2 : 2 * at + 1;
        if (!isBefore(child, at)) return first;
        swap(at, child);
        at = child;
      }
    },
  };
}

/** The items in an order that depends on the seed alone; seed 0 leaves them as they are. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  if (seed === 0) return [...items];
  const random = createRandom(seed);
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** A linear congruential generator: good enough to mix an order, and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 11n) / 2 ** 53;
  };
}

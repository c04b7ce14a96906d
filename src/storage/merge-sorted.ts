/** One sorted sequence out of several: takes from each no further than is asked for, and closes all when left early. */
export async function* mergeSorted<T>(
  sources: readonly AsyncGenerator<T, void>[],
  isBefore: (a: T, b: T) => boolean,
): AsyncGenerator<T> {
  const [only] = sources;
  if (only && sources.length === 1) {
    yield* only;
    return;
  }
  try {
    const heads = await Promise.all(sources.map(async (source) => ({ source, head: await source.next() })));
    for (;;) {
      let first: { source: AsyncGenerator<T, void>; head: IteratorResult<T, void>; value: T } | undefined;
      for (const each of heads) {
        if (each.head.done) continue;
        if (!first || isBefore(each.head.value, first.value)) first = Object.assign(each, { value: each.head.value });
      }
      if (!first) return;
      yield first.value;
      first.head = await first.source.next();
    }
  } finally {
    await Promise.all(sources.map((source) => source.return()));
  }
}

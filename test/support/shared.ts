type Stop = () => Promise<unknown>;

/** How to stop what the tests of a `describe` share, in the order in which it was started. */
const stopsBySuite = new WeakMap<Mocha.Suite, Stop[]>();

function stopsOf({ test }: Mocha.Context): Stop[] {
  const suite = test?.parent;
  if (!suite) throw new Error('only the hooks of a describe have what its tests share');
  const stops = stopsBySuite.get(suite) ?? [];
  stopsBySuite.set(suite, stops);
  return stops;
}

/** Stops what was started last first, and all of it, also when some cannot be stopped. */
async function stopAll(stops: Stop[]): Promise<void> {
  const stop = stops.pop();
  if (!stop) return;
  try {
    await stop();
  } finally {
    await stopAll(stops);
  }
}

/**
 * Something that the tests of the surrounding `describe` share: started before them, and stopped after them. `start` says
 * of each thing it has started, at once, how that is stopped: it is also stopped when a later step fails.
 * @returns what `start` returns, its own properties filled in once it is there: for tests and for the hooks further down
 */
export function shared<T extends object>(start: (thenStop: (stop: Stop) => void) => Promise<T>): T {
  // Tests and helpers name it before anything runs.
  const handle = {} as T;
  before(async function () {
    const stops = stopsOf(this);
    Object.assign(handle, await start((stop) => void stops.push(stop)));
  });
  // Mocha runs these in the order of the starts: the first stops everything, the others find nothing left.
  after(async function () {
    await stopAll(stopsOf(this));
  });
  return handle;
}

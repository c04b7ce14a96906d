/** How an endpoint was used since the sandbox started. */
export interface EndpointUsage {
  calls: number;
  /** Answered with 400 or more; `limited` are those of them with 429. */
  errors: number;
  limited: number;
  /** Without an answer. */
  dropped: number;
}

/** Counts by method and path template. */
export function createUsage() {
  const byName = new Map<string, EndpointUsage>();
  const of = (name: string): EndpointUsage => {
    const known = byName.get(name) ?? { calls: 0, errors: 0, limited: 0, dropped: 0 };
    byName.set(name, known);
    return known;
  };
  return {
    arrived(name: string): void {
      of(name).calls += 1;
    },
    ended(name: string, status: number | null): void {
      const usage = of(name);
      if (status === null) usage.dropped += 1;
      else if (status >= 400) usage.errors += 1;
      if (status === 429) usage.limited += 1;
    },
    all: (): Record<string, EndpointUsage> =>
      Object.fromEntries([...byName].map(([name, usage]) => [name, { ...usage }])),
  };
}

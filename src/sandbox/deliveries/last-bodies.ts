import type { Told } from './publication.ts';

const KEPT = 2000;

/** The last of each event and resource, so that a duplicate is one to the byte; the oldest are forgotten. */
export function createLastBodies() {
  const byKey = new Map<string, Told>();
  const keyOf = (event: string, id: number) => `${event} ${id}`;
  return {
    get: (event: string, id: number): Told | undefined => byKey.get(keyOf(event, id)),
    set(event: string, told: Told): void {
      const key = keyOf(event, told.id);
      byKey.delete(key);
      byKey.set(key, told);
      const [oldest] = byKey.keys();
      if (byKey.size > KEPT && oldest !== undefined) byKey.delete(oldest);
    },
  };
}

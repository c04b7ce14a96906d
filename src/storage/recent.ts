/** More accounts than one process serves at a time. */
const MOST = 5_000;

/** Values by key, for as many keys as were set last: what is forgotten can be found out again. */
export function createRecent<Value>(most = MOST) {
  const kept = new Map<string, Value>();
  return {
    get: (key: string): Value | undefined => kept.get(key),
    set(key: string, value: Value): void {
      kept.delete(key);
      kept.set(key, value);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
    delete(key: string): void {
      kept.delete(key);
    },
  };
}

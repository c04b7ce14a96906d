const isGenerator = (value: unknown) => Object.prototype.toString.call(value) === '[object AsyncGeneratorFunction]';
type AnyFunction = (...args: unknown[]) => unknown;
type Key = (organizationId: string) => string | Promise<string>;

/**
 * A store that reads and writes one edition of an organization's insights: its functions take the organization's id
 * first, and pass on the key of that edition instead; what they return names the organization again. Functions that
 * take no id pass through.
 */
export function inEdition<Store extends object>(store: Store, keyOf: Key): Store {
  const bound = Object.entries(store).map(([name, run]: [string, unknown]) => [
    name,
    typeof run === 'function' ? (isGenerator(run) ? streamed(run as AnyFunction) : called(run as AnyFunction)) : run,
  ]);
  return Object.assign({ ...store }, Object.fromEntries(bound));

  function called(run: AnyFunction): AnyFunction {
    return async (organizationId, ...rest) => {
      if (typeof organizationId !== 'string') return run(organizationId, ...rest);
      const key = await keyOf(organizationId);
      return named(await run(key, ...rest), key, organizationId);
    };
  }

  function streamed(run: AnyFunction): AnyFunction {
    return async function* (organizationId, ...rest) {
      const key = await keyOf(String(organizationId));
      for await (const one of run(key, ...rest) as AsyncIterable<unknown>)
        yield named(one, key, String(organizationId));
    };
  }
}

/** What was read, with the organization's id where the key of an edition stood. */
function named(value: unknown, key: string, organizationId: string): unknown {
  if (key === organizationId) return value;
  if (Array.isArray(value)) return value.map((one) => named(one, key, organizationId));
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if ('organizationId' in value) return value.organizationId === key ? { ...value, organizationId } : value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, named(one, key, organizationId)]));
}

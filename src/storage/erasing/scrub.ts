/** One text inside a document that has to be another. */
export interface Replacement {
  /** As MongoDB writes it: names and positions joined by dots. */
  path: string;
  before: string;
  after: string;
}

/** Every text of a document that `change` makes another; dates, ids and bytes are none. */
export function replacementsIn(value: unknown, change: (text: string) => string, path = ''): Replacement[] {
  if (typeof value === 'string') {
    const after = change(value);
    return after === value ? [] : [{ path, before: value, after }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => replacementsIn(one, change, `${path}.${index}`));
  }
  if (typeof value !== 'object' || value === null || !isPlain(value)) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    path === '' && name === '_id' ? [] : replacementsIn(one, change, path === '' ? name : `${path}.${name}`),
  );
}

const isPlain = (value: object) => [Object.prototype, null].includes(Object.getPrototypeOf(value));

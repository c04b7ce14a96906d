import { z } from 'zod';

export interface DeclaredIndex {
  fields: Record<string, unknown>;
  /** The `partialFilterExpression`: rows that do not fit it are not in the index. */
  partial?: object | undefined;
}

const RANGE = ['$gt', '$gte', '$lt', '$lte'];
const isPlain = (value: unknown) => value === null || typeof value !== 'object' || value instanceof Date;
const isRange = (value: unknown) => !isPlain(value) && Object.keys(Object(value)).every((name) => RANGE.includes(name));
const partialSchema = z.record(z.string(), z.strictObject({ $gt: z.literal('') }));

/**
 * Whether a query's rows are one unbroken piece of an index, lying in the order of the sort: then a server examines one
 * key for each row that it returns, whatever rows there are. That is so when the index begins with fields that the query
 * gives single values, is continued by the fields of the sort, all of them forwards or all backwards, and the query asks
 * for nothing else but a range of the first field whose value is open.
 */
export function readsInOrderFrom(
  { fields, partial }: DeclaredIndex,
  filter: Record<string, unknown>,
  sort: Readonly<Record<string, 1 | -1>>,
): boolean {
  const keys = Object.entries(fields);
  const single = keys.findIndex(([field]) => !(field in filter && isPlain(filter[field])));
  const [fixed, open] = single < 0 ? [keys, []] : [keys.slice(0, single), keys.slice(single)];
  const asked = Object.keys(filter).filter((field) => !fixed.some(([name]) => name === field));
  const onlyRange = asked.every((field) => field === open[0]?.[0] && isRange(filter[field]));
  // Fields with single values have no part in the order.
  const sorted = Object.entries(sort).filter(([field]) => !fixed.some(([name]) => name === field));
  const way = sorted[0] && open[0] && Number(sorted[0][1]) * Number(open[0][1]);
  const inOrder = sorted.every(
    ([field, direction], place) => open[place]?.[0] === field && Number(open[place][1]) * direction === way,
  );
  const holdsAll = Object.keys(partialSchema.parse(partial ?? {})).every((field) => {
    const value = filter[field];
    return typeof value === 'string' && value > '';
  });
  return onlyRange && inOrder && holdsAll;
}

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface DemoOptions {
  corpus: string | null;
  json: string | null;
  keep: boolean;
  limit: number | null;
}

/**
 * Reads the demo's arguments; paths count from the folder that npm was run in.
 * @throws Error naming the argument that is wrong.
 */
export function parseDemoOptions(args: string[], folder: string): DemoOptions {
  const { values } = parseArgs({
    args,
    options: {
      corpus: { type: 'string' },
      json: { type: 'string' },
      keep: { type: 'boolean', default: false },
      limit: { type: 'string' },
    },
  });
  const limit = values.limit === undefined ? null : Number(values.limit);
  if (limit !== null && !(Number.isInteger(limit) && limit > 0))
    throw new Error('--limit takes a whole number from 1.');
  if (limit !== null && values.corpus === undefined) throw new Error('--limit needs --corpus.');
  return {
    corpus: values.corpus === undefined ? null : resolve(folder, values.corpus),
    json: values.json === undefined ? null : resolve(folder, values.json),
    keep: values.keep,
    limit,
  };
}

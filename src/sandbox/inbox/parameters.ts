import { z } from 'zod';

/** A repeated parameter means the same as one comma-separated value. */
const joined = z.preprocess((value) => (Array.isArray(value) ? value.join(',') : value), z.string().min(1));

export const idParameter = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a number')
  .transform(Number);

export const pageParameter = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'must be a number from 1')
  .transform(Number)
  .default(1);

/** `310,311` */
export const idListParameter = joined
  .pipe(z.string().regex(/^\d+(,\d+)*$/, 'must be ids separated by commas'))
  .transform((ids) => new Set(ids.split(',').map(Number)));

/** `export,bug`; names are compared without case. */
export const nameListParameter = joined.transform(
  (names) =>
    new Set(
      names
        .split(',')
        .map((name) => name.trim().toLowerCase())
        .filter((name) => name !== ''),
    ),
);

/** Second precision only: milliseconds are refused by the original. */
export const timeParameter = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'must be a date such as 2026-03-01T09:30:00Z')
  .transform((value, context) => {
    const ms = Date.parse(value);
    if (!Number.isNaN(ms)) return ms;
    context.addIssue({ code: 'custom', message: 'is not a date', input: value });
    return z.NEVER;
  });

/** `12:4411,13:Pro`: pairs of an id and a value. */
export const pairListParameter = joined
  .pipe(z.string().regex(/^\d{1,15}:[^,]+(,\d{1,15}:[^,]+)*$/, 'must be pairs such as 12:4411, separated by commas'))
  .transform((pairs) =>
    pairs.split(',').map((pair) => {
      const colon = pair.indexOf(':');
      return { id: Number(pair.slice(0, colon)), value: pair.slice(colon + 1) };
    }),
  );

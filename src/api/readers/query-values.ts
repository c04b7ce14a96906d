import { z } from 'zod';

/** A text of a query; empty when it is missing, repeated or too long. */
export const queryText = z.string().trim().max(200).catch('');

/** One of a list, or null: what is not in the list means no filter, so that an old address still works. */
export const oneOf = <T extends string>(values: readonly T[]) => z.enum(values).nullable().catch(null);

/** One of a list, or its usual value. */
export const oneOfOr = <T extends string>(values: readonly T[], usual: T) => z.enum(values).catch(() => usual);

export const queryCursor = z.string().min(1).max(320).nullable().catch(null);

/** Ids in addresses; what is no such id cannot be found. */
export const idParam = z.string().min(1).max(300);
export const numberParam = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** Values of repeated form fields: a form sends one as a text, several as a list, none not at all. */
export const repeated = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(item).max(500));

import { z } from 'zod';
import { SEVERITIES } from '../../../domain/category.ts';

/** A select whose empty value says "none". */
const emptyIsNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());
/** What a form says of an issue besides its category. */
export const judgementFields = {
  productArea: emptyIsNull(z.string().trim().min(1).max(80)),
  severity: emptyIsNull(z.enum(SEVERITIES)),
};
export const issueNumber = z.coerce.number().int().nonnegative().max(1000).default(0);

import { z } from 'zod';

/**
 * The same values, none of them needed and none of them filled in: for a change that leaves alone what it does not name.
 * What is not known is refused.
 */
export function withoutDefaults(schema: z.ZodObject): z.ZodObject {
  const parts = Object.entries(schema.shape).map(([name, part]) => [name, optionalPart(part)] as const);
  return z.strictObject(Object.fromEntries(parts));
}

function optionalPart(part: z.core.$ZodType): z.ZodType {
  if (part instanceof z.ZodDefault || part instanceof z.ZodPrefault || part instanceof z.ZodOptional) {
    return optionalPart(part.unwrap());
  }
  if (part instanceof z.ZodObject) return withoutDefaults(part).optional();
  return z.optional(part);
}

import { z } from 'zod';

const id = z.number().int();
const ms = z.number().int();

/** The collections of a customer. The API writes `socialProfiles` in three ways; everything here writes it in this one. */
export const ENTRY_KINDS = ['emails', 'phones', 'chats', 'socialProfiles', 'websites'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One address, number, account or site. The type is null on websites, which have none. */
const entrySchema = z.object({ id, type: z.string().nullable(), value: z.string() });
export type Entry = z.infer<typeof entrySchema>;

const addressSchema = z.object({
  city: z.string(),
  state: z.string(),
  postalCode: z.string(),
  country: z.string(),
  lines: z.array(z.string()),
});
export type Address = z.infer<typeof addressSchema>;

const customerSchema = z.object({
  id,
  firstName: z.string(),
  lastName: z.string(),
  gender: z.string(),
  jobTitle: z.string(),
  location: z.string(),
  organization: z.string(),
  photoUrl: z.string(),
  photoType: z.string(),
  age: z.string(),
  background: z.string(),
  draft: z.boolean(),
  address: addressSchema.nullable(),
  emails: z.array(entrySchema),
  phones: z.array(entrySchema),
  chats: z.array(entrySchema),
  socialProfiles: z.array(entrySchema),
  websites: z.array(entrySchema),
  /** Values by the slug of their property. */
  properties: z.record(z.string(), z.string()),
  createdAtMs: ms,
  updatedAtMs: ms,
});
export type Customer = z.infer<typeof customerSchema>;

export const PROPERTY_TYPES = ['text', 'number', 'url', 'date', 'dropdown'] as const;
const customerPropertySchema = z.object({
  type: z.enum(PROPERTY_TYPES),
  slug: z.string(),
  name: z.string(),
  /** Of a dropdown; null for the other types. */
  options: z.array(z.object({ id: z.string(), label: z.string() })).nullable(),
});
export type CustomerProperty = z.infer<typeof customerPropertySchema>;

export const customerEvents = [
  z.object({ kind: z.literal('customerSaved'), customer: customerSchema, atMs: ms }),
  z.object({ kind: z.literal('customerDeleted'), customerId: id, atMs: ms }),
  z.object({ kind: z.literal('customerPropertySaved'), property: customerPropertySchema }),
  z.object({ kind: z.literal('customerPropertyDeleted'), slug: z.string() }),
] as const;

import { z } from 'zod';
import { syncErrorCodeSchema } from './sync-error.ts';

const text = (name: string, length: number) =>
  z.string(`${name} has to be a text.`).trim().max(length, `${name} may have at most ${length} characters.`);

/**
 * What an organization's own systems say of a customer. Absent fields are left as Help Scout has them; empty ones are
 * cleared there.
 */
export const customerFieldsSchema = z.object({
  email: z
    .string('Give the customer’s e-mail address.')
    .trim()
    .toLowerCase()
    .max(254, 'An e-mail address may have at most 254 characters.')
    .pipe(z.email('Give an e-mail address, such as ada@example.com.')),
  firstName: text('The first name', 40).optional(),
  lastName: text('The last name', 40).optional(),
  jobTitle: text('The job title', 60).optional(),
  organization: text('The organization', 60).optional(),
  location: text('The location', 60).optional(),
  background: text('The background', 200).optional(),
  phone: text('The phone number', 30).optional(),
  website: text('The website', 250).optional(),
});
export type CustomerFields = z.infer<typeof customerFieldsSchema>;
export const CUSTOMER_FIELD_NAMES = customerFieldsSchema.keyof().options;
export type CustomerFieldName = (typeof CUSTOMER_FIELD_NAMES)[number];

export const CUSTOMER_FIELD_TEXT: Record<CustomerFieldName, string> = {
  email: 'E-mail',
  firstName: 'First name',
  lastName: 'Last name',
  jobTitle: 'Job title',
  organization: 'Organization',
  location: 'Location',
  background: 'Background',
  phone: 'Phone',
  website: 'Website',
};

/** The id that the organization's own systems know a customer by. */
export const externalIdSchema = z
  .string('Give the customer’s id in your systems.')
  .trim()
  .min(1, 'Give the customer’s id in your systems.')
  .max(200, 'An id may have at most 200 characters.');

/** `waiting` for the next batch; `failed` waits for a person. */
export const CUSTOMER_STATES = ['waiting', 'syncing', 'synced', 'failed', 'dismissed'] as const;
export type CustomerState = (typeof CUSTOMER_STATES)[number];

export const customerRecordSchema = z.object({
  organizationId: z.string(),
  integrationId: z.string(),
  /** Given by the organization's own systems. */
  externalId: z.string().min(1).max(200),
  /** What is wanted now ... */
  fields: customerFieldsSchema,
  /** ... numbered, so that a sync knows whether something came while it ran ... */
  version: z.number().int(),
  /** ... and the version that Help Scout has; 0 before the first. */
  syncedVersion: z.number().int(),
  /** What that version said: an address that is to be replaced is known by it. */
  syncedFields: customerFieldsSchema.nullable().default(null),
  helpScoutCustomerId: z.number().int().nullable(),
  /** Since when a create may have been sent whose answer is not known; null otherwise. */
  createSentAt: z.date().nullable().default(null),
  /** Who asked for this version to be sent, where somebody did. */
  requestedBy: z.string().nullable().default(null),
  state: z.enum(CUSTOMER_STATES),
  /** Of `failed`: why. */
  problem: z.object({ code: syncErrorCodeSchema, details: z.string() }).nullable().default(null),
  createdAt: z.date(),
  updatedAt: z.date(),
  syncedAt: z.date().nullable(),
});
export type CustomerRecord = z.infer<typeof customerRecordSchema>;

/** Whether two say the same of a customer. */
export const sameFields = (a: CustomerFields, b: CustomerFields): boolean =>
  CUSTOMER_FIELD_NAMES.every((name) => a[name] === b[name]);

/** Sentences by field for what does not fit. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of error.issues) errors[String(path[0] ?? 'body')] ??= message;
  return errors;
}

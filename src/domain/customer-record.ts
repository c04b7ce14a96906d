import { z } from 'zod';

const text = (length: number) => z.string().trim().max(length);

/** What an organization's own systems say of a customer. Absent fields are left as Help Scout has them. */
export const customerFieldsSchema = z.object({
  email: text(254).pipe(z.email()),
  firstName: text(40).optional(),
  lastName: text(40).optional(),
  jobTitle: text(60).optional(),
  organization: text(60).optional(),
  location: text(60).optional(),
  background: text(200).optional(),
  phone: text(30).optional(),
  website: text(250).optional(),
});
export type CustomerFields = z.infer<typeof customerFieldsSchema>;

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
  helpScoutCustomerId: z.number().int().nullable(),
  state: z.enum(CUSTOMER_STATES),
  createdAt: z.date(),
  updatedAt: z.date(),
  syncedAt: z.date().nullable(),
});
export type CustomerRecord = z.infer<typeof customerRecordSchema>;

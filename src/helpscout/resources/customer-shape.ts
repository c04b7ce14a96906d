import { z } from 'zod';
import type { EntryKind } from '../endpoints.ts';
import { idSchema } from '../schemas.ts';
import type { CustomerField } from './customer-limits.ts';

export const entrySchema = z.object({ id: idSchema, value: z.string(), type: z.string().nullish() });
export type CustomerEntry = z.infer<typeof entrySchema>;

const text = z
  .string()
  .nullish()
  .transform((value) => value || null);
const entries = z.array(entrySchema).nullish();

/** Written in three ways: embedded, in URLs, and in creates. */
export const SOCIAL_PROFILES = ['social_profiles', 'social-profiles', 'socialProfiles'] as const;

/** Entries are embedded today; an answer without them is no answer about them. */
export const customerSchema = z
  .object({
    id: idSchema,
    firstName: text,
    lastName: text,
    jobTitle: text,
    background: text,
    location: text,
    organization: text,
    photoUrl: text,
    _embedded: z
      .object({
        emails: entries,
        phones: entries,
        chats: entries,
        social_profiles: entries,
        'social-profiles': entries,
        socialProfiles: entries,
        websites: entries,
      })
      .nullish(),
  })
  .transform(({ _embedded: embedded, ...customer }) => ({
    ...customer,
    entries: {
      emails: embedded?.emails ?? null,
      phones: embedded?.phones ?? null,
      chats: embedded?.chats ?? null,
      'social-profiles': SOCIAL_PROFILES.map((name) => embedded?.[name]).find(Boolean) ?? null,
      websites: embedded?.websites ?? null,
    },
  }));
export type ApiCustomer = z.output<typeof customerSchema>;

/** A customer as Help Scout has them now. */
export type KnownCustomer = { customerId: number } & Record<CustomerField, string | null> & {
    entries: Record<EntryKind, readonly CustomerEntry[]>;
  };

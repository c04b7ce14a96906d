import { z } from 'zod';
import type { EntryKind } from '../store/events/customer-events.ts';

const text = (most: number) => z.string().max(most, `may have at most ${most} characters`);
const name = text(40).min(1);
/** Read in any case, for the original writes it in more than one. */
const gender = z.preprocess(
  (value) => (typeof value === 'string' ? value.toLowerCase() : value),
  z.enum(['male', 'female', 'unknown']),
);

const ENTRY_TYPES = {
  emails: ['work', 'home', 'other'],
  phones: ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
  chats: ['aim', 'gtalk', 'icq', 'msn', 'qq', 'skype', 'xmpp', 'yahoo', 'other'],
  socialProfiles: [
    'twitter',
    'facebook',
    'linkedin',
    'aboutme',
    'google',
    'googleplus',
    'flickr',
    'quora',
    'youtube',
    'other',
  ],
} as const;

const typed = (types: readonly [string, ...string[]], value: z.ZodString | z.ZodEmail) =>
  z.object({ type: z.enum(types).default('other'), value });
const entryText = z.string().min(1);

/** One entry as a body has it: the key is `value` whatever the kind is, so `{"email": ...}` lacks it. */
export const entrySchemas = {
  emails: typed(ENTRY_TYPES.emails, z.email('must be an email address')),
  phones: typed(ENTRY_TYPES.phones, entryText),
  chats: typed(ENTRY_TYPES.chats, entryText),
  socialProfiles: typed(ENTRY_TYPES.socialProfiles, entryText),
  websites: z.object({ value: entryText }).transform(({ value }) => ({ type: null, value })),
} satisfies Record<EntryKind, z.ZodType<{ type: string | null; value: string }>>;

/** The fields that are one text each, and what they may be. */
export const overwriteSchema = z
  .object({
    firstName: name,
    lastName: name,
    gender,
    jobTitle: text(60),
    location: text(60),
    organization: text(60),
    photoUrl: text(200),
    photoType: text(60),
    age: z.string(),
    background: text(200),
  })
  .partial();
export type Scalar = keyof typeof overwriteSchema.shape;
export const SCALARS = [
  'firstName',
  'lastName',
  'gender',
  'jobTitle',
  'location',
  'organization',
  'photoUrl',
  'photoType',
  'age',
  'background',
] as const satisfies Scalar[];

export const addressSchema = z.object({
  city: z.string().default(''),
  state: z.string().default(''),
  postalCode: z.string().default(''),
  country: z.string().default(''),
  lines: z.array(z.string()).default([]),
});

/** What a new customer may be made with: the body of a create, and the `customer` of a new conversation or thread. */
export const customerFieldsSchema = overwriteSchema.extend({
  phone: entryText.optional(),
  emails: z.array(entrySchemas.emails).optional(),
  phones: z.array(entrySchemas.phones).optional(),
  chats: z.array(entrySchemas.chats).optional(),
  socialProfiles: z.array(entrySchemas.socialProfiles).optional(),
  websites: z.array(entrySchemas.websites).optional(),
  address: addressSchema.nullish(),
  properties: z.array(z.object({ slug: z.string(), value: z.string() })).optional(),
});
export type CustomerFields = z.infer<typeof customerFieldsSchema>;

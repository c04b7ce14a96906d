import { z } from 'zod';

/*
 * Conversations and their threads, as Help Scout sends them; other shapes are beside their resources. It leaves out,
 * nulls or zeroes what has no value, and adds fields without notice: parse tolerantly.
 */

/** Ids and counts of the reference. */
export const idSchema = z.number().int();

const timeSchema = z.iso.datetime({ offset: true });

const apiPersonSchema = z.object({
  id: idSchema.nullish(),
  type: z.string().nullish(),
  first: z.string().nullish(),
  last: z.string().nullish(),
  email: z.string().nullish(),
});
export type ApiPerson = z.infer<typeof apiPersonSchema>;

const apiAttachmentSchema = z.object({
  id: idSchema,
  filename: z.string().nullish(),
  mimeType: z.string().nullish(),
  size: z.number().nullish(),
});

export const apiThreadSchema = z.object({
  id: idSchema,
  type: z.string(),
  state: z.string().nullish(),
  body: z.string().nullish(),
  createdBy: apiPersonSchema.nullish(),
  customer: apiPersonSchema.nullish(),
  createdAt: timeSchema,
  /** Named, never fetched. */
  _embedded: z
    .object({ attachments: z.array(apiAttachmentSchema).nullish() })
    .nullish()
    .catch(null),
});
export type ApiThread = z.infer<typeof apiThreadSchema>;

export const apiConversationSchema = z.object({
  id: idSchema,
  number: idSchema,
  /** A count: published threads without notes and line items. */
  threads: z.number().int(),
  type: z.string(),
  status: z.string(),
  state: z.string().nullish(),
  subject: z.string().nullish(),
  mailboxId: idSchema,
  createdAt: timeSchema,
  /** The last thing a user did; with what the customer did last, the nearest there is to a time of change. */
  userUpdatedAt: z.string().nullish().catch(null),
  /** An object, and a bare string in some answers. */
  customerWaitingSince: z
    .union([z.string(), z.object({ time: z.string().nullish() }).transform(({ time }) => time ?? null)])
    .nullish()
    .catch(null),
  tags: z
    .array(z.object({ tag: z.string() }))
    .nullish()
    .catch(null),
  primaryCustomer: apiPersonSchema.nullish(),
  _embedded: z.object({ threads: z.array(apiThreadSchema).nullish() }).nullish(),
  _links: z.object({ web: z.object({ href: z.string() }).nullish() }).nullish(),
});
export type ApiConversation = z.infer<typeof apiConversationSchema>;

/** A conversation of a list, or just its id where the rest is not what the reference says: the others are fine. */
export const listedConversationSchema = z.union([
  apiConversationSchema,
  z.object({ id: idSchema }).transform(({ id }) => ({ id, unreadable: true as const })),
]);
export type ListedConversation = z.infer<typeof listedConversationSchema>;

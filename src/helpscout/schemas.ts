import { z } from 'zod';

/** Help Scout leaves out, nulls or zeroes what has no value, and adds fields without notice: parse tolerantly. */

export const errorEnvelopeSchema = z.object({
  logRef: z.string().optional().catch(undefined),
  _embedded: z
    .object({ errors: z.array(z.object({ path: z.string().optional().catch(undefined) })) })
    .optional()
    .catch(undefined),
});

const pageSchema = z.object({
  totalElements: z.number().int(),
  totalPages: z.number().int(),
  number: z.number().int(),
});

/** A page-numbered list; an empty result has no `_embedded` at all. */
export const listOf = <Item extends z.ZodType>(name: string, item: Item) =>
  z.object({ _embedded: z.record(z.string(), z.unknown()).optional(), page: pageSchema }).transform((list, context) => {
    const items = z.array(item).safeParse(list._embedded?.[name] ?? []);
    if (items.success) return { items: items.data, page: list.page };
    for (const issue of items.error.issues) {
      context.addIssue({ code: 'custom', message: issue.message, path: ['_embedded', name, ...issue.path] });
    }
    return z.NEVER;
  });

const apiPersonSchema = z.object({
  id: z.number().int().nullish(),
  type: z.string().nullish(),
  first: z.string().nullish(),
  last: z.string().nullish(),
  email: z.string().nullish(),
});
export type ApiPerson = z.infer<typeof apiPersonSchema>;

export const apiThreadSchema = z.object({
  id: z.number().int(),
  type: z.string(),
  state: z.string().nullish(),
  body: z.string().nullish(),
  createdBy: apiPersonSchema.nullish(),
  customer: apiPersonSchema.nullish(),
  createdAt: z.iso.datetime({ offset: true }),
});
export type ApiThread = z.infer<typeof apiThreadSchema>;

export const apiConversationSchema = z.object({
  id: z.number().int(),
  number: z.number().int(),
  /** A count: published threads without notes and line items. */
  threads: z.number().int(),
  type: z.string(),
  status: z.string(),
  state: z.string().nullish(),
  subject: z.string().nullish(),
  mailboxId: z.number().int(),
  createdAt: z.iso.datetime({ offset: true }),
  primaryCustomer: apiPersonSchema.nullish(),
  _embedded: z.object({ threads: z.array(apiThreadSchema).nullish() }).nullish(),
  _links: z.object({ web: z.object({ href: z.string() }).nullish() }).nullish(),
});
export type ApiConversation = z.infer<typeof apiConversationSchema>;

/** A conversation of a list, or just its id where the rest is not what the reference says: the others are fine. */
export const listedConversationSchema = z.union([
  apiConversationSchema,
  z.object({ id: z.number().int() }).transform(({ id }) => ({ id, unreadable: true as const })),
]);

export const apiUserSchema = z.object({
  id: z.number().int(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  email: z.string(),
  companyId: z.number().int().nullish(),
});

export const apiMailboxSchema = z.object({ id: z.number().int(), name: z.string(), email: z.string().nullish() });

export const apiWebhookSchema = z.object({
  id: z.number().int(),
  url: z.string(),
  state: z.string(),
  events: z.array(z.string()),
  mailboxIds: z.array(z.number().int()).nullish(),
});
export type ApiWebhook = z.infer<typeof apiWebhookSchema>;

export const tokenReplySchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.number().positive(),
});

export const docsCollectionsSchema = z.object({
  collections: z.object({
    page: z.number().int(),
    pages: z.number().int(),
    items: z.array(z.object({ id: z.string(), name: z.string(), publishedArticleCount: z.number().int().nullish() })),
  }),
});

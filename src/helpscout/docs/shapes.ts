import { z } from 'zod';

/*
 * Articles and where they are filed, as the Docs API sends them. Ids are texts. What has no value is null, or missing.
 */

const id = z.string().min(1);
const count = z.number().int().nullish();
const time = z.string().nullish();

export const siteSchema = z.object({
  id,
  title: z.string().nullish(),
  companyName: z.string().nullish(),
  subDomain: z.string().nullish(),
  cname: z.string().nullish(),
});
export type DocsSite = z.infer<typeof siteSchema>;

export const collectionSchema = z.object({
  id,
  siteId: z.string().nullish(),
  name: z.string(),
  publishedArticleCount: count,
});

export const categorySchema = z.object({
  id,
  collectionId: z.string().nullish(),
  name: z.string(),
  articleCount: count,
});
export type DocsCategory = z.infer<typeof categorySchema>;

/** An article without its text. */
export const articleReferenceSchema = z.object({
  id,
  collectionId: z.string(),
  name: z.string(),
  status: z.string(),
  publicUrl: z.string().nullish(),
  createdAt: time,
  /** Null until the first edit. */
  updatedAt: time,
  lastPublishedAt: time,
});
export type DocsArticleReference = z.infer<typeof articleReferenceSchema>;

export const articleSchema = articleReferenceSchema.extend({
  /** HTML. */
  text: z.string().nullish(),
  categories: z.array(z.string()).nullish(),
  keywords: z.array(z.string()).nullish(),
});
export type DocsArticle = z.infer<typeof articleSchema>;

export const foundArticleSchema = z.object({
  id,
  collectionId: z.string(),
  name: z.string(),
  /** The words around what was found. */
  preview: z.string().nullish(),
  url: z.string().nullish(),
});
export type FoundArticle = z.infer<typeof foundArticleSchema>;

/** A page of a list, wrapped in the plural of what it lists. */
export const docsListOf = <Item extends z.ZodType>(name: string, item: Item) =>
  z
    .object({ [name]: z.object({ pages: z.number().int(), items: z.array(item) }) })
    .transform((wrapped): { pages: number; items: z.output<Item>[] } => wrapped[name] ?? { pages: 0, items: [] });

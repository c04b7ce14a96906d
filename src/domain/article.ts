import { z } from 'zod';
import { syncErrorCodeSchema } from './sync-error.ts';

/** Terms of a text with how often each occurs. */
export type TermCounts = readonly (readonly [term: string, count: number])[];

/** What is compared of an article: enough to rank it without its text. */
export interface ArticleProfile {
  /** Of the title and the keywords. */
  title: TermCounts;
  /** Of each passage of the text, in order. */
  passages: readonly TermCounts[];
}

/** A help article of a mapped collection, as text. */
export const articleSchema = z.object({
  articleId: z.string(),
  collectionId: z.string(),
  title: z.string(),
  /** Where customers read it; empty when the site is not public. */
  url: z.string(),
  text: z.string(),
  /** Changes whenever the article may have; equal: nothing to read again. */
  version: z.string(),
});
export type Article = z.infer<typeof articleSchema>;

/** An article as a search compares it. */
export type ArticleCandidate = Pick<Article, 'articleId' | 'title' | 'url'> & { profile: ArticleProfile };

/** How many articles of a library have a term; of all its articles together. */
export interface LibraryStatistics {
  articles: number;
  /** Terms of an article's text, on average. */
  meanLength: number;
  documentFrequency: (term: string) => number;
}

export const COLLECTION_SYNC_STATES = ['waiting', 'syncing', 'synced', 'failed'] as const;

/** How a mapped collection's articles are: what the integration's page shows. */
export const collectionSyncSchema = z.object({
  collectionId: z.string(),
  state: z.enum(COLLECTION_SYNC_STATES),
  /** Articles that are stored. */
  articles: z.number().int().nonnegative(),
  /** When it was last read to its end; null before the first time. */
  lastSyncedAt: z.date().nullable(),
  /** Of `failed`: why. */
  error: syncErrorCodeSchema.nullable(),
});
export type CollectionSync = z.infer<typeof collectionSyncSchema>;

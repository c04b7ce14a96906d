import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import {
  type Article,
  type ArticleCandidate,
  type ArticleProfile,
  articleSchema,
  type TermCounts,
} from '../domain/article.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    articleId: { type: String, required: true },
    collectionId: { type: String, required: true },
    title: String,
    url: String,
    text: String,
    version: String,
    /** Every distinct term of the article: the inverted index. */
    terms: { type: [String], default: [] },
    /** JSON: read whole or not at all. */
    profile: String,
    /** The sync that saw it last: what an ended sync has not seen is gone. */
    seenBy: String,
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, integrationId: 1, articleId: 1 }, { unique: true });
schema.index({ organizationId: 1, integrationId: 1, terms: 1 });
schema.index({ organizationId: 1, integrationId: 1, collectionId: 1 });

/**
 * The form alone is checked: a search reads a hundred profiles with hundreds of terms each, and a schema that looks at
 * every term takes longer than the search.
 */
const profileSchema = z.object({
  title: z.custom<TermCounts>(Array.isArray),
  passages: z.custom<readonly TermCounts[]>(Array.isArray),
});
const readProfile = (json: string | null | undefined): ArticleProfile => profileSchema.parse(JSON.parse(json ?? ''));

/** What is stored of an article beside itself. */
export interface IndexedArticle {
  article: Article;
  profile: ArticleProfile;
  terms: readonly string[];
}

/** Help articles of mapped collections, with the inverted index (`terms`) that finds those a conversation may be about. */
export function createArticleStore(connection: Connection) {
  const model = connection.model('Article', schema, 'articles');
  const ofScope = (organizationId: string, integrationId: string) => ({ organizationId, integrationId });

  return {
    async save(
      organizationId: string,
      integrationId: string,
      { article, profile, terms }: IndexedArticle,
      syncId: string,
    ): Promise<void> {
      const { articleId, ...rest } = article;
      await onceMoreIfDuplicate(() =>
        model.updateOne(
          { ...ofScope(organizationId, integrationId), articleId },
          { $set: { ...rest, terms: [...terms], profile: JSON.stringify(profile), seenBy: syncId } },
          { upsert: true },
        ),
      );
    },

    /** The version of each that is stored and filed in this collection, by id. */
    async versions(
      organizationId: string,
      integrationId: string,
      collectionId: string,
      articleIds: readonly string[],
    ): Promise<Map<string, string>> {
      const found = await model
        .find(
          { ...ofScope(organizationId, integrationId), articleId: { $in: [...articleIds] }, collectionId },
          { articleId: 1, version: 1 },
        )
        .lean();
      return new Map(found.map(({ articleId, version }) => [articleId, version ?? '']));
    },

    /** These are still there, unchanged. */
    async markSeen(organizationId: string, integrationId: string, articleIds: readonly string[], syncId: string) {
      await model.updateMany(
        { ...ofScope(organizationId, integrationId), articleId: { $in: [...articleIds] } },
        { $set: { seenBy: syncId } },
      );
    },

    /** Articles of a collection that a sync has not come upon; `limit` at most. */
    async unseen(
      organizationId: string,
      integrationId: string,
      { collectionId, syncId, limit }: { collectionId: string; syncId: string; limit: number },
    ): Promise<string[]> {
      const found = await model
        .find({ ...ofScope(organizationId, integrationId), collectionId, seenBy: { $ne: syncId } }, { articleId: 1 })
        .limit(limit)
        .lean();
      return found.map(({ articleId }) => articleId);
    },

    async remove(organizationId: string, integrationId: string, articleIds: readonly string[]): Promise<number> {
      const filter = { ...ofScope(organizationId, integrationId), articleId: { $in: [...articleIds] } };
      return (await model.deleteMany(filter)).deletedCount;
    },

    /** Removes the articles of every collection but these. @returns how many went */
    async removeOthers(organizationId: string, integrationId: string, collectionIds: readonly string[]) {
      const filter = { ...ofScope(organizationId, integrationId), collectionId: { $nin: [...collectionIds] } };
      return (await model.deleteMany(filter)).deletedCount;
    },

    async removeCollection(organizationId: string, integrationId: string, collectionId: string): Promise<number> {
      return (await model.deleteMany({ ...ofScope(organizationId, integrationId), collectionId })).deletedCount;
    },

    /**
     * Articles that have at least one of the terms, those of the first terms before others; `limit` at most. Each term is
     * looked up by itself: that is a range of the index on any server.
     */
    async search(
      organizationId: string,
      integrationId: string,
      terms: readonly string[],
      limit: number,
    ): Promise<ArticleCandidate[]> {
      const scope = ofScope(organizationId, integrationId);
      const having = await Promise.all(
        terms.map((term) =>
          model
            .find({ ...scope, terms: term }, { articleId: 1 })
            .limit(limit)
            .lean(),
        ),
      );
      const articleIds = [...new Set(having.flat().map(({ articleId }) => articleId))].slice(0, limit);
      const found = await model
        .find({ ...scope, articleId: { $in: articleIds } }, { articleId: 1, title: 1, url: 1, profile: 1 })
        .lean();
      return found.map(({ articleId, title, url, profile }) => ({
        articleId,
        title: title ?? '',
        url: url ?? '',
        profile: readProfile(profile),
      }));
    },

    /** Articles with their texts; those that are gone are left out. */
    async get(organizationId: string, integrationId: string, articleIds: readonly string[]): Promise<Article[]> {
      const found = await model
        .find({ ...ofScope(organizationId, integrationId), articleId: { $in: [...articleIds] } })
        .lean();
      return found.map((document) => articleSchema.parse(document));
    },

    /** How many are stored of a collection. */
    count: (organizationId: string, integrationId: string, collectionId: string): Promise<number> =>
      model.countDocuments({ ...ofScope(organizationId, integrationId), collectionId }),

    /** Every article's profile, one after another: for the statistics, after a sync. */
    async *profiles(organizationId: string, integrationId: string): AsyncGenerator<ArticleProfile> {
      const found = model.find(ofScope(organizationId, integrationId), { profile: 1 }).lean().cursor();
      for await (const { profile } of found) yield readProfile(profile);
    },
  };
}

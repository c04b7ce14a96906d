import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import type { LibraryStatistics } from '../domain/article.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    articles: { type: Number, required: true },
    meanLength: { type: Number, required: true },
    /** JSON: how many articles have each term. */
    frequencies: { type: String, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, integrationId: 1 }, { unique: true });

/** `frequencies`: how many articles have each term. */
export type CountedLibrary = Pick<LibraryStatistics, 'articles' | 'meanLength'> & {
  frequencies: ReadonlyMap<string, number>;
};

/** How often terms occur in the articles of one connection: one document each, made anew after a sync that changed any. */
export function createArticleStatisticsStore(connection: Connection) {
  const model = connection.model('ArticleStatistics', schema, 'articleStatistics');
  return {
    async save(organizationId: string, integrationId: string, library: CountedLibrary): Promise<void> {
      const { articles, meanLength, frequencies } = library;
      await model.updateOne(
        { organizationId, integrationId },
        { $set: { articles, meanLength, frequencies: JSON.stringify([...frequencies]) } },
        { upsert: true },
      );
    },

    /** Null when no article was ever read. */
    async get(organizationId: string, integrationId: string): Promise<LibraryStatistics | null> {
      const found = await model.findOne({ organizationId, integrationId }).lean();
      if (!found) return null;
      const pairs = z.array(z.tuple([z.string(), z.number()])).parse(JSON.parse(found.frequencies));
      const frequencies = new Map(pairs);
      const { articles, meanLength } = found;
      return { articles, meanLength, documentFrequency: (term) => frequencies.get(term) ?? 0 };
    },
  };
}

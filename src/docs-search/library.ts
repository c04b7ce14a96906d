import type { ArticleProfile } from '../domain/article.ts';
import { indexTermsOf, lengthOf } from './profile.ts';

/** Counts a library article by article: only the counts are held. */
export async function libraryOf(profiles: AsyncIterable<ArticleProfile> | Iterable<ArticleProfile>): Promise<{
  articles: number;
  meanLength: number;
  frequencies: Map<string, number>;
}> {
  const frequencies = new Map<string, number>();
  let [articles, words] = [0, 0];
  for await (const profile of profiles) {
    articles += 1;
    words += lengthOf(profile);
    for (const term of indexTermsOf(profile)) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  }
  return { articles, meanLength: words / Math.max(1, articles), frequencies };
}

import type { ArticleProfile } from '../domain/article.ts';
import { passagesOf } from './passages.ts';
import { countsOf, searchTermsOf } from './terms.ts';

/** What is compared of an article. The collection's writers name their topic in the title and in keywords. */
export function profileOf({
  title,
  keywords,
  text,
}: {
  title: string;
  keywords: readonly string[];
  text: string;
}): ArticleProfile {
  return {
    title: [...countsOf(searchTermsOf([title, ...keywords].join('\n')))],
    passages: passagesOf(text).map((passage) => [...countsOf(searchTermsOf(passage))]),
  };
}

/** Every distinct term: what the index finds the article by. */
export function indexTermsOf({ title, passages }: ArticleProfile): string[] {
  return [...new Set([title, ...passages].flatMap((counts) => counts.map(([term]) => term)))];
}

/** How many terms its text has, repeated ones counted each time. */
export const lengthOf = ({ passages }: ArticleProfile): number =>
  passages.reduce((sum, counts) => counts.reduce((more, [, count]) => more + count, sum), 0);

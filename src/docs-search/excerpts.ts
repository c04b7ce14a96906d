import type { Article } from '../domain/article.ts';
import { type ArticleSource, findArticles } from './find-articles.ts';
import { passagesOf } from './passages.ts';
import type { AskedConversation } from './question.ts';
import type { RankedArticle } from './rank.ts';

/** A passage of an article that may concern a conversation; `similarity` (0 to 1) says how much of it the article covers. */
export interface FoundExcerpt {
  articleId: string;
  title: string;
  url: string;
  text: string;
  similarity: number;
}

/** As many, and as long ones, as a prompt takes. */
const MOST_EXCERPTS = 5;
const MOST_CHARACTERS = 1_500;
/** Below this an article shares a word or two by chance. */
const LEAST_SIMILARITY = 0.12;
/** Beside the best one, those that come near it. */
const SHARE_OF_BEST = 0.5;

/** The excerpts for one conversation, best first; none when nothing comes near. */
export async function findExcerpts(source: ArticleSource, conversation: AskedConversation): Promise<FoundExcerpt[]> {
  const ranked = await findArticles(source, conversation);
  const least = Math.max(LEAST_SIMILARITY, (ranked[0]?.similarity ?? 0) * SHARE_OF_BEST);
  const near = ranked.filter(({ similarity }) => similarity >= least).slice(0, MOST_EXCERPTS);
  if (near.length === 0) return [];
  const texts = new Map(
    (await source.texts(near.map(({ article }) => article.articleId))).map((article) => [article.articleId, article]),
  );
  return near.flatMap((found) => {
    const article = texts.get(found.article.articleId);
    return article ? [excerptOf(article, found)] : [];
  });
}

function excerptOf({ articleId, title, url, text }: Article, { passage, similarity }: RankedArticle): FoundExcerpt {
  return { articleId, title, url, similarity, text: around(passagesOf(text), passage) };
}

/** The passage that fits best with as much around it as there is room for: first what follows, then what precedes. */
function around(passages: readonly string[], at: number): string {
  let [from, to] = [at, at + 1];
  let length = passages[at]?.length ?? 0;
  const fits = (index: number) => {
    const more = passages[index];
    if (more === undefined || length + more.length + 1 > MOST_CHARACTERS) return false;
    length += more.length + 1;
    return true;
  };
  while (fits(to)) to += 1;
  while (fits(from - 1)) from -= 1;
  return passages.slice(from, to).join('\n');
}

import type { Category } from '../domain/category.ts';
import type { Insight } from '../domain/insight.ts';
import { type HelpTextCue, helpTextCues } from './help-text-cues.ts';
import type { AskedConversation } from './question.ts';

/** An article that was found for a conversation, the nearest first; without a similarity it is taken to be about it. */
type NearArticle = { articleId: string; title: string; url: string; similarity?: number };

/**
 * From this similarity on an article is about what the customer wrote. Chosen on the evaluation's odd conversations and
 * the sandbox's; the even ones are held out (`npm run docs:evaluate`).
 */
const ABOUT_IT = 0.16;

/**
 * What is wrong with the help of a documentation need, offline; null for any other category, and where no articles are
 * known (`excerpts` null): nobody can say then that none exists.
 *
 * The article is the nearest one if it is about the matter at all (`ABOUT_IT`); else none exists: `missing`, without an
 * article. With an article the customer's words decide, the plainest first:
 * - `wrong`: they call a help text wrong, outdated or contradictory, or ask to have it corrected;
 * - `missing`: they say what it leaves out; the article is where the answer should have been;
 * - `hardToFind`: they looked for it and did not find it;
 * - `wrong`: they cite what it says, which nobody does who found it right;
 * - `hardToFind`: they mention no help text, and the answer is there.
 */
export function documentationNeed(
  excerpts: readonly NearArticle[] | null,
  conversation: AskedConversation,
  category: Category | null,
): Insight['documentation'] {
  if (category !== 'documentation' || excerpts === null) return null;
  const [nearest] = excerpts;
  if (!nearest || (nearest.similarity ?? 1) < ABOUT_IT) return { problem: 'missing', article: null };
  const { articleId, title, url } = nearest;
  return { problem: problemOf(helpTextCues(conversation)), article: { articleId, title, url } };
}

function problemOf(cues: Record<HelpTextCue, boolean>): NonNullable<Insight['documentation']>['problem'] {
  if (cues.calledWrong) return 'wrong';
  if (cues.leavesOut && !cues.notFound) return 'missing';
  if (cues.notFound) return 'hardToFind';
  return cues.cited ? 'wrong' : 'hardToFind';
}

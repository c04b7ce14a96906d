import { CATEGORIES, type Category } from '../domain/category.ts';
import { helpTextCues } from './help-text-cues.ts';
import type { AskedConversation } from './question.ts';

/** From this similarity on an article is near enough to count. */
const NEAR = 0.16;
/** From this one on it answers, as far as words can tell. */
const ANSWERS = 0.28;
/** By how much the odds grow; chosen on one half of the evaluation's conversations. */
const TALKS_ABOUT_HELP = Math.exp(2);
const IS_ANSWERED = Math.exp(0.5);

/**
 * Probabilities of the categories once it is known what the help articles say: who talks about a help text, and about
 * the matter of an article, more likely has a documentation need; whose matter an article answers, more likely asks.
 * They add up to 1 again. Without an article that is near, nothing changes.
 */
export function weighWithDocs(
  probabilities: Readonly<Record<Category, number>>,
  excerpts: readonly { similarity?: number }[],
  conversation: AskedConversation,
): Record<Category, number> {
  const similarity = excerpts[0]?.similarity ?? 0;
  const weighed = { ...probabilities };
  if (similarity >= NEAR && Object.values(helpTextCues(conversation)).some(Boolean)) {
    weighed.documentation *= TALKS_ABOUT_HELP;
  } else if (similarity >= ANSWERS) {
    weighed.question *= IS_ANSWERED;
  }
  const sum = CATEGORIES.reduce((total, category) => total + weighed[category], 0);
  for (const category of CATEGORIES) weighed[category] /= sum;
  return weighed;
}

import type { Category } from '../../../domain/category.ts';
import type { PatternDecision } from '../../../domain/pattern-decision.ts';
import { type Decider, decide, impossible, openPattern, type PatternDeps } from './decide.ts';

/** Longest title that a person can give, in characters. */
export const TITLE_LENGTH = 120;

/** Gives a pattern another title or category; later runs leave both alone. What is left out stays. */
export async function relabelPattern(
  deps: PatternDeps,
  decider: Decider,
  { patternId, title = '', category = null }: { patternId: string; title?: string; category?: Category | null },
): Promise<PatternDecision> {
  const pattern = await openPattern(deps, decider.organizationId, patternId);
  const given = title.replace(/\s+/g, ' ').trim().slice(0, TITLE_LENGTH);
  const change = {
    ...({ kind: 'relabel', patternId: pattern.patternId } as const),
    title: given === '' || given === pattern.title ? null : given,
    category: category === pattern.category ? null : category,
  };
  if (change.title === null && change.category === null) {
    throw impossible('nothingChanged', 'Title and category are so already.', 'Change one of them.');
  }
  return decide(deps, decider, pattern.integrationId, change);
}

/** Puts a pattern away, with a reason. New conversations are still counted with it. */
export async function dismissPattern(deps: PatternDeps, decider: Decider, patternId: string): Promise<PatternDecision> {
  const pattern = await openPattern(deps, decider.organizationId, patternId);
  if (!decider.reason?.trim()) {
    throw impossible('reasonMissing', 'Dismissing a pattern needs a reason.', 'Say why nobody has to look at it.');
  }
  return decide(deps, decider, pattern.integrationId, { kind: 'dismiss', patternId: pattern.patternId });
}

/** Puts a pattern away until it has `more` conversations more than now. */
export async function snoozePattern(
  deps: PatternDeps,
  decider: Decider,
  { patternId, more }: { patternId: string; more: number },
): Promise<PatternDecision> {
  const pattern = await openPattern(deps, decider.organizationId, patternId);
  if (!Number.isSafeInteger(more) || more < 1) {
    throw impossible('noCount', 'Snoozing needs a number of conversations.', 'Say after how many more it comes back.');
  }
  const until = pattern.conversations + more;
  return decide(deps, decider, pattern.integrationId, { kind: 'snooze', patternId: pattern.patternId, more, until });
}

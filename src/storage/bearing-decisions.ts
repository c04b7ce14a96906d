import { type PatternDecision, patternsOf } from '../domain/pattern-decision.ts';
import { type PatternLinks, replayLinks } from '../domain/pattern-links.ts';

/** Where decisions are looked up; each answer may hold more than was asked for. */
export interface DecisionSource {
  /** Merges, splits and what was kept apart that name one of some patterns, whatever became of them. */
  aboutLinks(patternIds: readonly string[]): Promise<PatternDecision[]>;
  /** Splits and moves of members of some conversations. */
  ofConversations(conversationIds: readonly number[]): Promise<PatternDecision[]>;
  /** What set some decisions aside. */
  lifting(decisionIds: readonly string[]): Promise<PatternDecision[]>;
}

/** What the decisions mean for some patterns and members, and for which patterns it is certain. */
export interface LinksInPart extends PatternLinks {
  /** What `rootOf` is right for. */
  patternIds: ReadonlySet<string>;
}

/**
 * Replays only what bears on some patterns and conversations, and gives for those what a replay of everything would: a
 * new decision costs by what it touches, however long the history is. Patterns are followed along everything that may
 * tie them; "not the same" counts where one of its two is among them, and only if both are does it part anything.
 */
export async function linksInPart(
  source: DecisionSource,
  patternIds: Iterable<string>,
  conversationIds: readonly number[] = [],
): Promise<LinksInPart> {
  const decisions = new Map<string, PatternDecision>();
  const keep = (some: readonly PatternDecision[]) => {
    for (const one of some) decisions.set(one.decisionId, one);
  };
  const placing = conversationIds.length > 0 ? await source.ofConversations(conversationIds) : [];
  keep(placing);
  const reached = new Set([...patternIds, ...placing.flatMap(({ change }) => patternsOf(change))]);
  for (let border = [...reached]; border.length > 0; ) {
    const found = await source.aboutLinks(border);
    keep(found);
    border = [...new Set(found.flatMap(tied))].filter((patternId) => !reached.has(patternId));
    for (const patternId of border) reached.add(patternId);
  }
  const apart = [...decisions.values()].filter(({ change }) => change.kind !== 'move').map((one) => one.decisionId);
  if (apart.length > 0) keep(await source.lifting(apart));
  return { ...replayLinks([...decisions.values()]), patternIds: reached };
}

/** The patterns that a decision ties to each other, or would if nothing was against it. */
function tied({ change, undone }: PatternDecision): string[] {
  if (change.kind === 'merge') return undone ? [] : [change.from, change.into];
  return change.kind === 'split' && change.startsPattern && undone ? [change.to, change.from] : [];
}

/** The patterns from which on something may be otherwise once some decisions hold, or do no more. */
export async function patternsConcerned(
  byIds: (decisionIds: readonly string[]) => Promise<PatternDecision[]>,
  decisions: readonly PatternDecision[],
): Promise<Set<string>> {
  const lifted = decisions.flatMap(({ lifts }) => lifts);
  const all = [...decisions, ...(lifted.length > 0 ? await byIds(lifted) : [])];
  return new Set(all.flatMap(({ change }) => patternsOf(change)));
}

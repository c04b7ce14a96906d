import { CATEGORY_TEXT } from '../../domain/category.ts';
import { type PatternDecision, patternsOf } from '../../domain/pattern-decision.ts';
import type { Storage } from '../../storage/storage.ts';
import type { PatternHistoryRow } from '../../ui/props.ts';

/** What was decided about a pattern and those merged into it, newest first. */
export async function patternHistory(
  storage: Storage,
  organizationId: string,
  patternId: string,
): Promise<PatternHistoryRow[]> {
  const merged = await storage.patternLinks.mergedInto(organizationId, [patternId]);
  const ids = [patternId, ...merged.map((one) => one.patternId)];
  const decisions = await storage.patternDecisions.ofPatterns(organizationId, ids);
  const named = [...new Set(decisions.flatMap(({ change }) => patternsOf(change)))];
  const patterns = await storage.patterns.getMany(organizationId, named);
  const titles = new Map(patterns.map(({ patternId: id, title }) => [id, title]));
  return decisions.map((decision) => {
    const about = ids.find((id) => patternsOf(decision.change).includes(id)) ?? patternId;
    const other = patternsOf(decision.change).find((id) => id !== about);
    return {
      ...{ changeId: decision.decisionId, at: decision.at, by: decision.by, reason: decision.reason },
      text: textOf(decision, about),
      other: other ? { patternId: other, title: titles.get(other) ?? 'A pattern that is gone' } : null,
      undone: decision.undone && { at: decision.undone.at, by: decision.undone.by },
    };
  });
}

const some = (count: number) => (count === 1 ? '1 conversation' : `${count} conversations`);

/** A decision in words, as seen from one of its patterns; the other one's title follows where there is one. */
function textOf({ change }: PatternDecision, about: string): string {
  switch (change.kind) {
    case 'merge':
      return change.from === about ? 'Merged into' : 'Merged into this pattern:';
    case 'split':
      return change.from === about
        ? `Not the same: ${some(change.members.length)} split into`
        : `Not the same: ${some(change.members.length)} split from`;
    case 'move':
      return `${some(change.members.length)} moved ${change.from === about ? 'to' : 'here from'}`;
    case 'apart':
      return 'Said not to be the same as';
    case 'relabel': {
      const category = change.category && `category set to ${CATEGORY_TEXT[change.category].one.toLowerCase()}`;
      const title = change.title && `renamed to “${change.title}”`;
      const text = [title, category].filter(Boolean).join(', ');
      return text.charAt(0).toUpperCase() + text.slice(1);
    }
    case 'dismiss':
      return 'Dismissed';
    case 'snooze':
      return `Snoozed until ${change.more} more came`;
  }
}

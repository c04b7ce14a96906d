import type { PatternDecided } from './pattern.ts';
import type { PatternDecision } from './pattern-decision.ts';
import type { PatternLinks } from './pattern-links.ts';

/**
 * What holds of one pattern by a history of decisions: the latest title and category that were not taken back, and
 * whether it is dismissed or snoozed. Only the latest of dismissing and snoozing counts.
 */
export function decidedOf(
  patternId: string,
  decisions: readonly PatternDecision[],
  { rootOf }: Pick<PatternLinks, 'rootOf'>,
): PatternDecided {
  const root = rootOf(patternId);
  const decided: PatternDecided = {
    ...{ mergedInto: root === patternId ? null : root, title: null, category: null, dismissed: null, snoozed: null },
  };
  for (const { change, undone, at, by, reason } of [...decisions].sort((a, b) => a.seq - b.seq)) {
    if (undone || !('patternId' in change) || change.patternId !== patternId) continue;
    const said = { at, by: by ?? 'automatic', reason };
    if (change.kind === 'relabel') {
      decided.title = change.title ?? decided.title;
      decided.category = change.category ?? decided.category;
    } else {
      decided.dismissed = change.kind === 'dismiss' ? said : null;
      decided.snoozed = change.kind === 'snooze' ? { ...said, until: change.until } : null;
    }
  }
  return decided;
}

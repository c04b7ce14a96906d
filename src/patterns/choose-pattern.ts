import type { Centroid } from './centroid.ts';
import { NEAR_COPY } from './inbox-level.ts';
import { linkage } from './linkage.ts';

/** A pattern that shares keys with the text. */
export interface Candidate {
  patternId: string;
  centroid: Centroid;
}

export type Choice = { kind: 'join'; patternId: string; similarity: number } | { kind: 'new' };

/**
 * A text has to be so much nearer to join at once than two patterns have to be to be joined by a repair: a repair sees more
 * of the inbox, and can wait, while nobody takes a wrongly placed conversation out again.
 */
const AT_ONCE = 1.4;

/**
 * The nearest candidate when it is near enough for the inbox (`inboxThreshold`), else a pattern of its own. Equal ones:
 * the smaller id.
 */
export function choosePattern(text: Centroid, candidates: readonly Candidate[], threshold: number): Choice {
  const linked = candidates.map(({ patternId, centroid }) => ({ patternId, similarity: linkage(text, centroid) }));
  const [best] = linked.sort((a, b) => b.similarity - a.similarity || (a.patternId < b.patternId ? -1 : 1));
  if (!best || best.similarity < Math.min(NEAR_COPY, AT_ONCE * threshold)) return { kind: 'new' };
  return { kind: 'join', ...best };
}

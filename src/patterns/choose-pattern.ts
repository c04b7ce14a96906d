import type { Centroid } from './centroid.ts';
import type { Signature } from './signature.ts';
import { similarity } from './sparse-vector.ts';

/** A pattern that shares an index term with the text. */
export interface Candidate {
  patternId: string;
  centroid: Centroid;
}

export type Choice = { kind: 'join'; patternId: string; similarity: number } | { kind: 'new' };

const USUAL_LENGTH = 25;
const USUAL_THRESHOLD = 0.26;
/** Per halving of the length: in a few words, one shared word alone makes a high similarity. */
const SHORTER = 0.04;
/** Per doubling of the length: long texts share forms, product names and turns of phrase with unrelated ones. */
const LONGER = 0.08;
const DOUBLINGS_AT_MOST = 2;

/** The similarity from which a text of so many topical words joins. The usual length has the lowest: joining wrongly is the worse error. */
export function joinThreshold(length: number): number {
  const doublings = Math.log2((length + 1) / USUAL_LENGTH);
  const counted = Math.min(DOUBLINGS_AT_MOST, Math.abs(doublings));
  return USUAL_THRESHOLD + counted * (doublings < 0 ? SHORTER : LONGER);
}

/** The most similar candidate when it is similar enough, else a pattern of its own. Equal candidates: the smaller id. */
export function choosePattern(
  signature: Pick<Signature, 'vector' | 'length'>,
  candidates: readonly Candidate[],
): Choice {
  const [best] = candidates
    .map(({ patternId, centroid }) => ({ patternId, similarity: similarity(signature.vector, centroid.terms) }))
    .sort((a, b) => b.similarity - a.similarity || (a.patternId < b.patternId ? -1 : 1));
  if (!best || best.similarity < joinThreshold(signature.length)) return { kind: 'new' };
  return { kind: 'join', ...best };
}

import { extractFeatures } from './features.ts';
import type { Vocabulary } from './linear-model.ts';

/** A text by its words and pairs of words (their hashes, so the text cannot be read back); of length 1. */
export type Fingerprint = ReadonlyMap<number, number>;

/** Words that the shipped model has never seen are the organization's own: they count like the rarest. */
const UNKNOWN_WORD = 7;
/** Texts that share less than this have nothing to do with each other, whatever small words they share. */
const LEAST_LIKENESS = 0.3;
/** Digits after the point that are kept. */
const PRECISION = 4;

export function fingerprintOf(text: string, { rowOf, inverseFrequency }: Vocabulary): Fingerprint {
  const values = [...extractFeatures(text).words].map(([id, occurrences]): [number, number] => {
    const row = rowOf.get(id);
    const rarity = row === undefined ? UNKNOWN_WORD : (inverseFrequency[row] ?? UNKNOWN_WORD);
    return [id, (1 + Math.log(occurrences)) * Math.max(0, rarity - 1)];
  });
  const length = Math.sqrt(values.reduce((sum, [, value]) => sum + value * value, 0));
  if (length === 0) return new Map();
  return new Map(values.map(([id, value]) => [id, Number((value / length).toFixed(PRECISION))]));
}

/** 0 for texts that have little in common, 1 for equal ones. */
export function likeness(left: Fingerprint, right: Fingerprint): number {
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  let cosine = 0;
  for (const [id, value] of small) cosine += value * (large.get(id) ?? 0);
  return Math.min(1, Math.max(0, (cosine - LEAST_LIKENESS) / (1 - LEAST_LIKENESS)));
}

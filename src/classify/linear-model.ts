import { CATEGORIES } from '../domain/category.ts';
import { BLOCKS, type Block, extractFeatures, type FeatureCounts } from './features.ts';

export const CLASS_COUNT = CATEGORIES.length;

/** How much each block of features counts in a text's vector, which otherwise has length 1 per block. */
const BLOCK_WEIGHTS: Record<Block, number> = {
  words: 0.7,
  characters: 0.7,
  phrases: 0.6,
  opening: 0.75,
  cues: 0.3,
  acts: 0.4,
};

/** Which features there are: id to row, and each row's inverse document frequency. */
export type Vocabulary = { rowOf: ReadonlyMap<number, number>; inverseFrequency: ArrayLike<number> };

/** A text as the model sees it: rows of the vocabulary and their values. */
export type SparseVector = { rows: Uint32Array; values: Float64Array };

/** `weights[row * CLASS_COUNT + class]`, classes in the order of CATEGORIES; `bias` has one number per class. */
export type LinearModel = { vocabulary: Vocabulary; weights: ArrayLike<number>; bias: ArrayLike<number> };

/** TF-IDF with damped counts; features that the vocabulary does not know are left out before the length is taken. */
export function vectorize(features: FeatureCounts, vocabulary: Vocabulary): SparseVector {
  const rows: number[] = [];
  const values: number[] = [];
  for (const block of BLOCKS) {
    const first = rows.length;
    let squares = 0;
    for (const [id, occurrences] of features[block]) {
      const row = vocabulary.rowOf.get(id);
      if (row === undefined) continue;
      const value = (1 + Math.log(occurrences)) * (vocabulary.inverseFrequency[row] ?? 0);
      rows.push(row);
      values.push(value);
      squares += value * value;
    }
    const scale = squares > 0 ? BLOCK_WEIGHTS[block] / Math.sqrt(squares) : 0;
    for (let index = first; index < values.length; index += 1) values[index] = (values[index] ?? 0) * scale;
  }
  return { rows: Uint32Array.from(rows), values: Float64Array.from(values) };
}

/** One score per class, before softmax. */
export function scores(model: LinearModel, vector: SparseVector): number[] {
  const totals = Array.from(model.bias);
  for (let index = 0; index < vector.rows.length; index += 1) {
    const offset = (vector.rows[index] ?? 0) * CLASS_COUNT;
    const value = vector.values[index] ?? 0;
    for (let label = 0; label < CLASS_COUNT; label += 1) {
      totals[label] = (totals[label] ?? 0) + value * (model.weights[offset + label] ?? 0);
    }
  }
  return totals;
}

export function textScores(model: LinearModel, text: string): number[] {
  return scores(model, vectorize(extractFeatures(text), model.vocabulary));
}

/** Probabilities; a temperature above 1 makes them less sure. */
export function softmax(values: readonly number[], temperature = 1): number[] {
  const highest = Math.max(...values);
  const powers = values.map((value) => Math.exp((value - highest) / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

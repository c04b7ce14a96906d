import { CATEGORIES, type Category } from '../../domain/category.ts';
import { extractFeatures, type FeatureCounts } from '../features.ts';
import { CLASS_COUNT, type LinearModel, type Vocabulary, vectorize } from '../linear-model.ts';
import { fitLogisticRegression } from './logistic-regression.ts';

export type Labelled = { features: FeatureCounts; label: number };

/** Found, as the other settings, by cross-validation inside the training split. */
const PENALTY = 2 / 3;
/** 0 would count every text alike, 1 every category alike: documentation has few texts. */
const BALANCE = 0.4;
const RAREST_FEATURE = 3;
const ITERATIONS = 60;

export function labelled(text: string, category: Category): Labelled {
  return { features: extractFeatures(text), label: CATEGORIES.indexOf(category) };
}

/**
 * Fits the model twice: on every feature that at least three texts have, then on the `featureCount` of them that moved
 * the first fit most. Nothing in it is drawn at random: the same texts give the same model.
 */
export function fitModel(texts: readonly Labelled[], featureCount: number): LinearModel {
  const frequency = textsPerFeature(texts);
  const frequent = [...frequency.keys()].filter((id) => (frequency.get(id) ?? 0) >= RAREST_FEATURE).sort(ascending);
  if (frequent.length <= featureCount) return fitOn(texts, frequent, frequency);
  const first = fitOn(texts, frequent, frequency);
  const influence = new Map(
    frequent.map((id, row) => {
      const weights = Array.from({ length: CLASS_COUNT }, (_, label) =>
        Math.abs(first.weights[row * CLASS_COUNT + label] ?? 0),
      );
      const spread = (first.vocabulary.inverseFrequency[row] ?? 0) * Math.sqrt(frequency.get(id) ?? 0);
      return [id, Math.max(...weights) * spread];
    }),
  );
  const chosen = frequent.sort(
    (left, right) => (influence.get(right) ?? 0) - (influence.get(left) ?? 0) || left - right,
  );
  return fitOn(texts, chosen.slice(0, featureCount).sort(ascending), frequency);
}

function fitOn(
  texts: readonly Labelled[],
  ids: readonly number[],
  frequency: ReadonlyMap<number, number>,
): LinearModel {
  const vocabulary: Vocabulary = {
    rowOf: new Map(ids.map((id, row) => [id, row])),
    inverseFrequency: ids.map((id) => Math.log((1 + texts.length) / (1 + (frequency.get(id) ?? 0))) + 1),
  };
  const examples = texts.map(({ features, label }) => {
    const share = texts.filter((other) => other.label === label).length / texts.length;
    return { vector: vectorize(features, vocabulary), label, weight: (CLASS_COUNT * share) ** -BALANCE };
  });
  const options = { penalty: PENALTY / texts.length, iterations: ITERATIONS };
  return { vocabulary, ...fitLogisticRegression(examples, ids.length, options) };
}

function textsPerFeature(texts: readonly Labelled[]): Map<number, number> {
  const frequency = new Map<number, number>();
  for (const { features } of texts) {
    for (const block of [features.words, features.characters, features.cues]) {
      for (const id of block.keys()) frequency.set(id, (frequency.get(id) ?? 0) + 1);
    }
  }
  return frequency;
}

function ascending(left: number, right: number): number {
  return left - right;
}

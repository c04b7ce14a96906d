import { CATEGORIES } from '../../domain/category.ts';
import { conversationText } from '../conversation-text.ts';
import { BLOCKS, extractFeatures, type FeatureCounts } from '../features.ts';
import { CLASS_COUNT, type LinearModel, type Vocabulary, vectorize } from '../linear-model.ts';
import type { Row } from './dataset.ts';
import { fitLogisticRegression } from './logistic-regression.ts';

/** A text as training sees it; `weight` is how many texts it counts for. */
export type Labelled = { features: FeatureCounts; label: number; source: string; bucket: number; weight: number };

/** Found, as the other settings, by cross-validation inside the training split. */
const PENALTY = 2 / 3;
/** 0 would count every text alike, 1 every category alike: documentation has few texts. */
const BALANCE = 0.4;
const RAREST_FEATURE = 3;
/** Enough to see which features matter, and to fit the ones that do: more changes no answer. */
const ITERATIONS = { choosing: 15, fitting: 45 };
/**
 * Texts of our own stand for voices that the other sources have little of: support mail above all. Titles alone, and
 * texts that are mostly about documentation, are plainer and more frequent among ours than in what people send.
 */
const SOURCE_WEIGHTS: Record<string, number> = {
  voices: 2,
  seed: 2,
  mails: 2,
  documentation: 0.5,
  forums: 0.3,
  reviews: 0.3,
  terse: 0.3,
};
/** How many features the shipped model has. */
export const FEATURE_COUNT = 45_000;

export function labelled({ subject, text, label, source, bucket }: Row): Labelled {
  return {
    features: extractFeatures(conversationText(subject, [text])),
    label: CATEGORIES.indexOf(label),
    source,
    bucket,
    weight: SOURCE_WEIGHTS[source] ?? 1,
  };
}

/**
 * Fits the model twice: on every feature that at least three texts have, then on the `featureCount` of them that moved
 * the first fit most. Nothing in it is drawn at random: the same texts give the same model.
 */
export function fitModel(texts: readonly Labelled[], featureCount: number): LinearModel {
  const frequency = textsPerFeature(texts);
  const frequent = [...frequency.keys()].filter((id) => (frequency.get(id) ?? 0) >= RAREST_FEATURE).sort(ascending);
  if (frequent.length <= featureCount) return fitOn(texts, frequent, frequency, ITERATIONS.fitting);
  const first = fitOn(texts, frequent, frequency, ITERATIONS.choosing);
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
  return fitOn(texts, chosen.slice(0, featureCount).sort(ascending), frequency, ITERATIONS.fitting);
}

function fitOn(
  texts: readonly Labelled[],
  ids: readonly number[],
  frequency: ReadonlyMap<number, number>,
  iterations: number,
): LinearModel {
  const vocabulary: Vocabulary = {
    rowOf: new Map(ids.map((id, row) => [id, row])),
    inverseFrequency: ids.map((id) => Math.log((1 + texts.length) / (1 + (frequency.get(id) ?? 0))) + 1),
  };
  const perLabel = new Array<number>(CLASS_COUNT).fill(0);
  for (const { label } of texts) perLabel[label] = (perLabel[label] ?? 0) + 1;
  const examples = texts.map(({ features, label, weight }) => {
    const share = (perLabel[label] ?? 0) / texts.length;
    return { vector: vectorize(features, vocabulary), label, weight: weight * (CLASS_COUNT * share) ** -BALANCE };
  });
  const options = { penalty: PENALTY / texts.length, iterations };
  return { vocabulary, ...fitLogisticRegression(examples, ids.length, options) };
}

function textsPerFeature(texts: readonly Labelled[]): Map<number, number> {
  const frequency = new Map<number, number>();
  for (const { features } of texts) {
    for (const block of BLOCKS) {
      for (const id of features[block].keys()) frequency.set(id, (frequency.get(id) ?? 0) + 1);
    }
  }
  return frequency;
}

function ascending(left: number, right: number): number {
  return left - right;
}

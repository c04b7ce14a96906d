import { scores, softmax, vectorize } from '../linear-model.ts';
import { fitModel, type Labelled } from './fit-model.ts';
import { OWN_SOURCES } from './shipped-sources.ts';

const FOLDS = 3;
const LOWEST = 0.2;
const HIGHEST = 5;
const STEPS = 60;
/** Texts by which a model is judged on its temperature: our own sentences are too plain for that. */
const OWN = new Set(OWN_SOURCES);

/**
 * The temperature that makes confidence honest: models fitted without a fold judge that fold, and the temperature with
 * the smallest log loss over all folds is found by golden-section search. A text's fold comes from its bucket.
 */
export function fitTemperature(texts: readonly Labelled[], featureCount: number): number {
  const judged = Array.from({ length: FOLDS }, (_, fold) => {
    const inFold = ({ bucket, source }: Labelled) => bucket % FOLDS === fold && !OWN.has(source);
    const model = fitModel(
      texts.filter((text) => !inFold(text)),
      featureCount,
    );
    return texts
      .filter(inFold)
      .map(({ features, label }) => ({ logits: scores(model, vectorize(features, model.vocabulary)), label }));
  }).flat();
  if (judged.length === 0) return 1;
  const loss = (temperature: number) =>
    judged.reduce((sum, { logits, label }) => sum - Math.log(softmax(logits, temperature)[label] ?? 0), 0);
  return smallest(loss, LOWEST, HIGHEST);
}

function smallest(of: (value: number) => number, from: number, to: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let step = 0; step < STEPS; step += 1) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (of(left) < of(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

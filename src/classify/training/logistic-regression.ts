import { CLASS_COUNT, type SparseVector } from '../linear-model.ts';
import { minimize } from './l-bfgs.ts';

export type Example = { vector: SparseVector; label: number; weight: number };
export type Fit = { weights: Float64Array; bias: Float64Array };

/**
 * Multinomial logistic regression: minimises the weighted mean log loss plus `penalty / 2 * |weights|²` (the bias is
 * free) by L-BFGS from zero, so that the same examples always give the same weights.
 */
export function fitLogisticRegression(
  examples: readonly Example[],
  featureCount: number,
  { penalty, iterations }: { penalty: number; iterations: number },
): Fit {
  const size = (featureCount + 1) * CLASS_COUNT;
  const objective = (point: Float64Array, gradient: Float64Array) =>
    lossAndGradient(examples, point, gradient, penalty);
  const point = minimize(objective, size, iterations);
  return { weights: point.slice(0, featureCount * CLASS_COUNT), bias: point.slice(featureCount * CLASS_COUNT) };
}

function lossAndGradient(
  examples: readonly Example[],
  point: Float64Array,
  gradient: Float64Array,
  penalty: number,
): number {
  const biasAt = point.length - CLASS_COUNT;
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  let loss = 0;
  for (let index = 0; index < biasAt; index += 1) {
    const value = point[index] ?? 0;
    loss += 0.5 * penalty * value * value;
    gradient[index] = penalty * value;
  }
  gradient.fill(0, biasAt);
  for (const { vector, label, weight } of examples) {
    const logits = logitsOf(vector, point, biasAt);
    const highest = Math.max(...logits);
    let powers = 0;
    for (const logit of logits) powers += Math.exp(logit - highest);
    const share = weight / total;
    loss += share * (Math.log(powers) + highest - (logits[label] ?? 0));
    const slopes = logits.map((logit, k) => share * (Math.exp(logit - highest) / powers - (k === label ? 1 : 0)));
    spread(vector, slopes, gradient, biasAt);
  }
  return loss;
}

type PerClass = [number, number, number, number];

/** The four classes are written out here and below: these two loops are nearly all the time that training takes. */
function logitsOf({ rows, values }: SparseVector, point: Float64Array, biasAt: number): PerClass {
  let a = point[biasAt] ?? 0;
  let b = point[biasAt + 1] ?? 0;
  let c = point[biasAt + 2] ?? 0;
  let d = point[biasAt + 3] ?? 0;
  for (let i = 0; i < rows.length; i += 1) {
    const offset = (rows[i] ?? 0) * CLASS_COUNT;
    const value = values[i] ?? 0;
    a += value * (point[offset] ?? 0);
    b += value * (point[offset + 1] ?? 0);
    c += value * (point[offset + 2] ?? 0);
    d += value * (point[offset + 3] ?? 0);
  }
  return [a, b, c, d];
}

function spread(
  { rows, values }: SparseVector,
  [a = 0, b = 0, c = 0, d = 0]: readonly number[],
  gradient: Float64Array,
  biasAt: number,
): void {
  const add = (offset: number, factor: number) => {
    gradient[offset] = (gradient[offset] ?? 0) + factor * a;
    gradient[offset + 1] = (gradient[offset + 1] ?? 0) + factor * b;
    gradient[offset + 2] = (gradient[offset + 2] ?? 0) + factor * c;
    gradient[offset + 3] = (gradient[offset + 3] ?? 0) + factor * d;
  };
  add(biasAt, 1);
  for (let i = 0; i < rows.length; i += 1) add((rows[i] ?? 0) * CLASS_COUNT, values[i] ?? 0);
}

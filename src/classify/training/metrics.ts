import { CATEGORIES, type Category } from '../../domain/category.ts';

/** One answer beside the truth; `confidence` is that of the answer. */
export type Judged = { actual: Category; predicted: Category | null; confidence: number; source: string };

export type Metrics = {
  rows: number;
  /** Mean of the F1 of the categories that occur among the truths. */
  macroF1: number;
  accuracy: number;
  perCategory: { category: Category; rows: number; precision: number; recall: number; f1: number }[];
};

const BINS = 10;

export function metricsOf(judged: readonly Judged[]): Metrics {
  const perCategory = CATEGORIES.map((category) => {
    const rows = judged.filter(({ actual }) => actual === category).length;
    const answered = judged.filter(({ predicted }) => predicted === category).length;
    const right = judged.filter(({ actual, predicted }) => actual === category && predicted === category).length;
    return {
      category,
      rows,
      precision: ratio(right, answered),
      recall: ratio(right, rows),
      f1: ratio(2 * right, rows + answered),
    };
  });
  const present = perCategory.filter(({ rows }) => rows > 0);
  return {
    rows: judged.length,
    macroF1: ratio(
      present.reduce((sum, { f1 }) => sum + f1, 0),
      present.length,
    ),
    accuracy: ratio(judged.filter(isRight).length, judged.length),
    perCategory,
  };
}

/** Of the answers whose confidence is in one range: how sure they were, and how many were right. */
export type Bin = { from: number; rows: number; confidence: number; accuracy: number };

/** Ten equal ranges of confidence, without the empty ones. */
export function reliability(judged: readonly Judged[]): Bin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inside = judged.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin);
    const sure = inside.reduce((sum, { confidence }) => sum + confidence, 0);
    return {
      from: bin / BINS,
      rows: inside.length,
      confidence: ratio(sure, inside.length),
      accuracy: ratio(inside.filter(isRight).length, inside.length),
    };
  }).filter(({ rows }) => rows > 0);
}

/** How far confidence is from the share of right answers, on average over ten equal ranges of confidence. */
export function expectedCalibrationError(judged: readonly Judged[]): number {
  const surplus = reliability(judged).map(({ rows, confidence, accuracy }) => rows * Math.abs(confidence - accuracy));
  return ratio(
    surplus.reduce((sum, value) => sum + value, 0),
    judged.length,
  );
}

/** The largest share of rows, the surest first, of which at least `accuracy` are right, and the confidence it takes. */
export function answerable(judged: readonly Judged[], accuracy: number): { share: number; confidence: number } {
  const surest = judged.toSorted((left, right) => right.confidence - left.confidence);
  let [right, best] = [0, 0];
  for (const [index, answer] of surest.entries()) {
    if (isRight(answer)) right += 1;
    // Rows of equal confidence can only be answered together.
    if (surest[index + 1]?.confidence !== answer.confidence && right >= accuracy * (index + 1)) best = index + 1;
  }
  return { share: ratio(best, judged.length), confidence: best === 0 ? 1 : (surest[best - 1]?.confidence ?? 1) };
}

function isRight({ actual, predicted }: Judged): boolean {
  return actual === predicted;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

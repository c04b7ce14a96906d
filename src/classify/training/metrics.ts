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
    accuracy: ratio(judged.filter(({ actual, predicted }) => actual === predicted).length, judged.length),
    perCategory,
  };
}

/** How far confidence is from the share of right answers, on average over ten equal ranges of confidence. */
export function expectedCalibrationError(judged: readonly Judged[]): number {
  const surplus = new Array<number>(BINS).fill(0);
  for (const { actual, predicted, confidence } of judged) {
    const bin = Math.min(BINS - 1, Math.floor(confidence * BINS));
    surplus[bin] = (surplus[bin] ?? 0) + confidence - (actual === predicted ? 1 : 0);
  }
  return ratio(
    surplus.reduce((sum, value) => sum + Math.abs(value), 0),
    judged.length,
  );
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

import { createOfflineClassifier } from '../offline-classifier.ts';
import { encodeModel } from '../weights.ts';
import { isValidation, type Row } from './dataset.ts';
import { FEATURE_COUNT, fitModel, labelled } from './fit-model.ts';
import { judge } from './judge.ts';
import { type Metrics, metricsOf } from './metrics.ts';
import { seedRows } from './shipped-sources.ts';

export type LeftOut = { source: string; all: Metrics; validation: Metrics };

/**
 * How well the offline model does on a product that it has never seen: for each source, a model is fitted to the training
 * split of all others and to our own sentences, then judges every row of that source, and its validation rows alone.
 * These models are thrown away: rows of any licence may be in them.
 */
export async function* leaveOneOut(rows: readonly Row[], sources: readonly string[]): AsyncGenerator<LeftOut> {
  const own = seedRows();
  for (const source of sources) {
    const others = rows.filter((row) => row.source !== source && !isValidation(row));
    const model = fitModel([...others, ...own].map(labelled), FEATURE_COUNT);
    const classifier = createOfflineClassifier({
      model: `without ${source}`,
      ...encodeModel(model, { trainedOn: [], temperature: 1 }),
    });
    const left = rows.filter((row) => row.source === source);
    const judged = await judge(classifier, left);
    const held = judged.filter((_, index) => left[index] !== undefined && isValidation(left[index]));
    yield { source, all: metricsOf(judged), validation: metricsOf(held) };
  }
}

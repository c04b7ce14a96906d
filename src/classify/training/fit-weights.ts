import { createHash } from 'node:crypto';
import { encodeModel, type Weights } from '../weights.ts';
import type { Row } from './dataset.ts';
import { fitModel, labelled } from './fit-model.ts';
import { fitTemperature } from './temperature.ts';

/** The weights that these rows give: the same rows give the same weights, byte for byte. */
export function fitWeights(rows: readonly Row[], featureCount: number): Weights {
  const texts = rows.map(labelled);
  const trainedOn = [...new Set(rows.map(({ source }) => source))].map((source) => ({
    source,
    rows: rows.filter((row) => row.source === source).length,
  }));
  const temperature = Number(fitTemperature(texts, featureCount).toFixed(4));
  const file = encodeModel(fitModel(texts, featureCount), { trainedOn, temperature });
  const version = createHash('sha256').update(JSON.stringify(file)).digest('hex').slice(0, 8);
  return { model: `n-grams ${version}`, ...file };
}

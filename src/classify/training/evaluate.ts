import { parseArgs } from 'node:util';
import type { Classifier } from '../classifier.ts';
import { createOfflineClassifier } from '../offline-classifier.ts';
import { loadWeights } from '../weights.ts';
import { isValidation, type Row, readRows } from './dataset.ts';
import { expectedCalibrationError, type Judged, metricsOf } from './metrics.ts';

const USAGE = 'npm run classifier:evaluate -- --data FILE [--classifier offline] [--weights FILE]';

/** Classifies the validation split, each text as a conversation of one customer thread, and prints how well that went. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      classifier: { type: 'string', default: 'offline' },
      weights: { type: 'string' },
    },
  });
  if (values.data === undefined) throw new Error(`Usage: ${USAGE}`);
  if (values.classifier !== 'offline') throw new Error(`Only the offline classifier can be evaluated. Usage: ${USAGE}`);
  const classifier = createOfflineClassifier(loadWeights(values.weights));
  const rows = readRows(values.data).filter(isValidation);
  const startedAt = performance.now();
  const judged = await Promise.all(rows.map((row) => judge(classifier, row)));
  const seconds = (performance.now() - startedAt) / 1000;
  const { macroF1, accuracy, perCategory } = metricsOf(judged);

  console.log(`${classifier.identity.model}, ${rows.length} validation rows in ${seconds.toFixed(2)} s\n`);
  console.table(perCategory.map(({ category, ...figures }) => ({ category, ...rounded(figures) })));
  const perSource = [...new Set(rows.map(({ source }) => source))].map((source) => {
    const of = judged.filter((row) => row.source === source);
    const figures = metricsOf(of);
    return { source, ...rounded({ rows: of.length, macroF1: figures.macroF1, accuracy: figures.accuracy }) };
  });
  console.table(perSource);
  console.log(`pooled macro-F1            ${macroF1.toFixed(4)}`);
  console.log(`accuracy                   ${accuracy.toFixed(4)}`);
  console.log(`expected calibration error ${expectedCalibrationError(judged).toFixed(4)}`);
}

async function judge(classifier: Classifier, { subject, text, label, source }: Row): Promise<Judged> {
  const answer = await classifier.classify({
    subject,
    threads: [{ threadId: 1, author: 'customer', text, createdAt: new Date(0) }],
    productAreas: [],
    docsExcerpts: [],
  });
  if (answer.kind !== 'classified') return { actual: label, predicted: null, confidence: 0, source };
  return { actual: label, predicted: answer.category, confidence: answer.confidence, source };
}

function rounded<T extends Record<string, number>>(figures: T): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(3))]));
}

await main();

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { conversationText } from '../conversation-text.ts';
import { encodeModel } from '../weights.ts';
import { isValidation, readRows } from './dataset.ts';
import { fitModel, labelled } from './fit-model.ts';
import { fitTemperature } from './temperature.ts';

const USAGE = 'npm run classifier:train -- --data FILE [--sources a,b,c] [--out FILE] [--features N] [--no-seed]';

/** Fits the offline model to the training split of the named sources and to our own seed sentences; writes the weights. */
function main(): void {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      sources: { type: 'string', default: 'nlbse24,minibar,docsissues' },
      out: { type: 'string', default: fileURLToPath(new URL('../weights.json', import.meta.url)) },
      features: { type: 'string', default: '30000' },
      'no-seed': { type: 'boolean', default: false },
    },
  });
  if (values.data === undefined) throw new Error(`Usage: ${USAGE}`);
  const sources = values.sources.split(',');
  const data = readRows(values.data).filter((row) => sources.includes(row.source) && !isValidation(row));
  const seed = values['no-seed'] ? [] : readRows(fileURLToPath(new URL('./seed.jsonl', import.meta.url)));
  const rows = [...data, ...seed];
  const trainedOn = [...new Set(rows.map(({ source }) => source))].map((source) => ({
    source,
    rows: rows.filter((row) => row.source === source).length,
  }));
  console.table(trainedOn);
  const texts = rows.map(({ subject, text, label }) => labelled(conversationText(subject, [text]), label));
  const featureCount = Number(values.features);
  const temperature = fitTemperature(
    texts,
    rows.map(({ bucket }) => bucket),
    featureCount,
  );
  const model = fitModel(texts, featureCount);
  const file = encodeModel(model, { trainedOn, temperature: Number(temperature.toFixed(4)) });
  const version = createHash('sha256').update(JSON.stringify(file)).digest('hex').slice(0, 8);
  const json = `${JSON.stringify({ model: `n-grams ${version}`, ...file }, null, 2)}\n`;
  writeFileSync(values.out, json);
  console.log(
    `${model.vocabulary.rowOf.size} features, temperature ${temperature.toFixed(3)}, ${json.length} bytes: ${values.out}`,
  );
}

main();
